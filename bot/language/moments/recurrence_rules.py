"""Build the days of schedules from the slots of a template. Pure."""

from dataclasses import replace
from datetime import time

from bot.domain.recurrence import EVERY_DAY, LAST_DAY, LAST_WEEK, Monthly, MonthlyWeekday, Weekly
from bot.language.moments.readings import Context, Recur

_MONDAY = frozenset({0})
_MOST_WEEKS = 52


def one_weekday(_: Context, weekday: int) -> frozenset[int]:
    """Read `monday` in a list."""
    return frozenset({weekday})


def weekday_range(_: Context, first: int, last: int) -> frozenset[int]:
    """Read `monday to friday`; the range may wrap at the end of the week."""
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def named_days(_: Context, named: str) -> frozenset[int]:
    """Read a word for several days in a list: `weekends`."""
    return frozenset(map(int, named))


def every(_: Context, days: frozenset[int]) -> Recur:
    """Read `every monday and friday`, `mondays`, `daily`."""
    return Recur(Weekly(days))


def every_named(_: Context, named: str) -> Recur:
    """Read `daily`, `weekdays`."""
    return Recur(Weekly(frozenset(map(int, named))))


def on_days(_: Context, days: frozenset[int]) -> Recur:
    """Read `monday and thursday`; a single day may be one day only."""
    return Recur(Weekly(days), loose=len(days) == 1)


def every_part(_: Context, part: str) -> Recur:
    """Read `every morning`."""
    return Recur(Weekly(EVERY_DAY), at=time.fromisoformat(part))


def except_days(_: Context, recur: Recur, but: frozenset[int]) -> Recur | None:
    """Read `weekdays except friday`."""
    if not isinstance(recur.on, Weekly) or not recur.on.days - but:
        return None
    return replace(recur, on=Weekly(recur.on.days - but), loose=False)


def weekly(_: Context) -> Recur:
    """Read `weekly`, which says no day."""
    return Recur(Weekly(_MONDAY), day_said=False)


def few_weeks(_: Context, count: int, days: frozenset[int] | None = None) -> Recur | None:
    """Read `every other week`, `every two weeks on monday`, `every other monday`."""
    if not 1 <= count <= _MOST_WEEKS:
        return None
    return Recur(Weekly(days or _MONDAY), weeks=count, day_said=days is not None)


def few_days(_: Context, count: int) -> Recur | None:
    """Read `every 14 days`, which are whole weeks; no day is said."""
    return few_weeks(_, count // 7) if count % 7 == 0 else None


def monthly(_: Context) -> Recur:
    """Read `monthly`, which says no day."""
    return Recur(Monthly(1), day_said=False)


def monthly_on(_: Context, dom: int) -> Recur | None:
    """Read `on the 15th of each month`."""
    return Recur(Monthly(dom)) if 1 <= dom <= LAST_DAY else None


def nth_weekday(_: Context, nth: int, weekday: int) -> Recur | None:
    """Read `the first monday of the month`."""
    return Recur(MonthlyWeekday(nth, weekday)) if 1 <= nth <= LAST_WEEK else None
