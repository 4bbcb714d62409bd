"""What the rules for parts of a phrase return. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.recurrence import Monthly, MonthlyWeekday, Weekly

NINE = time(9)
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day as said. `sure`: its half of the day is known."""

    hour: int
    minute: int = 0
    sure: bool = False

    @property
    def later(self) -> bool:
        """True if it may be twelve hours later."""
        return not self.sure and 0 < self.hour < 12

    def at(self, part: time | None = None) -> time | None:
        """Return the time in this part of the day, None if no clock shows it."""
        hour = self.hour
        if part is not None and part >= NOON and self.later:
            hour += 12
        return time(hour, self.minute) if 0 <= hour <= 23 and 0 <= self.minute <= 59 else None


@dataclass(frozen=True, slots=True)
class Tail:
    """The time and the zone of a schedule.

    `at` is None if no clock shows it. `timed`: a time was said. `later`: it may be twelve hours later, because its half
    of the day was not said.
    """

    at: time | None
    zone: str | None = None
    timed: bool = True
    later: bool = False

    def afternoon(self) -> time | None:
        """Return the time of the second half of the day, if it may be that."""
        return self.at.replace(hour=self.at.hour + 12) if self.at and self.later else self.at


@dataclass(frozen=True, slots=True)
class Recur:
    """The days of a schedule.

    With `weeks` above 1 they are those of every second, third, … week. `at`: the time that the days imply.
    `loose`: the words may mean something else too.
    """

    on: Weekly | Monthly | MonthlyWeekday
    weeks: int = 1
    at: time | None = None
    day_said: bool = True
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The clock of the person, and the order of a date of figures in the language."""

    now: datetime
    order: str

    @property
    def today(self) -> date:
        """The day of the person."""
        return self.now.date()
