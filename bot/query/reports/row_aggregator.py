"""Rows -> groups, page by page. Pure.

Only sums are kept: memory grows with the items of the report, not with the number of rows or pages. In the rare answer
in which a row comes twice or a service has rows of several days, every row is kept (see `newest_rows`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, ServiceDate, UsageRow
from bot.errors import BadAnswerError
from bot.query.filters.expression import Expression
from bot.query.filters.filter_matcher import Predicate, refutation
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.filters.share_filter import TopBottom
from bot.query.reports.newest_rows import NewestRows, Shown, every_row
from bot.query.reports.processed_day import DayReader
from bot.query.reports.repeated_rows import RepeatedRows
from bot.query.reports.report_builder import ShownItems, build_report
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.row_group import FURTHER, MANY, RowGroup, identity
from bot.query.reports.service_dates import Key, ServiceDates, ServicePart
from bot.query.reports.usage_report import Remark, UsageReport

# A service that writes the same id in ever new ways must not exhaust the memory.
SHORTCUTS_LIMIT = 200_000


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
        self._key_of = _raw_key(by)
        self._days = DayReader(today)
        self._services = ServiceDates(self._days)
        self._repeated = RepeatedRows()
        self._newest = NewestRows(self._days, wanted) if every_row else None
        self._pages = 0
        self._unknown = 0
        self._unreadable_days = 0  # of the unknown rows, those of which only the day is none
        self._lone = 0
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
        self._pages += 1
        if self._newest is not None:
            self._keep_rows(self._newest, rows)
            return
        before = (self.removed, self._unknown, self._unreadable_days)
        try:
            self._sum_once(rows)
        except RowsKeptError:
            if self._pages > 1:
                raise
            self.removed, self._unknown, self._unreadable_days = before
            self._newest = NewestRows(self._days, self._wanted)
            self._keep_rows(self._newest, rows)

    def check(self) -> None:
        """Raise RowsKeptError when a row was on two pages. Call it after the last page."""
        if self._newest is None and self._repeated.across_pages():
            raise RowsKeptError("a row is on two pages")

    def _sum_once(self, rows: Sequence[UsageRow]) -> None:
        if self._repeated.add(rows):
            raise RowsKeptError("a row comes twice")
        self._sum(rows, self._services)

    def _keep_rows(self, newest: NewestRows, rows: Iterable[UsageRow]) -> None:
        newest.begin_page()
        for row in rows if self._unwanted is None else self._kept(rows, self._unwanted):
            newest.add(row)

    def _kept(self, rows: Iterable[UsageRow], unwanted: Predicate) -> Iterator[UsageRow]:
        for row in rows:
            if unwanted(row):
                self.removed += 1
            else:
                yield row

    def _sum(self, rows: Iterable[UsageRow], services: ServiceDates, *, checked: bool = False) -> None:
        """Add rows to the groups of `services`. `checked`: they are the rows that count.

        10,000 rows are added without yielding to other callers, so this loop is written for speed: values that do not
        change from row to row are not computed again, and `RowGroup.look` is called only for a row that differs from
        its group.
        """
        key_of, further = self._key_of, FURTHER
        service = processed = part = None
        shortcuts: dict[object, RowGroup] = {}
        for row in rows if checked or self._unwanted is None else self._kept(rows, self._unwanted):
            active = row.licenses_active
            if active is None:
                active = row.license_active
            qualified = row.qualified
            if active is None or qualified is None:
                self._unknown += 1
                continue
            if not service or row.service_code != service or row.processed != processed:
                service, processed = row.service_code, row.processed
                part = services.part_of(row)
                shortcuts = part.shortcuts if part else {}
                if not checked and not services.one_day_each:
                    raise RowsKeptError("a service has rows of several days")
            if part is None:
                self._unknown += 1
                self._unreadable_days += 1
                continue
            raw = key_of(row)
            group = shortcuts.get(raw) or self._group(part, row, raw, checked=checked)
            sums = group.workloads.get(row.workload_code) or group.sums_of(row)
            if (
                group.patchy
                or (group.product_id is not MANY and group.product_id != row.product_id)
                or (group.customer_id is not MANY and group.customer_id != row.customer_id)
                or (group.channel is not MANY and group.channel != row.channel)
                or (group.service_code is not MANY and group.service_code != row.service_code)
                or (further is not None and further(row) != group.further)
            ):
                group.look(row)
            sums.active += active
            sums.qualified += qualified
            if qualified > active:  # per row: what is beyond in another row does not use up what is unused here
                sums.unused += qualified - active

    def report(
        self, selection: RowSelection = EVERYTHING, order: TopBottom | None = None, remarks: Iterable[Remark] = ()
    ) -> UsageReport:
        """Build the report of the rows added so far. More rows may be added afterwards."""
        services = self._services
        if self._newest is not None:
            services = ServiceDates(self._days)
            self._sum(self._newest.rows(), services, checked=True)
        gathered: dict[Key, list[RowGroup]] = {}
        for part in services.parts:
            for key, group in part.groups.items():
                gathered.setdefault(key, []).append(group)
        all_remarks = set(remarks)
        if self.removed:
            all_remarks.add(Remark.FILTERED_HERE)
        days = _AnswerDays(services, self._gaps)
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
            if Dimension.CUSTOMER in self.by and not folded_id(row.customer_id):
                return id(row) in alone
            return tuple([identity(row, dimension) for dimension in self.by]) in chosen.keys

        return shown

    def _group(self, part: ServicePart, row: UsageRow, raw: object, *, checked: bool) -> RowGroup:
        """Return the group of a row with ids (`raw`) in a spelling not seen before."""
        identities = [identity(row, dimension) for dimension in self.by]
        if Dimension.CUSTOMER in self.by and not folded_id(row.customer_id):
            if not checked:
                raise RowsKeptError("a row has no customer id")
            self._lone += 1  # no id: an item of its own
            identities.append(f"{self._lone:09d}")
        key = tuple(identities)
        group = part.groups.get(key)
        plain = len(identities) == len(self.by) and all(raw if isinstance(raw, tuple) else (raw,))
        if group is None:
            group = part.groups[key] = RowGroup(row, part.day)
        elif plain and not checked and self._key_of(group.sample) != raw:
            # `RepeatedRows` compares ids as they are spelled: this row may be one that was added already.
            raise RowsKeptError("an id is spelled in two ways")
        if plain:
            if len(part.shortcuts) > SHORTCUTS_LIMIT:
                part.shortcuts.clear()
            part.shortcuts[raw] = group
        return group


@dataclass(frozen=True, slots=True)
class _AnswerDays:
    """The days of an answer, see `AnswerDays`."""

    services: ServiceDates
    gaps_of: Callable[[ShownItems | None], Gaps]

    def as_of(self, shown: ShownItems | None) -> tuple[ServiceDate, ...]:
        return self.services.as_of(None if shown is None else shown.groups)

    def gaps(self, shown: ShownItems | None) -> Gaps:
        return self.gaps_of(shown)


def _raw_key(by: tuple[Dimension, ...]) -> Callable[[UsageRow], object]:
    """Return a function that distinguishes groups as long as ids are spelled alike."""
    return attrgetter(*(dimension.id_attribute for dimension in by)) if by else lambda _: ()
