"""The part of a schedule that one phrase of a sentence gives. Pure."""

from dataclasses import dataclass

from bot.domain.recurrence import Schedule


@dataclass(frozen=True, slots=True)
class PartialSchedule:
    """A schedule with defaults for what the phrase leaves out.

    `days` and `time` are True if the phrase gives them.
    """

    schedule: Schedule
    days: bool = True
    time: bool = True

    def joined(self, other: "PartialSchedule") -> "PartialSchedule | None":
        """Join two phrases: `every monday … at 9`.

        Return None unless one gives only the days and the other only the time.
        """
        if self.days and other.time and not self.time and not other.days:
            on, timed = self.schedule, other.schedule
        elif other.days and self.time and not other.time and not self.days:
            on, timed = other.schedule, self.schedule
        else:
            return None
        return PartialSchedule(Schedule(on.on, timed.at, timed.zone or on.zone))
