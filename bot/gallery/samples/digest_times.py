"""The schedules of sample digests, each with its last and its next time. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from cards.views.digest_views import ScheduleView

AMSTERDAM, ARGENTINA = "Europe/Amsterdam", "America/Argentina/ComodRivadavia"


def _at(day: date, hour: int, minute: int = 0, zone: str = AMSTERDAM) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone))


# A Friday: the time at which the lists of digests are read.
NOW = _at(date(2018, 10, 12), 12)
LAST, DUE = _at(date(2018, 10, 11), 8, 30), _at(date(2018, 10, 15), 8, 30)
NEXT = (DUE, _at(date(2018, 10, 18), 8, 30), _at(date(2018, 10, 22), 8, 30))
# Of the digest whose newest figures are of Sunday, October 28.
LAST_COMPARED = _at(date(2018, 10, 25), 8, 30)
MONDAYS = ScheduleView("weekly", time(8, 30), AMSTERDAM, days=(0, 3))
DAILY = ScheduleView("daily", time(17), ARGENTINA)
NEXT_DAILY = tuple(_at(date(2018, 10, day), 17, zone=ARGENTINA) for day in (12, 13, 14))


@dataclass(frozen=True, slots=True)
class SampleTimes:
    """A schedule with the last time before `NOW`, and the next one."""

    when: ScheduleView
    last: datetime | None
    next: datetime


TIMES = (
    SampleTimes(MONDAYS, LAST, DUE),
    SampleTimes(ScheduleView("weekdays", time(9), AMSTERDAM), _at(date(2018, 10, 12), 9), _at(date(2018, 10, 15), 9)),
    SampleTimes(DAILY, _at(date(2018, 10, 11), 17, zone=ARGENTINA), NEXT_DAILY[0]),
    SampleTimes(
        ScheduleView("monthly", time(9), AMSTERDAM, day=30), _at(date(2018, 9, 30), 9), _at(date(2018, 10, 30), 9)
    ),
    SampleTimes(
        ScheduleView("monthly", time(9), AMSTERDAM, day=31), _at(date(2018, 9, 30), 9), _at(date(2018, 10, 31), 9)
    ),
    SampleTimes(ScheduleView("once", None, AMSTERDAM), None, _at(date(2018, 10, 12), 14)),
)
