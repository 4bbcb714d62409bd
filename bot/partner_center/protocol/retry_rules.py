"""Whether to ask again, and when. Pure: what time it is and how long is left are handed in.

https://learn.microsoft.com/en-us/partner-center/developer/api-throttling-guidance: wait for Retry-After, then back off
exponentially. 400, 401, 403 and 404 are not asked again, as in the vendor's client library.
"""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.errors import PartnerCenterError, ServiceDownError, ThrottledError
from bot.partner_center.protocol.report_page import UnreadablePageError

# A service that asks for a pause of nothing is not hammered all the same.
LEAST_PAUSE = 0.1

# The page's 429 says the seconds in its message too; a proxy may drop the header.
_SECONDS_IN_TEXT = re.compile(rb"(?i)try again in (\d{1,6}) second")


def wait(error: Exception, attempt: int, left: float) -> float | bool:
    """What to do after the `attempt`-th failed (from 1) with `left` seconds to go: seconds to wait, True for the usual
    growing pause, False to give up.

    An answer that cannot be read is asked for once more: it may have been cut off on its way.
    """
    if isinstance(error, UnreadablePageError):
        return attempt == 1
    if not isinstance(error, ThrottledError | ServiceDownError):
        return False
    if error.retry_after is None:
        return True
    return max(error.retry_after, LEAST_PAUSE) if error.retry_after < left else False


def same_request(error: PartnerCenterError) -> bool:
    """Whether the next attempt is the same request to the service, with the same MS-RequestId: if no answer came.

    https://learn.microsoft.com/en-us/partner-center/developer/headers
    """
    return isinstance(error, ServiceDownError) and error.status is None


def retry_after(headers: Mapping[str, str], body: bytes, now: datetime) -> float | None:
    """How many seconds the service asks to wait: Retry-After in seconds or as a date, else what the message says.

    A date counts from the answer's own Date, so that a clock that is off does not matter. None where nothing is said.
    """
    told = headers.get("retry-after", "").strip()
    if told:
        seconds = _seconds(told)
        return seconds if seconds is not None else _until(told, _date(headers.get("date", "")) or now)
    found = _SECONDS_IN_TEXT.search(body[:4096])
    return float(found[1]) if found else None


def _seconds(told: str) -> float | None:
    try:
        seconds = float(told)
    except ValueError:
        return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _until(told: str, now: datetime) -> float | None:
    moment = _date(told)
    return max((moment - now).total_seconds(), 0.0) if moment else None


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
