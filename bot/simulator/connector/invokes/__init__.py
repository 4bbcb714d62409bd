"""What people do in Teams besides writing messages."""
