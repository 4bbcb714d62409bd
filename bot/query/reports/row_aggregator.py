"""Rows -> groups, page by page. Pure.

Only sums are kept: memory grows with the items of the report, not with the number of rows or pages. In the rare answer
in which a row comes twice or a service has rows of several days, every row is kept (see `newest_rows`).
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

from bot.domain.licensing import Dimension, UsageRow
from bot.errors import BadAnswerError
from bot.query.filters.expression import Expression
from bot.query.filters.filter_matcher import Predicate, refutation
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.filters.share_filter import TopBottom
from bot.query.reports.folded_texts import FoldedTexts, Member
from bot.query.reports.newest_rows import NewestRows, PageContents, Shown, every_row
from bot.query.reports.processed_day import DayReader
from bot.query.reports.repeated_rows import RepeatedRows
from bot.query.reports.report_builder import ShownItems, build_report
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.row_group import RowGroup, watch_of
from bot.query.reports.service_dates import Key, ServiceDates, ServicePart
from bot.query.reports.service_days import ServiceDays
from bot.query.reports.unknown_rows import UnknownRows
from bot.query.reports.usage_report import Remark, UsageReport

# A service that writes the same id in ever new ways must not exhaust the memory.
SHORTCUTS_LIMIT = 200_000
# Rows that are added in one go, which takes milliseconds.
ROWS_OF_STEP = 1_000


class RowsKeptError(BadAnswerError):
    """The rows cannot be summed one by one, and pages before are summed already.

    The answer has to be read again, into an aggregator with `every_row`.
    """


class RowAggregator:
    """Sums rows by dimension. Rows may arrive in any order and in any number of pages.

    If `by` is empty, there is one total. `keep` is applied to every row, because Microsoft does not document how the
    API compares values. If a row lacks a value that `keep` compares, the row counts: the API has filtered it already.
    A row without usable figures, or with a day that is none, is left out and counted. Of each customer, product,
    workload, channel and service one row counts: that of `wanted`, the requested day, else the newest before it. Rows
    of other days stay if there is no better one.

    `today`: a row of a day after it is left out, with two days of tolerance. `every_row`: keep the rows until the
    report is built. Without it, an aggregator does so by itself if it is necessary, and if the first page shows it.
    """

    def __init__(
        self,
        by: tuple[Dimension, ...],
        keep: Expression | None = None,
        *,
        wanted: date | None = None,
        today: date | None = None,
        every_row: bool = False,
    ) -> None:
        self.by = by
        self._unwanted = None if keep is None else refutation(keep)
        self._wanted = wanted
        self._members = tuple(Member(each, each.id_attribute, each.name_attribute) for each in by)
        self._watch = watch_of(by)
        self._key_of = _raw_key(by)
        self._days = DayReader(today)
        self._texts = FoldedTexts()
        self._services = ServiceDates(self._days, self._texts)
        self._repeated = RepeatedRows()
        self._newest = NewestRows(self._days, self._texts, wanted) if every_row else None
        self._pages = 0
        self._unknown = 0
        self._unreadable_days = 0  # of the unknown rows, those of which only the day is none
        self._unknown_rows = UnknownRows()
        self.removed = 0  # rows that `keep` rejected
        self.unusable = 0  # these six are counted by the caller, who reads the pages
        self.repeated_pages = 0  # rows of pages that came again and were not added
        self.missing = 0
        self.perhaps_missing = 0
        self.incomplete = False
        self.reported_error = False

    @property
    def repeated(self) -> int:
        """Return how many of the rows that were added came again."""
        return self._newest.repeated if self._newest is not None else 0

    @property
    def empty(self) -> bool:
        """Return True if no row counts, is unknown or was removed by `keep`."""
        if self.removed or self._unknown:
            return False
        if self._newest is not None:
            return not self._newest.rows() and not self._newest.unknown
        return not any(part.groups for part in self._services.parts)

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
            before = (self.removed, self._unknown, self._unreadable_days)
            try:
                yield from self._sum_once(rows)
            except RowsKeptError:
                if not first:
                    raise
                self.removed, self._unknown, self._unreadable_days = before
                self._newest = NewestRows(self._days, self._texts, self._wanted)
            else:
                return
        page = PageContents()
        for part in _parts(rows):
            for row in part if self._unwanted is None else self._kept(part, self._unwanted):
                self._newest.add(row, page)
            yield

    def _sum_once(self, rows: Sequence[UsageRow]) -> Iterator[None]:
        if self._repeated.add(rows):
            raise RowsKeptError("a row comes twice")
        for part in _parts(rows):
            unknown = self._unknown
            self._sum(part, self._services)
            if self._unknown > unknown:  # else it was quick
                yield

    def check(self) -> None:
        """Raise RowsKeptError when a row was on two pages. Call it after the last page."""
        if self._newest is None and self._repeated.across_pages():
            raise RowsKeptError("a row is on two pages")

    def _kept(self, rows: Iterable[UsageRow], unwanted: Predicate) -> Iterator[UsageRow]:
        for row in rows:
            if unwanted(row):
                self.removed += 1
            else:
                yield row

    def _sum(self, rows: Sequence[UsageRow], services: ServiceDates, *, checked: bool = False) -> None:
        """Add rows to the groups of `services`. `checked`: they are the rows that count.

        This loop is written for speed: values that do not change from row to row are not computed again, and
        `RowGroup.look` is called only for a row that differs from its group.
        """
        service = processed = part = None
        shortcuts: dict[object, RowGroup] = {}
        if self._unwanted is not None and not checked:
            rows = list(self._kept(rows, self._unwanted))
        for row, raw in zip(rows, map(self._key_of, rows), strict=True):
            active = row.licenses_active
            if active is None:
                active = row.license_active
            qualified = row.qualified
            if active is None or qualified is None:
                self._leave_out(row)
                continue
            if not service or row.service_code != service or row.processed != processed:
                service, processed = row.service_code, row.processed
                part = services.part_of(row)
                shortcuts = part.shortcuts if part else {}
                if not checked and not services.one_day_each:
                    raise RowsKeptError("a service has rows of several days")
            if part is None:
                self._leave_out(row)
                self._unreadable_days += 1
                continue
            group = shortcuts.get(raw) or self._group(part, row, raw, checked=checked)
            sums = group.workloads.get(row.workload_code) or group.sums_of(row)
            if group.read(row) != group.expected:
                group.look(row)
            sums.active += active
            sums.qualified += qualified
            if qualified > active:  # per row: what is beyond in another row does not use up what is unused here
                sums.unused += qualified - active

    def _leave_out(self, row: UsageRow) -> None:
        self._unknown += 1
        self._unknown_rows.add(row)

    def unknown_items(self) -> Container[Key]:
        """Return the keys of the items of which rows are unknown."""
        for row in () if self._newest is None else self._newest.unknown_rows():
            self._unknown_rows.add(row)
        return self._unknown_rows.items(self._texts, self._members)

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
        services = self._services
        if self._newest is not None:
            services = ServiceDates(self._days, self._texts)
            self._sum(self._newest.rows(), services, checked=True)
        gathered: dict[Key, list[RowGroup]] = {}
        for part in services.parts:
            for key, group in part.groups.items():
                gathered.setdefault(key, []).append(group)
        if only is not None:
            gathered = {key: groups for key, groups in gathered.items() if key in only}
        all_remarks = set(remarks)
        if self.removed:
            all_remarks.add(Remark.FILTERED_HERE)
        days = ServiceDays(services, self._gaps)
        return build_report(
            self.by, tuple(gathered.items()), days, selection=selection, order=order, remarks=all_remarks
        )

    def _gaps(self, chosen: ShownItems | None) -> Gaps:
        newest, shown = self._newest, every_row if chosen is None else self._is_of(chosen)
        return Gaps(
            unknown=self._unknown + (newest.unknown if newest else 0),
            unreadable_days=self._unreadable_days + (newest.unreadable_days if newest else 0),
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

    def _is_of(self, chosen: ShownItems) -> Shown:
        """Return a function that says whether a row is of one of the `chosen` items."""
        alone = {id(group.sample) for group in chosen.groups}  # a row without a customer id is an item of its own

        def shown(row: UsageRow) -> bool:
            if Dimension.CUSTOMER in self.by and not self._texts.ids[row.customer_id]:
                return id(row) in alone
            return tuple(self._texts.identities(row, self._members)) in chosen.keys

        return shown

    def _group(self, part: ServicePart, row: UsageRow, raw: object, *, checked: bool) -> RowGroup:
        """Return the group of a row with ids (`raw`) in a spelling not seen before."""
        texts = self._texts
        ids = list(map(texts.ids.__getitem__, raw if isinstance(raw, tuple) else (raw,)))
        by_ids = all(ids)
        key = tuple(ids if by_ids else self._odd_key(part, row, checked=checked))
        group = part.groups.get(key)
        if group is None:
            group = part.groups[key] = RowGroup(row, self._watch, part.day, texts)
        elif by_ids and not checked and self._key_of(group.sample) != raw:
            # `RepeatedRows` compares ids as they are spelled: this row may be one that was added already.
            raise RowsKeptError("an id is spelled in two ways")
        if by_ids:
            if len(part.shortcuts) > SHORTCUTS_LIMIT:
                part.shortcuts.clear()
            part.shortcuts[raw] = group
        return group

    def _odd_key(self, part: ServicePart, row: UsageRow, *, checked: bool) -> list[str]:
        """Return the key of the group of a row that lacks an id."""
        identities = self._texts.identities(row, self._members)
        if Dimension.CUSTOMER in self.by and not self._texts.ids[row.customer_id]:
            if not checked:
                raise RowsKeptError("a row has no customer id")
            identities.append(f"{next(part.numbers):09d}")  # no id: an item of its own
        return identities


def _raw_key(by: tuple[Dimension, ...]) -> Callable[[UsageRow], object]:
    """Return a function that distinguishes groups as long as ids are spelled alike."""
    return attrgetter(*(dimension.id_attribute for dimension in by)) if by else lambda _: ()


def _parts(rows: Sequence[UsageRow]) -> Iterator[Sequence[UsageRow]]:
    """Return the rows in portions of ROWS_OF_STEP."""
    return (rows[start : start + ROWS_OF_STEP] for start in range(0, len(rows), ROWS_OF_STEP))
