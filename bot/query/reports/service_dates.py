"""The groups of an aggregate, by service and day. Pure.

Services are processed on different days. The API documentation does not say whether `processedDateTime` selects that
day or everything since, so rows of several days may arrive for one service.
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
"""

from collections.abc import Iterator, Sequence, Set
from datetime import date
from itertools import count

from bot.domain.licensing import Dimension, ServiceDate, UsageRow
from bot.query.reports.folded_texts import FoldedTexts
from bot.query.reports.processed_day import MEMORY_LIMIT, DayReader
from bot.query.reports.row_group import RowGroup

Key = tuple[str, ...]


class ServicePart:
    """The groups of one service on one day.

    `day` is None for rows without a date, as in grouped answers. `shortcuts` maps ids in the rows' own spelling to
    a group; `groups` maps identities to a group. `numbers` has one for each row that is an item of its own, whatever
    its part is.
    """

    __slots__ = ("day", "groups", "name", "numbers", "shortcuts")

    def __init__(self, name: str, day: date | None, numbers: Iterator[int]) -> None:
        self.name = name
        self.numbers = numbers
        self.day = day
        self.groups: dict[Key, RowGroup] = {}
        self.shortcuts: dict[object, RowGroup] = {}

    def has_any(self, shown: Set[RowGroup] | None) -> bool:
        """Return True if a group is one of `shown`; None means all groups."""
        if shown is None:
            return bool(self.groups)
        return any(group in shown for group in self.groups.values())

    @property
    def called(self) -> str:
        """Return the service's name from the first row that has it, else `name`."""
        return next((group.sample.service for group in self.groups.values() if group.sample.service), self.name)


class ServiceDates:
    """The parts of an aggregate, one for each service and day.

    `days` reads the days of the rows, `texts` says how ids compare.
    """

    def __init__(self, days: DayReader, texts: FoldedTexts) -> None:
        self._day = days.day
        self._texts = texts
        self._parts: dict[tuple[str, date | None], ServicePart] = {}
        self._spelled: dict[tuple[str | None, str | None], ServicePart | None] = {}  # by service code and day
        self._services: set[str] = set()
        self._numbers = count()
        self.one_day_each = True  # False if a row has no day, or a service several

    @property
    def parts(self) -> Sequence[ServicePart]:
        """Return the parts of all services."""
        return tuple(self._parts.values())

    def as_of(self, shown: Set[RowGroup] | None = None) -> tuple[ServiceDate, ...]:
        """Return the days of each service that has rows, sorted by service name and day.

        Services with the same name and the same day give one entry. `shown`: only services of these groups.
        """
        parts = [part for part in self._parts.values() if part.has_any(shown)]
        distinct = {(part.called.casefold(), part.day): part for part in parts}
        return tuple(
            ServiceDate(part.called, day) for (_, day), part in sorted(distinct.items(), key=_name_and_day) if day
        )

    def part_of(self, row: UsageRow) -> ServicePart | None:
        """Return the part that the row belongs to.

        None if its `processedDateTime` is no day.
        """
        spelled = (row.service_code, row.processed)
        if spelled in self._spelled:
            return self._spelled[spelled]
        part = self._part_of(row)
        if self._texts.ids[row.service_code]:  # else the name counts
            if len(self._spelled) >= MEMORY_LIMIT:
                self._spelled.clear()
            self._spelled[spelled] = part
        return part

    def _part_of(self, row: UsageRow) -> ServicePart | None:
        day = self._day(row.processed) if row.processed else None
        if day is None and row.processed:
            return None
        service = self._texts.identity(row, Dimension.SERVICE)
        part = self._parts.get((service, day))
        if part is None:
            part = self._parts[(service, day)] = ServicePart(row.service or row.service_code or "", day, self._numbers)
            self.one_day_each = self.one_day_each and day is not None and service not in self._services
            self._services.add(service)
        return part


def _name_and_day(distinct: tuple[tuple[str, date | None], ServicePart]) -> tuple[str, date]:
    (name, day), _ = distinct
    return name, day or date.min
