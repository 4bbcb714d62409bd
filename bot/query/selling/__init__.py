"""What is sold, used and ends, line by line."""
