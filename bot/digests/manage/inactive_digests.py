"""Digests at rest: when they go on, and when they are given up. Knows the store's digests."""

from bot.digests.content.digest_line import moment
from bot.digests.schedule.due_times import next_due
from bot.domain.recurrence import OneTime
from bot.store.digests.digest_record import Digest
from bot.store.digests.digest_repository import DigestRepository

# How long one is kept that is over, or whose conversation takes no messages.
DAYS = 90
DAY = 86_400.0


def next_due_after_pause(digest: Digest, now: float) -> float | None:
    """When a digest that rested is due after `now`, None for never: a single time keeps the moment it had.

    Seconds since the epoch. Raises ZoneError.
    """
    if isinstance(digest.schedule.on, OneTime):
        return digest.next_due if digest.next_due is not None and digest.next_due > now else None
    due = next_due(digest.schedule, moment(now), since=moment(digest.created))
    return None if due is None else due.timestamp()


async def give_up(digests: DigestRepository, now: float) -> int:
    """Erase those that are over, or could not be posted, for `DAYS`; how many there were. Raises StoreError.

    Somebody who has left, or a team that is gone, is not remembered for ever. What was paused stays.
    """
    return await digests.purge(now - DAYS * DAY)
