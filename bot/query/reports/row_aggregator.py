"""Rows -> groups, page by page. Pure.

Only sums are kept: memory grows with the items of the report, not with the number of rows or pages. In the rare answer
in which a row comes twice or a service has rows of several days, every row is kept (see `newest_rows`).
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import partial

from bot.domain.licensing import Dimension, UsageRow, is_trial
from bot.query.filters.expression import Expression
from bot.query.filters.filter_matcher import refutation
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.filters.share_filter import TopBottom
from bot.query.reports.newest_rows import NewestRows, PageContents, Shown, every_row
from bot.query.reports.report_builder import build_report
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.report_items import Key, gathered
from bot.query.reports.usage_report import Remark, UsageReport
from bot.query.sums.folded_texts import FoldedTexts, members_of
from bot.query.sums.grouped_sums import GroupedSums
from bot.query.sums.processed_day import DayReader
from bot.query.sums.repeated_rows import RepeatedRows, RowsKeptError
from bot.query.sums.sums_by_customer import SumsByCustomer
from bot.query.sums.sums_of_all import SumsOfAll

# Rows that are added in one go, which takes milliseconds if they are odd.
ROWS_OF_STEP = 250


class RowAggregator:
    """Sums rows by dimension. Rows may arrive in any order and in any number of pages.

    If `by` is empty, there is one total. `keep` is applied to every row, because Microsoft does not document how the
    API compares values. If a row lacks a value that `keep` compares, the row counts: the API has filtered it already.
    A row without usable figures, or with a day that is none, is left out and counted. Of each customer, product,
    workload, channel and service one row counts: that of `wanted`, the requested day, else the newest before it. Rows
    of other days stay if there is no better one.

    `today`: a row of a day after it is left out, with two days of tolerance. `every_row`: keep the rows until the
    report is built. Without it, an aggregator does so by itself if it is necessary, and if the first page shows it.
    Without `trials`, rows of trials are in no figures; they are counted apart.
    """

    def __init__(
        self,
        by: tuple[Dimension, ...],
        keep: Expression | None = None,
        *,
        wanted: date | None = None,
        today: date | None = None,
        every_row: bool = False,
        trials: bool = True,
    ) -> None:
        self.by = by
        self._unwanted = None if keep is None else refutation(keep)
        self._wanted = wanted
        self._members = members_of(by)
        self._days = DayReader(today)
        self._texts = FoldedTexts()
        self._sums = self._new_sums()
        self._repeated = RepeatedRows()
        self._newest = NewestRows(self._days, self._texts, wanted, by) if every_row else None
        self._with_trials = trials
        self._trials = 0
        self._pages = 0
        self.removed = 0  # rows that `keep` rejected
        self.unusable = 0  # these six are counted by the caller, who reads the pages
        self.repeated_pages = 0  # rows of pages that came again and were not added
        self.missing = 0
        self.perhaps_missing = 0
        self.incomplete = False
        self.reported_error = False

    def _new_sums(self, *, kept: bool = False) -> GroupedSums:
        kind = SumsByCustomer if Dimension.CUSTOMER in self.by else SumsOfAll
        return kind(self.by, self._days, kept=kept)

    @property
    def repeated(self) -> int:
        """Return how many of the rows that were added came again."""
        return self._newest.repeated if self._newest is not None else 0

    @property
    def trials(self) -> int:
        """Return how many rows of trials are left out.

        Each counts once, and only if it is the newest of its kind.
        """
        if self._newest is None or self._with_trials:
            return self._trials
        return sum(map(is_trial, self._newest.rows()))

    @property
    def empty(self) -> bool:
        """Return True if no row counts, is unknown or was removed by `keep`."""
        if self.removed or self._trials:
            return False
        if self._newest is not None:
            return not self._newest.rows() and not self._newest.unknown
        return self._sums.empty and not self._sums.unknown

    def add(self, rows: Sequence[UsageRow]) -> None:
        """Add the rows of a page.

        Raises RowsKeptError when a row comes twice, or a service has rows of several days, and there was a page before.
        """
        for _ in self.steps(rows):
            pass

    def steps(self, rows: Sequence[UsageRow]) -> Iterator[None]:
        """Add the rows of a page as `add` does, in steps.

        It stops after every ROWS_OF_STEP rows of which some are odd. These take ten times as long as others: the caller
        may do other work between two steps. Pages after the first may be added at the same time.
        """
        self._pages += 1
        first = self._pages == 1
        if self._newest is None:
            removed, trials = self.removed, self._trials
            try:
                yield from self._sum(rows)
            except RowsKeptError:
                if not first:
                    raise
                self.removed, self._trials = removed, trials
                self._newest = NewestRows(self._days, self._texts, self._wanted, self.by)
            else:
                return
        page = PageContents()
        for part in _parts(rows):
            for row in self._divided(part)[0]:
                self._newest.add(row, page)
            yield

    def _sum(self, rows: Sequence[UsageRow]) -> Iterator[None]:
        sums = self._sums
        for part in _parts(rows):
            odd = sums.odd
            kept, removed = self._divided(part)
            counting, trials = self._without_trials(kept)
            sums.add(counting)
            sums.note((*removed, *trials), self._texts)
            self._trials += len(trials)
            if sums.odd > odd:  # else it was quick; a page must not wait in memory for no reason
                yield
        if self._repeated.add(sums.customers()):
            raise RowsKeptError("a row comes twice")

    def check(self) -> None:
        """Raise RowsKeptError when a row was on two pages. Call it after the last page."""
        if self._newest is None and self._repeated.across_pages():
            raise RowsKeptError("a row is on two pages")

    def _divided(self, rows: Sequence[UsageRow]) -> tuple[Sequence[UsageRow], Sequence[UsageRow]]:
        """Return the rows that `keep` admits, and the others, which are counted."""
        unwanted = self._unwanted
        if unwanted is None:
            return rows, ()
        kept: list[UsageRow] = []
        removed: list[UsageRow] = []
        for row in rows:
            (removed if unwanted(row) else kept).append(row)
        self.removed += len(removed)
        return kept, removed

    def _without_trials(self, rows: Sequence[UsageRow]) -> tuple[Sequence[UsageRow], Sequence[UsageRow]]:
        """Return the rows that count, and those of trials if they are left out."""
        if self._with_trials or not any(map(is_trial, rows)):
            return rows, ()
        return [row for row in rows if not is_trial(row)], [row for row in rows if is_trial(row)]

    def unknown_items(self) -> Mapping[Key, int]:
        """Return the number of unknown rows of each item that has some."""
        return self._sums.left_out.items() if self._newest is None else self._newest.unknown_items()

    def report(
        self,
        selection: RowSelection = EVERYTHING,
        order: TopBottom | None = None,
        remarks: Iterable[Remark] = (),
        *,
        only: Container[Key] | None = None,
    ) -> UsageReport:
        """Build the report of the rows added so far. More rows may be added afterwards.

        `only`: the keys of the items that it has.
        """
        sums, newest = self._sums, self._newest
        if newest is not None:
            sums = self._new_sums(kept=True)
            sums.add(self._without_trials(newest.rows())[0])
        all_remarks = set(remarks)
        if self.removed:
            all_remarks.add(Remark.FILTERED_HERE)
        items = gathered(self.by, sums.sums())
        return build_report(
            self.by,
            items if only is None else [item for item in items if item[0] in only],
            partial(self._gaps, sums),
            wanted=self._wanted,
            selection=selection,
            order=order,
            remarks=all_remarks,
            unknown=self.unknown_items(),
        )

    def _gaps(self, sums: GroupedSums, chosen: Set[Key] | None) -> Gaps:
        """Return what the figures of the `chosen` items leave out; None means all items."""
        newest, shown = self._newest, every_row if chosen is None else self._is_of(chosen, sums)
        if not self._with_trials:
            shown = _but_trials(shown)
        return Gaps(
            unknown=newest.unknown if newest else sums.unknown,
            unreadable_days=newest.unreadable_days if newest else sums.unreadable_days,
            unusable=self.unusable,
            repeated=self.repeated + self.repeated_pages,
            missing=self.missing,
            perhaps_missing=self.perhaps_missing,
            undated=newest.undated(shown) if newest else 0,
            unidentified=newest.unidentified(shown) if newest and Dimension.CUSTOMER in self.by else 0,
            older=newest.older(shown) if newest else (),
            incomplete=self.incomplete,
            reported_error=self.reported_error,
        )

    def _is_of(self, chosen: Set[Key], sums: GroupedSums) -> Shown:
        """Return a function that says whether a row is of one of the `chosen` items."""

        def shown(row: UsageRow) -> bool:
            key = self._texts.identities(row, self._members)
            if id(row) in sums.alone:  # a row without a customer id is an item of its own
                key[self.by.index(Dimension.CUSTOMER)] = ""
                key.append(sums.alone[id(row)])
            return tuple(key) in chosen

        return shown


def _but_trials(shown: Shown) -> Shown:
    return lambda row: not is_trial(row) and shown(row)


def _parts(rows: Sequence[UsageRow]) -> Iterator[Sequence[UsageRow]]:
    """Return the rows in portions of ROWS_OF_STEP."""
    return (rows[start : start + ROWS_OF_STEP] for start in range(0, len(rows), ROWS_OF_STEP))
