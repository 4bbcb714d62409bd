"""When inactive digests are erased.

Depends on the store's digests.
"""

from bot.store.digests.digest_repository import DigestRepository

# How long a digest is kept that is done, or whose conversation accepts no messages.
DAYS = 90
DAY = 86_400.0


async def give_up(digests: DigestRepository, now: float) -> int:
    """Erase digests that were done or suspended for `DAYS` days.

    Returns how many were erased. Data about owners who have left and teams that are deleted is not kept forever. Paused
    digests stay. Raises StoreError.
    """
    return await digests.purge(now - DAYS * DAY)
