"""For each service, which day its figures are of and which rows are dropped. Pure.

Services are processed on different days. The API documentation does not say whether `processedDateTime` selects that
day or everything since, so rows of several days may arrive for one service.
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
"""

from collections.abc import Sequence
from datetime import date

from bot.domain.licensing import Dimension, ServiceDate, UsageRow
from bot.errors import BadAnswerError
from bot.query.reports.processed_day import processed_day
from bot.query.reports.row_group import RowGroup, identity

Key = tuple[str, ...]

# Distinct `processedDateTime` texts. A valid answer has far fewer; a broken answer must not exhaust the memory.
MEMORY_LIMIT = 1_000


class ServicePart:
    """The groups of one service on one day.

    `day` is None for rows without a date, as in grouped answers. `shortcuts` maps ids in the rows' own spelling to a
    group; `groups` maps identities to a group.
    """

    __slots__ = ("day", "groups", "name", "shortcuts")

    def __init__(self, name: str, day: date | None) -> None:
        self.name = name
        self.day = day
        self.groups: dict[Key, RowGroup] = {}
        self.shortcuts: dict[object, RowGroup] = {}

    @property
    def called(self) -> str:
        """Return the service's name from the first row that has it, else `name`."""
        return next((group.sample.service for group in self.groups.values() if group.sample.service), self.name)


class ServiceDates:
    """The parts of an aggregate, by service.

    `wanted` is the requested day, None for the latest.
    """

    def __init__(self, wanted: date | None) -> None:
        self._wanted = wanted
        self._parts: dict[tuple[str, bool], ServicePart] = {}
        self._days: dict[str, date] = {}
        self.several_days = False  # True if a service sent rows of more than one day

    @property
    def parts(self) -> Sequence[ServicePart]:
        """Return the parts of all services."""
        return tuple(self._parts.values())

    def as_of(self) -> tuple[ServiceDate, ...]:
        """Return the day of each service that has rows, sorted by service name.

        Services with the same name and the same day give one entry.
        """
        distinct = {(part.called.casefold(), part.day): part for part in self._parts.values() if part.groups}
        return tuple(
            ServiceDate(part.called, day) for (_, day), part in sorted(distinct.items(), key=_name_and_day) if day
        )

    def part_of(self, row: UsageRow) -> ServicePart | None:
        """Return the part that the row belongs to.

        None if its day is not the one that is reported. If the row's day is preferred over the day of the rows before,
        the part is emptied first: two days are never summed. Raises BadAnswerError when `processedDateTime` is not a
        date.
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


def _name_and_day(distinct: tuple[tuple[str, date | None], ServicePart]) -> tuple[str, date]:
    (name, day), _ = distinct
    return name, day or date.min
