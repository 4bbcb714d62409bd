"""`processedDateTime` -> the day. Pure.

Three shapes are documented: `2018-10-14T00:00:00` (the current report), `2017-03-10T00:00:00+00:00` and
`2017-10-13T03:55:46.21Z` (the superseded reports):
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#rest-response
https://learn.microsoft.com/en-us/partner-center/developer/get-partner-licenses-usage-information
Services also write dates as their server's culture, HTTP or older .NET serializers do. Such a text is read only if it
has one meaning: `3/10/2026` is March in the United States and October elsewhere. With points the day is first.
"""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

_CLOCK = (
    r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[AaPp]\.?[Mm]\.?)?)?"
    r"(?: ?(?:[Zz]|UTC|GMT|[+-]\d{2}:?\d{2}))?"
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:([-/.])(\d{{1,2}})\2(\d{{1,2}})|(\d{{2}})(\d{{2}})){_CLOCK}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_CLOCK}", re.ASCII)
# https://learn.microsoft.com/en-us/dotnet/standard/datetime/system-text-json-support has this form of older services.
_TICKS = re.compile(r"\\?/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?/", re.ASCII)

# Distinct `processedDateTime` texts. A valid answer has far fewer; a broken answer must not exhaust the memory.
MEMORY_LIMIT = 1_000

# Office 365 was sold from June 2011 on. Earlier days are the zeros of some clock: year 1, 1601, 1900, 1970.
_FIRST_DAY = date(2011, 1, 1)
_END = date(2100, 1, 1)
# Days: it may be tomorrow in the time zone of the service, and one of the two clocks may be wrong by some hours.
_AHEAD = timedelta(days=2)
# The largest values of 32-bit Unix time and of SQL Server's smalldatetime. No figures are processed on them.
_LARGEST_VALUES = frozenset({date(2038, 1, 19), date(2079, 6, 6)})


def processed_day(text: str, today: date | None = None) -> date:
    """Return the date as the service wrote it, without a shift to another time zone.

    Raises ValueError when `text` is not a date, can be read as two dates, is after `today`, or is a sentinel value: a
    year before the service existed, or the largest value that a type can have.
    """
    day = written_day(text.strip())
    if today is not None and day > today + _AHEAD:
        raise ValueError("a day in the future")
    if not _FIRST_DAY <= day < _END or day in _LARGEST_VALUES:
        raise ValueError("a sentinel value, not a day")
    return day


def written_day(text: str) -> date:
    """Return the date as it is written, without a shift to another time zone.

    Raises ValueError when `text` is not a date, or can be read as two dates.
    """
    if found := _YEAR_FIRST.fullmatch(text):
        return date(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        return date(year, second, first) if found[2] == "." else _unambiguous(year, first, second)
    try:
        if found := _TICKS.fullmatch(text):
            return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(found[1]))).date()
        return parsedate_to_datetime(text).date()
    except (TypeError, IndexError, OverflowError):
        raise ValueError("not a date and time") from None


def _unambiguous(year: int, first: int, second: int) -> date:
    """Return the day if only one of `first` and `second` can be the month, or both are the same number."""
    if first == second or second > 12:
        return date(year, first, second)
    if first > 12:
        return date(year, second, first)
    raise ValueError("the day and the month cannot be told apart")


class DayReader:
    """Reads the days of rows.

    Equal texts are read once; at most `MEMORY_LIMIT` texts are kept. No figures are processed after `today`; without
    it, days in the future are days.
    """

    def __init__(self, today: date | None = None) -> None:
        self._today = today
        self._read: dict[str, date | None] = {}

    def day(self, text: str) -> date | None:
        """Return the day, None if `text` is none (see `processed_day`)."""
        if text not in self._read:
            if len(self._read) >= MEMORY_LIMIT:
                self._read.clear()
            try:
                self._read[text] = processed_day(text, self._today)
            except ValueError:
                self._read[text] = None
        return self._read[text]
