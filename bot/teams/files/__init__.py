"""Files in a 1:1 chat: what the person answered, and the upload."""
