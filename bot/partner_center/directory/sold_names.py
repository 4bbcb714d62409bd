"""The products that only the report of sold licenses names.

They are those that the caller's own token sees. No HTTP here. They are loaded when a sentence asks for them, and kept
as the names of the usage report are: for one caller, as long. What is not used of usage stays out of the names for it,
so a question about usage never finds them.
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-deployment-information#uri-parameters
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import Cache, LRUCache

from bot.concurrency.single_flight import SingleFlight
from bot.domain.conversation import Caller
from bot.domain.identifier import folded_id, is_shown
from bot.domain.licensing import Dimension, Entry
from bot.domain.report_kind import ReportKind
from bot.errors import DeadlineError
from bot.names.name_folding import visible
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import PartnerCenter
from bot.query.usage_query import UsageQuery

_BY_PRODUCT = UsageQuery(
    groupby=(Dimension.PRODUCT.id_field, Dimension.PRODUCT.name_field), report=ReportKind.DEPLOYMENT
)
Key = tuple[str, str]


@dataclass(slots=True)
class _Kept:
    """One caller's products, the index that they were added to, and the index with them."""

    products: tuple[Entry, ...]
    usage: NameIndex
    names: NameIndex
    due: float


class SoldNames:
    """Caches the products of each caller for `ttl` seconds, of at most `most` callers.

    `clock` returns seconds.
    """

    def __init__(self, partner_center: PartnerCenter, *, clock: Callable[[], float], ttl: float, most: int) -> None:
        self._partner_center = partner_center
        self._clock = clock
        self._ttl = ttl
        self._kept: LRUCache[Key, _Kept] = LRUCache(most)
        self._flights: SingleFlight[tuple[Entry, ...]] = SingleFlight(overdue=DeadlineError)
        self._loading: dict[Key, object] = {}

    async def names(self, caller: Caller, usage: NameIndex) -> NameIndex:
        """Return `usage` with the products that were sold; itself if it has all of them.

        Raises NotSignedInError and PartnerCenterError.
        """
        kept = self._kept.get(caller.key)
        if kept is None or self._clock() >= kept.due:
            mine = self._loading[caller.key] = object()
            try:
                kept = await self._loaded(caller, usage)
                if self._loading.get(caller.key) is mine:  # else the caller signed out meanwhile, or asked again
                    self._kept[caller.key] = kept
            finally:
                if self._loading.get(caller.key) is mine:
                    del self._loading[caller.key]
        elif kept.usage is not usage:
            kept.usage, kept.names = usage, await asyncio.to_thread(_with, usage, kept.products)
        return kept.names

    def forget(self, caller: Caller) -> None:
        """Drop this caller's products, and do not keep those that are being loaded."""
        self._kept.pop(caller.key, None)
        self._loading.pop(caller.key, None)
        self._flights.forget(caller.key)

    def expire(self) -> None:
        """Free the products that are too old."""
        now, kept = self._clock(), self._kept
        # `Cache.__getitem__`, because that of LRUCache would mark every entry as just used.
        for key in [key for key in kept if now >= Cache.__getitem__(kept, key).due]:
            del kept[key]

    async def _loaded(self, caller: Caller, usage: NameIndex) -> _Kept:
        products = await self._flights.join(caller.key, lambda: self._load(caller))
        names = await asyncio.to_thread(_with, usage, products)
        return _Kept(products, usage, names, self._clock() + self._ttl)

    async def _load(self, caller: Caller) -> tuple[Entry, ...]:
        rows = await self._partner_center.rows(caller, _BY_PRODUCT)
        found = ((visible(row.product_id), row.product) for row in rows)
        named = ((id_, name if name and is_shown(name) else id_) for id_, name in found if id_ and folded_id(id_))
        return tuple(dict.fromkeys(Entry(Dimension.PRODUCT, id_, name) for id_, name in named))


def _with(usage: NameIndex, products: tuple[Entry, ...]) -> NameIndex:
    names = usage.with_products(products)
    names.spans.warm()
    return names
