"""What belongs together in the answers of different reports. Pure."""
