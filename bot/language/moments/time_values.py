"""What words about time mean: days, periods, times of the day, schedules. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.domain.recurrence import Recurrence, Schedule


@dataclass(frozen=True, slots=True)
class OnDay:
    """One day, in the past or to come.

    `relative`: on another day the same words mean another one, as those of `a week ago` do.
    """

    day: date
    relative: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class OneOfDays:
    """A day that readers of different countries read differently: 03/04/2018."""

    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class NoSuchDay:
    """A day that no calendar has: 30 February."""

    text: str


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included; `said` are its words as typed.

    `relative`: on another day the same words mean other days, as those of `last week` do.
    """

    first: date
    last: date
    said: str = ""
    relative: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class AtTime:
    """A time of the day. `zone` is the IANA name, None if none was said."""

    at: time
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class NoSuchTime:
    """A time that no clock shows: 25:00."""

    text: str


@dataclass(frozen=True, slots=True)
class Recurring:
    """A schedule that repeats.

    `timed`: the time of the day was said. `day_said`: the day was said; with "weekly" alone it is assumed.
    """

    timed: bool
    schedule: Schedule
    day_said: bool = True

    __match_args__ = ("on", "timed", "schedule")

    @property
    def on(self) -> Recurrence:
        """The days on which it is due."""
        return self.schedule.on


@dataclass(frozen=True, slots=True)
class OnceAt:
    """One moment to come, in the zone of the person or the zone that was said.

    `timed`: the time of the day was said.
    """

    moment: datetime
    timed: bool


@dataclass(frozen=True, slots=True)
class TimesADay:
    """So many times a day; which times has to be asked."""

    count: int


@dataclass(frozen=True, slots=True)
class Until:
    """An end: when a pause is over, and the last day of a schedule.

    "until monday": both are monday. "until january": the first of January, and the day before.
    """

    day: date
    last: date


@dataclass(frozen=True, slots=True)
class Step:
    """The step of a trend: `day`, `week`, `month`, `quarter` or `year`."""

    unit: str


@dataclass(frozen=True, slots=True)
class UnofferedRecurrence:
    """A recurrence that is understood and that no schedule can hold: every 5 minutes."""

    text: str


@dataclass(frozen=True, slots=True)
class Versus:
    """What a comparison is with, where one phrase says both: "year over year".

    Words such as "vs" and "compared to" are not part of any phrase here: the day or the period after them is found as
    such, and the reader of the sentence knows the words of comparison.
    """

    day: date


@dataclass(frozen=True, slots=True)
class Coming:
    """The days to come from `first` to `last`, both included.

    `days`: so many from today, if the same words mean other days tomorrow, as those of `the next 60 days` do. `lead`:
    they were said as `60 days before`, which is so of each thing that comes within them. `open`:
    no end was said, as in `after january`.
    """

    first: date
    last: date
    days: int | None = None
    lead: bool = False
    open: bool = False


TimeValue = (
    OnDay
    | OneOfDays
    | NoSuchDay
    | Period
    | AtTime
    | NoSuchTime
    | Recurring
    | OnceAt
    | TimesADay
    | Until
    | Step
    | UnofferedRecurrence
    | Versus
    | Coming
)
