"""What a bot may ask about conversations, and what it posted in them."""
