"""Answer report requests about one world with bytes. No HTTP.

The last few selections are cached, because the pages of one question are requested one after the other or in parallel.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from cachetools import LRUCache

from bot.simulator.partner_center.conduct import USUAL_CONDUCT, Conduct
from bot.simulator.partner_center.customer_query import CustomerQuery, customer_list
from bot.simulator.partner_center.query_string import ReportRequest
from bot.simulator.partner_center.world.grouped_rows import grouped_rows
from bot.simulator.partner_center.world.product_catalogue import DYNAMICS, OFFICE
from bot.simulator.partner_center.world.response_bodies import (
    customer_envelope,
    customer_rows,
    usage_envelope,
    usage_rows,
)
from bot.simulator.partner_center.world.row_selector import Selector
from bot.simulator.partner_center.world.world_models import World, weeks_ago

_KEPT = 8
Found = TypeVar("Found")


class Reports:
    """The two reports on one world, and its list of customers.

    `conduct` says how many rows a page has, and which links.
    """

    def __init__(self, world: World, conduct: Conduct = USUAL_CONDUCT) -> None:
        self.page_limit = conduct.page_limit
        self.links = conduct.links
        self._conduct = conduct
        self._world = world
        self._selector = Selector(world)
        self._selections: LRUCache[tuple[str, ...], Sequence[int]] = LRUCache(_KEPT)
        self._groups: LRUCache[tuple[str, ...], Sequence[bytes]] = LRUCache(_KEPT)

    def usage(self, asked: ReportRequest, link: Callable[[int], str]) -> bytes:
        """Return a page of the report.

        `link` returns the link to the page that begins at a row number.
        """
        weeks = self._weeks(asked)
        after = asked.skip + asked.top
        if asked.groupby:
            groups = self._grouped(asked, weeks)
            rows, total = groups[asked.skip : after], len(groups)
        else:
            rows, total = self._rows(asked, weeks, after)
        return usage_envelope(rows, link(after) if after < total else None, total)

    def _weeks(self, asked: ReportRequest) -> dict[str, int]:
        weeks = {service.code: weeks_ago(service, asked.processed) for service in (OFFICE, DYNAMICS)}
        return {code: week for code, week in weeks.items() if week is not None}

    def _rows(self, asked: ReportRequest, weeks: Mapping[str, int], after: int) -> tuple[list[bytes], int]:
        """Return the page and the number of all rows; with `since`, the newest days come first."""
        days = [weeks]
        if self._conduct.since:
            back = range(max(weeks.values(), default=0) + 1)
            days = [{code: week for code, last in weeks.items() if week <= last} for week in back]
        rows: list[bytes] = []
        before = 0
        for day in days:
            selected = self._selected(asked, day)
            start, end = max(0, asked.skip - before), max(0, after - before)
            rows += usage_rows(self._world, selected[start:end], day)
            before += len(selected)
        return rows, before

    def of_customer(self, tenant_id: str) -> bytes | None:
        """Return the superseded report.

        None for a customer that this partner does not have.
        """
        number = self._selector.customer(tenant_id)
        if number is None:
            return None
        rows = range(self._world.first[number], self._world.first[number + 1])
        return customer_envelope(customer_rows(self._world, rows))

    def customers(self, asked: CustomerQuery) -> bytes:
        """Return a page of the list of customers."""
        return customer_list(self._world.customers, asked)

    def _selected(self, asked: ReportRequest, weeks: Mapping[str, int]) -> Sequence[int]:
        return _kept(
            self._selections,
            (*asked.key, *sorted(weeks)),
            lambda: self._selector.rows(asked.condition, lambda offer: offer.service.code in weeks),
        )

    def _grouped(self, asked: ReportRequest, weeks: Mapping[str, int]) -> Sequence[bytes]:
        return _kept(
            self._groups,
            asked.key,
            lambda: grouped_rows(self._world, self._selected(asked, weeks), asked.groupby, weeks),
        )


def _kept(kept: LRUCache[tuple[str, ...], Found], key: tuple[str, ...], find: Callable[[], Found]) -> Found:
    found = kept.get(key)
    if found is None:
        found = kept[key] = find()
    return found
