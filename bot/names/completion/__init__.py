"""Names of which a person has typed a part. Pure."""
