"""Dates of an entry -> the last day of its term. Pure.

A subscription of new commerce runs to the end of its last day, and both documented forms name that day: midnight at
its beginning, or one second before its end. Older subscriptions that do not renew have ends far in the future, such as
9999-12-10. Such an end is no day on which anything happens.
https://learn.microsoft.com/en-us/partner-center/developer/subscription-resources
https://learn.microsoft.com/en-us/partner-center/developer/get-a-subscription-by-id
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.partner_center.protocol.subscriptions.entry_values import DAY_LIMIT
from bot.query.sums.processed_day import written_day

# The longest term is three years. What ends later has no real end.
FAR = timedelta(days=5 * 366)
# Earlier ends are the zeros of some clock: nothing was sold by subscription then.
_FIRST_END = date(2011, 1, 1)


@dataclass(frozen=True, slots=True)
class TermEnd:
    """The last day of a term. `far`: there is no real one, because it never ends."""

    day: date | None = None
    far: bool = False


def term_end(values: Iterable[Any], today: date) -> TermEnd:
    """Return the end that the first readable value names."""
    for value in values:
        day = _day(value)
        if day is None or day < _FIRST_END:
            continue
        return TermEnd(far=True) if day - today > FAR else TermEnd(day)
    return TermEnd()


def _day(value: Any) -> date | None:
    try:
        return written_day(value.strip()) if isinstance(value, str) and len(value) <= DAY_LIMIT else None
    except ValueError:
        return None
