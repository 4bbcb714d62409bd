"""Of each customer, product, workload, channel and service the newest row. Pure.

It is used for the answers in which a row comes twice or a service has rows of several days: they are rare, and every
row has to be kept for them (about 430 bytes, because equal texts are kept once).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import msgspec

from bot.domain.licensing import Dimension, UsageRow, has_figures
from bot.errors import TooManyRowsError
from bot.query.reports.report_gaps import OlderDay
from bot.query.sums.day_rank import day_rank
from bot.query.sums.folded_texts import MEMBERS, FoldedTexts
from bot.query.sums.processed_day import DayReader
from bot.query.sums.unknown_rows import UnknownRows

# The most rows that are kept, for which a process needs 130 MB.
ROWS_LIMIT = 300_000


# Returns True if a row is part of the answer, after limits such as `top 1`.
Shown = Callable[[UsageRow], bool]
# Of the rows of a page that cannot be distinguished, how often each came.
PageContents = Counter[int]


def every_row(_row: UsageRow) -> bool:
    """Return True: the answer has no limits."""
    return True


class NewestRows:
    """The rows of an answer, each once, and only the newest of its kind.

    `wanted` is the day that was asked for: its rows come first, then the newest before it, then the oldest after it.
    Without it the newest day comes first. A row without a day counts only if there is no other. Rows of one kind and
    one day with different figures contradict each other: none of them is known, and none is a repeated one.

    A row without a customer id is of a customer of its own: it is never considered another row. Rows of one customer
    without a product id, or without anything that identifies the service, are not merged either; nor are those without
    anything that identifies the workload, if the report has workloads. Those of the newest day count, each of them; on
    a further page, rows with the same content are considered the same.

    `by`: the dimensions that unknown rows are counted by.
    """

    def __init__(self, days: DayReader, texts: FoldedTexts, wanted: date | None, by: Iterable[Dimension] = ()) -> None:
        self._day = days.day
        self._folded = texts
        self._rank = partial(day_rank, wanted=wanted)
        self._best: dict[int, tuple[date | None, UsageRow | None]] = {}  # the row is None if it is contradicted
        self._alone: list[tuple[date | None, UsageRow]] = []
        self._indistinct: dict[int, tuple[date | None, list[UsageRow]]] = {}
        self._seen: dict[int, int] = {}  # of each kind and day a hash of its first figures
        self._again: dict[int, int] = {}  # how many further rows of that kind and day came
        self._contradicted: set[int] = set()
        self._values: dict[Any, Any] = {}
        self._most: Counter[int] = Counter()  # the `PageContents` of the page that has most of each
        self._overlapping = 0
        self._left_out = 0
        self._by = tuple(by)
        self._left = UnknownRows(self._by)
        self._contrary: dict[int, UsageRow] = {}  # by kind, a row of those that contradict each other
        self.unreadable_days = 0  # of the rows that are left out, those of which only the day is none
        self._kept = 0

    def add(self, row: UsageRow, page: PageContents) -> None:
        """Add a row of a page; `page` is empty before its first row.

        Raises TooManyRowsError when more than ROWS_LIMIT rows would have to be kept.
        """
        day = self._day(row.processed) if row.processed else None
        known = has_figures(row) and (day is not None or not row.processed)
        identities = self._folded.identities(row, MEMBERS)
        key = hash(tuple(identities))
        alone = not self._folded.ids[row.customer_id]
        if alone or self._is_indistinct(row, identities):
            if not known:
                self._leave_out(row)
            elif not self._came_before(row, page):
                self._add_indistinct(key, day, row, alone=alone)
            return
        mark = hash((key, day if known else row.processed, known, has_figures(row)))
        figures = hash((row.active, row.qualified)) if known else 0
        if mark in self._seen:
            self._again[mark] = self._again.get(mark, 0) + 1
            if self._seen[mark] != figures:
                self._contrary[key] = row
                self._contradict(mark, key, day)
            elif known:
                self._keep_better(key, day, row)
            return
        self._seen[mark] = figures
        if not known:
            self._leave_out(row)
            self._count()
        elif key not in self._best or self._rank(day) > self._rank(self._best[key][0]):
            self._best[key] = (day, self._compact(row))

    def unknown_items(self) -> Mapping[tuple[str, ...], int]:
        """Return the number of unknown rows by the key of their item."""
        contrary = UnknownRows(self._by)
        for key, row in self._contrary.items():
            day, best = self._best[key]
            if best is None:
                contrary.add(row, 1 + self._again[_mark(key, day)])
        return Counter(self._left.items()) + Counter(contrary.items())

    def _keep_better(self, key: int, day: date | None, row: UsageRow) -> None:
        """Of two rows with the same figures, keep the same one whichever came first: their names may differ."""
        best, before = self._best[key]
        if best == day and before is not None and _content(row) < _content(before):
            self._best[key] = (day, row)

    def _leave_out(self, row: UsageRow) -> None:
        self._left_out += 1
        self._left.add(row)
        self.unreadable_days += has_figures(row)

    def _came_before(self, row: UsageRow, page: PageContents) -> bool:
        """Return True if a page before had as many rows with the same content.

        Rows that cannot be distinguished are different rows on one page. On another page they may be the same rows: it
        is said that they came again, and that others may be missing.
        """
        content = hash(row)
        page[content] += 1
        if page[content] <= self._most[content]:
            self._overlapping += 1
            return True
        self._most[content] = page[content]
        return False

    def _add_indistinct(self, key: int, day: date | None, row: UsageRow, *, alone: bool) -> None:
        if alone:
            self._alone.append((day, self._compact(row)))
            return
        best, rows = self._indistinct.setdefault(key, (day, []))
        if self._rank(day) > self._rank(best):
            self._indistinct[key] = (day, [self._compact(row)])
        elif day == best:
            rows.append(self._compact(row))

    @property
    def unknown(self) -> int:
        """Return how many rows have no usable figures, or contradict another one."""
        marks = [_mark(key, day) for key, (day, row) in self._best.items() if row is None]
        return self._left_out + sum(1 + self._again[mark] for mark in marks)

    @property
    def repeated(self) -> int:
        """Return how many rows came again with the same figures."""
        return self._overlapping + sum(count for mark, count in self._again.items() if mark not in self._contradicted)

    def unidentified(self, shown: Shown = every_row) -> int:
        """Return how many of the rows that count and are `shown` have no customer id."""
        return sum(1 for _, row in self._alone if shown(row))

    def undated(self, shown: Shown = every_row) -> int:
        """Return how many of the rows that count and are `shown` have no day."""
        return sum(1 for day, row in self._counted() if day is None and shown(row))

    def rows(self) -> Sequence[UsageRow]:
        """Return the rows that count.

        Those without a customer id are in the order of their content, whatever came first.
        """
        return [row for _, row in self._counted()]

    def older(self, shown: Shown = every_row) -> tuple[OlderDay, ...]:
        """Return the days other than the best of each service, the newest first.

        Each has its number of customers. Only rows that are `shown` are looked at.
        """
        first: dict[str, date] = {}
        counted = [(day, row) for day, row in self._counted() if shown(row)]
        for day, row in counted:
            service = self._folded.identity(row, Dimension.SERVICE)
            if day is not None and (service not in first or self._rank(day) > self._rank(first[service])):
                first[service] = day
        customers: dict[date, set[object]] = {}
        for day, row in counted:
            if day is not None and day != first[self._folded.identity(row, Dimension.SERVICE)]:
                customers.setdefault(day, set()).add(self._folded.ids[row.customer_id] or id(row))
        return tuple(OlderDay(day, len(customers[day])) for day in sorted(customers, reverse=True))

    def _counted(self) -> Iterator[tuple[date | None, UsageRow]]:
        self._alone.sort(key=lambda each: _content(each[1]))
        yield from self._alone
        for day, rows in self._indistinct.values():
            yield from ((day, each) for each in rows)
        for day, row in self._best.values():
            if row is not None:
                yield day, row

    def _contradict(self, mark: int, key: int, day: date | None) -> None:
        self._contradicted.add(mark)
        if self._best[key][0] == day:
            self._best[key] = (day, None)

    def _compact(self, row: UsageRow) -> UsageRow:
        """Return the row with values that are kept once for all rows."""
        self._count()
        values = msgspec.structs.astuple(row)
        return type(row)(*map(self._values.setdefault, values, values))

    def _count(self) -> None:
        self._kept += 1
        if self._kept > ROWS_LIMIT:
            raise TooManyRowsError(f"more than {ROWS_LIMIT} rows would have to be kept")

    def _is_indistinct(self, row: UsageRow, identities: Sequence[str]) -> bool:
        """Return True if another row with the same ids may be another one."""
        _, workload, service, _, _ = identities
        return not (self._folded.ids[row.product_id] and (workload or not row.has_workload) and service)


def _mark(key: int, day: date | None) -> int:
    """Return what distinguishes the known rows of a kind and day from others."""
    return hash((key, day, True, True))


def _content(row: UsageRow) -> list[tuple[bool, Any]]:
    """Return a sort key of all that a row says."""
    return [(value is not None, value) for value in msgspec.structs.astuple(row)]
