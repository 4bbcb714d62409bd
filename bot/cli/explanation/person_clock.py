"""The clock of the person who typed a sentence. Pure, but for the time zone data."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.digests.schedule.schedule_view import UTC
from bot.domain.recurrence import Schedule


@dataclass(frozen=True, slots=True)
class PersonClock:
    """The clock of a person.

    `now` has a time zone; `zone` is an IANA name that this machine has, None if it was not given.
    """

    now: datetime
    zone: str | None = None

    @property
    def local(self) -> datetime:
        """Return `now` in the person's zone, else with the offset that it was given with."""
        return self.now.astimezone(ZoneInfo(self.zone)) if self.zone else self.now

    @property
    def today(self) -> date:
        """Return the date in the person's zone, else the date that `now` was given with."""
        return self.local.date()

    def on_this_clock(self, schedule: Schedule) -> Schedule:
        """Return the schedule in its own zone, else in the person's, else in UTC.

        UTC is also used for a person whose zone Teams omits.
        """
        return schedule if schedule.zone else replace(schedule, zone=self.zone or UTC)
