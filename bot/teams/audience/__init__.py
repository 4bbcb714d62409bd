"""Who reads what the bot posts where several people read."""
