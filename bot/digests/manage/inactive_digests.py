"""When inactive digests resume, and when they are erased.

Depends on the store's digests.
"""

from bot.digests.content.digest_line import moment
from bot.digests.schedule.due_times import next_due
from bot.domain.recurrence import OneTime
from bot.store.digests.digest_record import Digest
from bot.store.digests.digest_repository import DigestRepository

# How long a digest is kept that is done, or whose conversation accepts no messages.
DAYS = 90
DAY = 86_400.0


def next_due_after_pause(digest: Digest, now: float) -> float | None:
    """Return when a paused or suspended digest is due after `now`; None if never.

    A single time keeps its moment. All times are Unix seconds. Raises ZoneError if the time zone is unknown.
    """
    if isinstance(digest.schedule.on, OneTime):
        return digest.next_due if digest.next_due is not None and digest.next_due > now else None
    due = next_due(digest.schedule, moment(now), since=moment(digest.created))
    return None if due is None else due.timestamp()


async def give_up(digests: DigestRepository, now: float) -> int:
    """Erase digests that were done or suspended for `DAYS` days.

    Returns how many were erased. Data about owners who have left and teams that are deleted is not kept forever. Paused
    digests stay. Raises StoreError.
    """
    return await digests.purge(now - DAYS * DAY)
