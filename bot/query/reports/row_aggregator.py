"""Rows -> groups, page by page. Pure.

Only sums are kept: memory grows with the items of the report, not with the number of rows or pages.
"""

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter

from bot.domain.licensing import Dimension, UsageRow
from bot.query.filters.expression import Expression
from bot.query.filters.filter_matcher import refutation
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.report_builder import build_report
from bot.query.reports.row_group import FURTHER, MANY, RowGroup, identity
from bot.query.reports.service_dates import Key, ServiceDates, ServicePart
from bot.query.reports.usage_report import Remark, UsageReport

# A service that writes the same id in ever new ways must not exhaust the memory.
SHORTCUTS_LIMIT = 200_000


class RowAggregator:
    """Sums rows by dimension. Rows may arrive in any order and in any number of pages.

    If `by` is empty, there is one total. `keep` is applied to every row, because Microsoft does not document how the
    API compares values. If a row lacks a value that `keep` compares, the row counts: the API has filtered it already.
    `wanted` is the requested day. Only rows of one day are summed per service: the wanted day if the service has rows
    of it, else its latest day.
    """

    def __init__(
        self, by: tuple[Dimension, ...], keep: Expression | None = None, *, wanted: date | None = None
    ) -> None:
        self.by = by
        self._unwanted = None if keep is None else refutation(keep)
        self._services = ServiceDates(wanted)
        self._key_of = _raw_key(by)
        self.removed = 0  # rows that `keep` rejected

    @property
    def several_days(self) -> bool:
        """Return True if a service sent rows of several days; one day was kept."""
        return self._services.several_days

    def add(self, rows: Iterable[UsageRow]) -> None:
        """Add the rows. Raises BadAnswerError when a `processedDateTime` is not a date.

        10,000 rows are added without yielding to other callers, so this loop is written for speed: values that do not
        change from row to row are not computed again, and `RowGroup.look` is called only for a row that differs from
        its group.
        """
        part_of, key_of, unwanted, further = self._services.part_of, self._key_of, self._unwanted, FURTHER
        service = processed = part = None
        shortcuts: dict[object, RowGroup] = {}
        for row in rows:
            if not service or row.service_code != service or row.processed != processed:
                service, processed = row.service_code, row.processed
                part = part_of(row)
                shortcuts = part.shortcuts if part else {}
            if part is None:
                continue
            if unwanted is not None and unwanted(row):
                self.removed += 1
                continue
            raw = key_of(row)
            group = shortcuts.get(raw) or self._group(part, row, raw)
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
            active = row.licenses_active if row.licenses_active is not None else row.license_active or 0
            qualified = row.qualified or 0
            sums.active += active
            sums.qualified += qualified
            if qualified > active:  # per row: what is beyond in another row does not use up what is unused here
                sums.unused += qualified - active

    def report(
        self, limit: ShareRange | None = None, order: TopBottom | None = None, remarks: Iterable[Remark] = ()
    ) -> UsageReport:
        """Build the report of the rows added so far. More rows may be added afterwards."""
        gathered: dict[Key, list[RowGroup]] = {}
        for part in self._services.parts:
            for key, group in part.groups.items():
                gathered.setdefault(key, []).append(group)
        all_remarks = set(remarks)
        if self.removed:
            all_remarks.add(Remark.FILTERED_HERE)
        found = tuple(gathered.items())
        return build_report(self.by, found, self._services.as_of(), limit=limit, order=order, remarks=all_remarks)

    def _group(self, part: ServicePart, row: UsageRow, raw: object) -> RowGroup:
        """Return the group of a row with ids (`raw`) in a spelling not seen before."""
        key = tuple([identity(row, dimension) for dimension in self.by])
        group = part.groups.get(key)
        if group is None:
            group = part.groups[key] = RowGroup(row, part.day)
        if all(raw if isinstance(raw, tuple) else (raw,)):
            if len(part.shortcuts) > SHORTCUTS_LIMIT:
                part.shortcuts.clear()
            part.shortcuts[raw] = group
        return group


def _raw_key(by: tuple[Dimension, ...]) -> Callable[[UsageRow], object]:
    """Return a function that distinguishes groups as long as ids are spelled alike."""
    return attrgetter(*(dimension.id_attribute for dimension in by)) if by else lambda _: ()
