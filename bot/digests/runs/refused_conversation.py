"""When a conversation that refuses messages counts as gone. Pure.

A refusal may pass, so it deletes nothing. It is counted, and the message is tried again after five minutes and after
one, seven and 25 hours, or at the next due time if that comes first. After several refusals over a day, and none of the
messages taken, the digests of the conversation are suspended.
"""

import structlog

from bot.digests.content.digest_line import moment
from bot.digests.schedule.due_times import next_due
from bot.errors import ZoneError
from bot.store.digests.digest_record import REFUSED, Digest, DigestState

log = structlog.get_logger(__name__)

HOUR = 3_600.0
# Refusals in a row, and seconds between the first and the last of them.
LEAST_REFUSALS, LEAST_SECONDS = 3, 24 * HOUR
# Seconds after the first refusal. Few: Teams blocks a bot completely if it keeps posting after refusals.
RETRIES = (HOUR / 12, HOUR, 7 * HOUR, 25 * HOUR)
# The reasons of suspended digests that resume when their conversation takes a message.
PASSING = frozenset({"gone", "refused", "blocked"})


def is_gone(digest: Digest, now: float) -> bool:
    """Return True if the digests of the conversation are to be suspended."""
    since = digest.refused_since
    return digest.refusals >= LEAST_REFUSALS and since is not None and now - since >= LEAST_SECONDS


def retry_at(digest: Digest, now: float) -> float:
    """Return when to try the digest again after a refusal, in Unix seconds.

    That is the next moment of `RETRIES`, or when it is due if that comes first.
    """
    since = now if digest.refused_since is None else digest.refused_since
    if digest.paused_at(now) and digest.next_due is not None:  # paused until a day since it was due
        return digest.next_due
    again = next((since + wait for wait in RETRIES if since + wait > now), now + HOUR)
    return again if digest.next_due is None or digest.next_due <= now else min(again, digest.next_due)


def after_posting(digest: Digest, posted: int, now: float) -> tuple[DigestState, float | None]:
    """Return the state and the next due time of a digest after digest `posted`.

    Their conversation has taken the message. What was refused is posted now; the suspended ones resume.
    """
    suspended = digest.state is DigestState.SUSPENDED and digest.reason in PASSING
    if not suspended and (digest.state is not DigestState.ACTIVE or digest.last != REFUSED):
        return digest.state, digest.next_due
    if digest.number != posted:
        upcoming = resumes_at(digest, now) if suspended else now
    else:
        upcoming = None if digest.schedule.once else resumes_at(digest, now)
    return DigestState.DONE if upcoming is None else DigestState.ACTIVE, upcoming


def after_pause(digest: Digest, after: float) -> float:
    """Return the moment after which the digest may be due.

    It is `after`, or the end of its pause if that is later.
    """
    if digest.paused_until is None or digest.paused_until <= after:
        return after
    return digest.paused_until - 1.0  # it may be due at the first moment of the day


def next_due_after_pause(digest: Digest, now: float) -> float | None:
    """Return when a paused or suspended digest is due after `now`; None if never.

    A single time keeps its moment; if the conversation refused it then, it is due now. All times are Unix seconds.
    Raises ZoneError if the time zone is unknown.
    """
    if digest.schedule.once:
        if digest.next_due is not None and digest.next_due > now:
            return digest.next_due
        return now if digest.last == REFUSED else None
    due = next_due(digest.schedule, moment(after_pause(digest, now)), since=moment(digest.created))
    return None if due is None else due.timestamp()


def resumes_at(digest: Digest, after: float) -> float | None:
    """Return `next_due_after_pause`; None if the time zone no longer exists.

    The digest is then done.
    """
    try:
        return next_due_after_pause(digest, after)
    except ZoneError:
        log.warning("digest_zone_unknown", digest=digest.number)
        return None
