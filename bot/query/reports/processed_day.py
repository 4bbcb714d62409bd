"""`processedDateTime` -> the day. Pure.

Three shapes are in use: `2018-10-14T00:00:00` (the current report), `2017-03-10T00:00:00+00:00` and
`2017-10-13T03:55:46.21Z` (the superseded reports):
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#rest-response
https://learn.microsoft.com/en-us/partner-center/developer/get-partner-licenses-usage-information
"""

import re
from datetime import date

_SHAPE = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:?\d{2})?)?", re.ASCII
)


def processed_day(text: str) -> date:
    """Return the date as the service wrote it, without a shift to another time zone.

    Raises ValueError when `text` has none of the three shapes.
    """
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise ValueError("not a date and time")
    return date.fromisoformat(found[1])
