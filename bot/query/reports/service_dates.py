"""Of each service the rows of one day: which day that is, and which rows fall out. Pure.

The dates of services differ (one is processed earlier than another), and the API does not say whether
`processedDateTime` asks for that day or for everything since: several days of one service may come back.
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
"""

from collections.abc import Sequence
from datetime import date

from bot.domain.licensing import Dimension, ServiceDate, UsageRow
from bot.errors import BadAnswerError
from bot.query.reports.processed_day import processed_day
from bot.query.reports.row_group import RowGroup, identity

Key = tuple[str, ...]

# Far more texts than an honest answer has; only bounds what a broken one can make us remember.
MEMORY_LIMIT = 1_000


class ServicePart:
    """The groups of one service (called `name`) on one day; None for rows without a date, as grouped answers have.

    `shortcuts` leads from ids as they are written in rows to the group, `groups` from what they identify.
    """

    __slots__ = ("day", "groups", "name", "shortcuts")

    def __init__(self, name: str, day: date | None) -> None:
        self.name = name
        self.day = day
        self.groups: dict[Key, RowGroup] = {}
        self.shortcuts: dict[object, RowGroup] = {}

    @property
    def called(self) -> str:
        """The service's name, by the first row that tells it; else its code."""
        return next((group.sample.service for group in self.groups.values() if group.sample.service), self.name)


class ServiceDates:
    """The parts of a tally, by service; `wanted` is the day that was asked for, None for the latest."""

    def __init__(self, wanted: date | None) -> None:
        self._wanted = wanted
        self._parts: dict[tuple[str, bool], ServicePart] = {}
        self._days: dict[str, date] = {}
        self.several_days = False  # whether some service sent rows of more than one day

    @property
    def parts(self) -> Sequence[ServicePart]:
        """All parts, of every service."""
        return tuple(self._parts.values())

    def as_of(self) -> tuple[ServiceDate, ...]:
        """The day of each service that has rows in the tally, by service name; namesakes of one day are told once."""
        told = {(part.called.casefold(), part.day): part for part in self._parts.values() if part.groups}
        return tuple(ServiceDate(part.called, day) for (_, day), part in sorted(told.items(), key=_place) if day)

    def part_of(self, row: UsageRow) -> ServicePart | None:
        """Where the row belongs; None where its day is not the one that is told. Raises BadAnswerError.

        A row of a better day than those before empties its service's part: the day before is not summed with it.
        """
        day = self._day(row.processed) if row.processed else None
        key = (identity(row, Dimension.SERVICE), day is not None)
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = ServicePart(row.service or row.service_code or "", day)
        if day == part.day:
            return part
        self.several_days = True
        if self._rank(day) < self._rank(part.day):
            return None
        part.day = day
        part.groups.clear()
        part.shortcuts.clear()
        return part

    def _rank(self, day: date | None) -> tuple[bool, date]:
        return day == self._wanted, day or date.min

    def _day(self, text: str) -> date:
        day = self._days.get(text)
        if day is None:
            try:
                day = processed_day(text)
            except ValueError:
                raise BadAnswerError(f"a row was processed on {text[:40]!r}, which is no date") from None
            if len(self._days) >= MEMORY_LIMIT:
                self._days.clear()
            self._days[text] = day
        return day


def _place(told: tuple[tuple[str, date | None], ServicePart]) -> tuple[str, date]:
    (name, day), _ = told
    return name, day or date.min
