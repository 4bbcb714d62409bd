"""Pages of a report on one world. Pure.

The last few selections are cached, because the pages of one question are requested one after the other or in parallel.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from cachetools import LRUCache

from bot.simulator.partner_center.query_string import ReportRequest
from bot.simulator.partner_center.world.grouped_rows import USAGE_COUNTS, grouped_rows
from bot.simulator.partner_center.world.product_catalogue import DYNAMICS, OFFICE
from bot.simulator.partner_center.world.response_bodies import Weeks, usage_envelope, usage_rows
from bot.simulator.partner_center.world.row_selector import Selector
from bot.simulator.partner_center.world.world_models import World, weeks_ago

_KEPT = 8
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class ReportForm:
    """How the rows of a report are written.

    It has the day of the newest ones (None: that of the world), the names of their counts, and what makes their JSON.
    """

    latest: date | None
    counted: tuple[str, str]
    rows: Callable[[World, Iterable[int], Weeks], list[bytes]]


USAGE_FORM = ReportForm(None, USAGE_COUNTS, usage_rows)


class ReportPages:
    """One report.

    With `since` the rows of a day come with those of all days after it.
    """

    def __init__(self, world: World, form: ReportForm, *, since: bool) -> None:
        self._world = world
        self._form = form
        self._since = since
        self.selector = Selector(world)
        self._selections: LRUCache[tuple[str, ...], Sequence[int]] = LRUCache(_KEPT)
        self._groups: LRUCache[tuple[str, ...], Sequence[bytes]] = LRUCache(_KEPT)

    def page(self, asked: ReportRequest, link: Callable[[int], str]) -> bytes:
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
        latest = self._form.latest or self._world.latest
        weeks = {service.code: weeks_ago(service, asked.processed, latest) for service in (OFFICE, DYNAMICS)}
        return {code: week for code, week in weeks.items() if week is not None}

    def _rows(self, asked: ReportRequest, weeks: Mapping[str, int], after: int) -> tuple[list[bytes], int]:
        """Return the page and the number of all rows; with `since`, the newest days come first."""
        days = [weeks]
        if self._since:
            back = range(max(weeks.values(), default=0) + 1)
            days = [{code: week for code, last in weeks.items() if week <= last} for week in back]
        rows: list[bytes] = []
        before = 0
        for day in days:
            selected = self._selected(asked, day)
            start, end = max(0, asked.skip - before), max(0, after - before)
            rows += self._form.rows(self._world, selected[start:end], day)
            before += len(selected)
        return rows, before

    def _selected(self, asked: ReportRequest, weeks: Mapping[str, int]) -> Sequence[int]:
        return kept(
            self._selections,
            (*asked.key, *sorted(weeks)),
            lambda: self.selector.rows(asked.condition, lambda offer: offer.service.code in weeks),
        )

    def _grouped(self, asked: ReportRequest, weeks: Mapping[str, int]) -> Sequence[bytes]:
        return kept(
            self._groups,
            asked.key,
            lambda: grouped_rows(self._world, self._selected(asked, weeks), asked.groupby, weeks, self._form.counted),
        )


def kept(known: LRUCache[tuple[str, ...], Found], key: tuple[str, ...], find: Callable[[], Found]) -> Found:
    """Return what is known of `key`; it is found once."""
    found = known.get(key)
    if found is None:
        found = known[key] = find()
    return found
