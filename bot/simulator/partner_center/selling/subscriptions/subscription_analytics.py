"""Answer requests of the subscription analytics. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-subscription-analytics-grouped-by-dates-or-terms#response-example
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from cachetools import LRUCache

from bot.simulator.partner_center.report_pages import kept
from bot.simulator.partner_center.selling.contracts import Contract
from bot.simulator.partner_center.selling.subscriptions.analytics_fields import DATES
from bot.simulator.partner_center.selling.subscriptions.analytics_rows import Row, analytics_row
from bot.simulator.partner_center.selling.subscriptions.subscription_query import SubscriptionQuery
from bot.simulator.partner_center.world.response_bodies import BOM, usage_envelope

_KEPT = 4


class SubscriptionAnalytics:
    """The rows of all subscriptions of a partner.

    `bare`: an answer of one row is that row, as the samples print it.
    """

    def __init__(self, contracts: Iterable[Contract], *, bare: bool = False) -> None:
        self._contracts = tuple(contracts)
        self._bare = bare
        self._selections: LRUCache[tuple[str, ...], Sequence[Contract]] = LRUCache(_KEPT)

    def page(self, asked: SubscriptionQuery, link: Callable[[int], str]) -> bytes:
        """Return a page; `link` returns the link to the page that begins at a row number."""
        selected = kept(self._selections, asked.key, lambda: self._selected(asked))
        after = asked.skip + asked.top
        if asked.groupby:
            groups = _grouped((analytics_row(contract) for contract in selected), asked)
            return _enveloped(groups[asked.skip : after], after, len(groups), link)
        rows = [analytics_row(contract) for contract in selected[asked.skip : after]]
        if self._bare and len(selected) == 1 and rows:
            return BOM + msgspec.json.encode(rows[0])
        return _enveloped(rows, after, len(selected), link)

    def _selected(self, asked: SubscriptionQuery) -> Sequence[Contract]:
        test = asked.test
        if test is None:
            return self._contracts
        return [contract for contract in self._contracts if test(analytics_row(contract))]


def _enveloped(rows: Iterable[Row], after: int, total: int, link: Callable[[int], str]) -> bytes:
    return usage_envelope(map(msgspec.json.encode, rows), link(after) if after < total else None, total)


def _grouped(rows: Iterable[Row], asked: SubscriptionQuery) -> list[Row]:
    """Return the groups in the order of their values. Counts are texts in the sample."""
    number: Counter[tuple[Any, ...]] = Counter()
    seats: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        group = tuple(_of_level(row[name], asked.level) if name in DATES else row[name] for name in asked.groupby)
        number[group] += 1
        seats[group] += row["licenseCount"]
    return [
        dict(zip(asked.groupby, group, strict=True))
        | {"subscriptionCount": str(number[group]), "licenseCount": str(seats[group])}
        for group in sorted(number, key=lambda group: tuple((value is not None, str(value)) for value in group))
    ]


def _of_level(written: str | None, level: str) -> str | None:
    """Return the first moment of the day, week or month of a date."""
    if written is None or not level:
        return written
    day = date.fromisoformat(written[:10])
    if level == "week":
        day -= timedelta(days=day.weekday())
    elif level == "month":
        day = day.replace(day=1)
    return f"{day.isoformat()}T00:00:00"
