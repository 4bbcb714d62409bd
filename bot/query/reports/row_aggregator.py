"""Rows -> groups, a page at a time. Pure.

Only sums are kept: memory grows with the items of the report, not with the rows or pages that were added.
"""

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter

from bot.domain.licensing import Dimension, UsageRow
from bot.query.filters.expression import Expression
from bot.query.filters.filter_matcher import refutation
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.report_builder import build_report, item
from bot.query.reports.row_group import ID_ATTRIBUTES, MANY, RowGroup, identity
from bot.query.reports.service_dates import Key, ServiceDates, ServicePart
from bot.query.reports.usage_report import Remark, UsageReport

# Keeps what a sender who writes ids in ever new ways can make us remember within bounds.
SHORTCUTS_LIMIT = 200_000


class RowAggregator:
    """Sums rows by some dimensions; rows may come in any order and in any number of portions.

    `by` empty makes one total. `keep` is asked of every row again, because the API does not say how it compares
    values; where a row lacks what `keep` asks about, the API's word is taken. `wanted` is the day that was asked for.
    Of each service only the rows of one day are summed: the wanted day if it has any, else the latest.
    """

    def __init__(
        self, by: tuple[Dimension, ...], keep: Expression | None = None, *, wanted: date | None = None
    ) -> None:
        self.by = by
        self._unwanted = None if keep is None else refutation(keep)
        self._services = ServiceDates(wanted)
        self._key_of = _raw_key(by)
        self.removed = 0  # rows that `keep` turned away

    @property
    def several_days(self) -> bool:
        """Whether rows were left out because their service sent rows of a better day too."""
        return self._services.several_days

    def add(self, rows: Iterable[UsageRow]) -> None:
        """Take the rows in. Raises BadAnswerError for a `processedDateTime` that is no date.

        10,000 rows are taken in between two messages of other people, so this loop is written for speed: what is
        the same from row to row is not looked at again, and `RowGroup.look` is asked only about rows unlike
        their group.
        """
        part_of, key_of, unwanted = self._services.part_of, self._key_of, self._unwanted
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
            if (
                group.patchy
                or (group.product_id is not MANY and group.product_id != row.product_id)
                or (group.workload_code is not MANY and group.workload_code != row.workload_code)
                or (group.customer_id is not MANY and group.customer_id != row.customer_id)
                or (group.channel is not MANY and group.channel != row.channel)
                or (group.service_code is not MANY and group.service_code != row.service_code)
            ):
                group.look(row)
            group.active += row.licenses_active if row.licenses_active is not None else row.license_active or 0
            group.qualified += row.qualified or 0

    def report(
        self, limit: ShareRange | None = None, order: TopBottom | None = None, remarks: Iterable[Remark] = ()
    ) -> UsageReport:
        """The report of what was added so far; more may be added after it."""
        gathered: dict[Key, list[RowGroup]] = {}
        for part in self._services.parts:
            for key, group in part.groups.items():
                gathered.setdefault(key, []).append(group)
        told = set(remarks)
        if self.removed:
            told.add(Remark.FILTERED_HERE)
        items = [item(key, groups) for key, groups in gathered.items()]
        return build_report(self.by, items, self._services.as_of(), limit=limit, order=order, remarks=told)

    def _group(self, part: ServicePart, row: UsageRow, raw: object) -> RowGroup:
        """The group of a row whose ids (`raw`) were not met in this writing before."""
        key = tuple([identity(row, dimension) for dimension in self.by])
        group = part.groups.get(key)
        if group is None:
            group = part.groups[key] = RowGroup(row)
        if all(raw if isinstance(raw, tuple) else (raw,)):
            if len(part.shortcuts) > SHORTCUTS_LIMIT:
                part.shortcuts.clear()
            part.shortcuts[raw] = group
        return group


def _raw_key(by: tuple[Dimension, ...]) -> Callable[[UsageRow], object]:
    """What tells groups apart as long as ids are written alike."""
    return attrgetter(*(ID_ATTRIBUTES[dimension] for dimension in by)) if by else lambda _: ()
