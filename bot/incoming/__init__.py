"""Reading what strangers send. Depends on aiohttp's requests."""
