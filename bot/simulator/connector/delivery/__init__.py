"""How Teams brings an activity to a bot."""
