"""When, as far as one place in a sentence says it. Pure."""

from dataclasses import dataclass

from bot.domain.recurrence import Schedule


@dataclass(frozen=True, slots=True)
class PartialSchedule:
    """`schedule` with what was not said filled in; `days` and `time` tell which of the two was said."""

    schedule: Schedule
    days: bool = True
    time: bool = True

    def joined(self, other: "PartialSchedule") -> "PartialSchedule | None":
        """`every monday … at 9`: one says the days, the other the time; None where both say the same."""
        if self.days and other.time and not self.time and not other.days:
            on, timed = self.schedule, other.schedule
        elif other.days and self.time and not other.time and not self.days:
            on, timed = other.schedule, self.schedule
        else:
            return None
        return PartialSchedule(Schedule(on.on, timed.at, timed.zone or on.zone))
