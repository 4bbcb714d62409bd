"""Decide whether and when to repeat a request.

Pure: the time and the seconds left are arguments.

https://learn.microsoft.com/en-us/partner-center/developer/api-throttling-guidance: wait for Retry-After, then back off
exponentially. 400, 401, 403 and 404 are not repeated, as in Microsoft's client library.
"""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.errors import PartnerCenterError, ServiceDownError, ThrottledError
from bot.partner_center.protocol.answer_page import UnreadablePageError

# Seconds. The least pause, also if the service asks for a pause of zero.
LEAST_PAUSE = 0.1

# The sample 429 on that page gives the seconds in its message too. It is used because a proxy may drop the header.
_SECONDS_IN_TEXT = re.compile(rb"(?i)try again in (\d{1,6}) second")


def wait(error: Exception, attempt: int, left: float) -> float | bool:
    """Decide what to do after attempt number `attempt` (from 1) failed.

    `left` is the number of seconds until the deadline. Returns the seconds to wait, True for the usual growing pause,
    False to stop. An unreadable answer is requested once more: it may have been truncated in transit.
    """
    if isinstance(error, UnreadablePageError):
        return attempt == 1
    if not isinstance(error, ThrottledError | ServiceDownError):
        return False
    if error.retry_after is None:
        return True
    return max(error.retry_after, LEAST_PAUSE) if error.retry_after < left else False


def same_request(error: PartnerCenterError) -> bool:
    """Return True if the next attempt is the same request, with the same MS-RequestId.

    No answer came.

    https://learn.microsoft.com/en-us/partner-center/developer/headers
    """
    return isinstance(error, ServiceDownError) and error.status is None


def retry_after(headers: Mapping[str, str], body: bytes, now: datetime) -> float | None:
    """Return the seconds that the service asks to wait.

    From Retry-After, else from the message; else None. Retry-After is a number of seconds or a date. A date is compared
    with the answer's own Date, so a wrong clock on this machine does not matter.
    """
    header = headers.get("retry-after", "").strip()
    if header:
        seconds = _seconds(header)
        return seconds if seconds is not None else _until(header, _date(headers.get("date", "")) or now)
    found = _SECONDS_IN_TEXT.search(body[:4096])
    return float(found[1]) if found else None


def _seconds(header: str) -> float | None:
    try:
        seconds = float(header)
    except ValueError:
        return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _until(header: str, now: datetime) -> float | None:
    moment = _date(header)
    return max((moment - now).total_seconds(), 0.0) if moment else None


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
