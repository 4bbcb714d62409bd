"""The names that a caller can ask about, as the caller's own token sees them.

No HTTP here. One caller never gets the names of another. The names come from the report itself, by `groupby`, so the
report has figures for every name found here:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import attrgetter

from cachetools import Cache, LRUCache

from bot.commands.clauses import DIMENSIONS
from bot.concurrency.first_failure import gather_or_first_failure
from bot.concurrency.single_flight import SingleFlight
from bot.domain.conversation import Caller
from bot.domain.identifier import is_shown
from bot.domain.licensing import Dimension, Entry, UsageRow
from bot.errors import BadAnswerError, DeadlineError, ServiceDownError, ThrottledError, UsageBotError
from bot.names.name_folding import visible
from bot.names.name_index import NameIndex
from bot.partner_center.directory.customer_details import customer_details
from bot.partner_center.directory.shared_name_index import SharedNameIndex
from bot.partner_center.directory.sold_names import SoldNames
from bot.partner_center.usage_client import PartnerCenter
from bot.query.usage_query import UsageQuery

# A workload and its service are read from the same rows; every other dimension that a clause takes has its own query.
_TOGETHER = (Dimension.WORKLOAD, Dimension.SERVICE)
_NAMED = {dimension for dimensions in DIMENSIONS.values() for dimension in dimensions}
QUERIES: tuple[tuple[Dimension, ...], ...] = tuple(
    dict.fromkeys(_TOGETHER if each in _TOGETHER else (each,) for each in Dimension if each in _NAMED)
)

# While these errors last, old names are used. After any other error the caller may have lost the right to see them.
PASSING = (ServiceDownError, ThrottledError, DeadlineError, BadAnswerError)

KEPT_CALLERS = 256
# The number of names in all. Names that several callers have in common count once. One takes about a kilobyte.
KEPT_NAMES = 400_000
# Seconds for which the old names are used after a failed refresh, before the next attempt.
PAUSE = 60.0

Key = tuple[str, str]


@dataclass(slots=True)
class _Kept:
    """One caller's names.

    `seen` is the latest day of figures answered since; `due` is when to load them again. Until `until` they are used
    while loading them fails.
    """

    names: NameIndex
    due: float
    until: float
    seen: date | None = None


class NameDirectory:
    """Caches the names of each caller for `ttl` seconds.

    At most `most` callers are kept; the least recently used is dropped. `clock` returns seconds. Names are loaded again
    after `ttl`, or when figures of a newer day were seen than before. After twice `ttl` they are not used any more.
    """

    def __init__(
        self,
        partner_center: PartnerCenter,
        *,
        clock: Callable[[], float],
        ttl: float,
        most: int = KEPT_CALLERS,
        most_names: int = KEPT_NAMES,
        pause: float = PAUSE,
    ) -> None:
        self._partner_center = partner_center
        self._clock = clock
        self._ttl = ttl
        self._most_names = most_names
        self._shared = SharedNameIndex()
        self._sold = SoldNames(partner_center, clock=clock, ttl=ttl, most=most)
        self._pause = pause
        self._kept: LRUCache[Key, _Kept] = LRUCache(most)
        self._flights: SingleFlight[NameIndex] = SingleFlight(overdue=DeadlineError)
        self._loading: dict[Key, object] = {}

    async def names(self, caller: Caller) -> NameIndex:
        """Return the names that this caller can ask about.

        Raises NotSignedInError and PartnerCenterError; EndpointMissingError when there is no report to group. While the
        service has a transient failure, expired names are returned.
        """
        kept = self._kept.get(caller.key)
        if kept is not None and self._clock() < kept.due:
            return kept.names
        return await self._flights.join(caller.key, lambda: self._refresh(caller, kept))

    async def sold_names(self, caller: Caller) -> NameIndex:
        """Return the names, and the products that only the report of sold licenses has.

        They take a request of their own, which other questions do not need. Raises what `names` raises.
        """
        return await self._sold.names(caller, await self.names(caller))

    def known(self, caller: Caller) -> NameIndex | None:
        """Return the names of this caller that are loaded, None if none are.

        They are not too old, and no request is sent.
        """
        kept = self._kept.get(caller.key)
        return kept.names if kept is not None and self._clock() < kept.due else None

    def saw(self, caller: Caller, processed: date) -> None:
        """Record that figures of day `processed` were answered.

        A newer day than before may bring new names.
        """
        kept = self._kept.get(caller.key)
        if kept is None:
            return
        if kept.seen is not None and processed > kept.seen:
            kept.due = self._clock()
        kept.seen = max(processed, kept.seen or processed)

    def forget(self, caller: Caller) -> None:
        """Drop this caller's names, because they signed out or lost a right.

        A load in progress is not cached.
        """
        self._kept.pop(caller.key, None)
        self._loading.pop(caller.key, None)
        self._flights.forget(caller.key)
        self._sold.forget(caller)

    def expire(self) -> None:
        """Free the names that are too old; an absent caller's would stay in memory."""
        now, kept = self._clock(), self._kept
        # `Cache.__getitem__`, because that of LRUCache would mark every entry as just used.
        for key in [key for key in kept if now >= Cache.__getitem__(kept, key).until]:
            del kept[key]
        self._sold.expire()

    async def _refresh(self, caller: Caller, before: _Kept | None) -> NameIndex:
        key, mine = caller.key, object()
        self._loading[key] = mine
        try:
            names = await self._load(caller)
        except PASSING:
            if before is None or self._clock() >= before.until or self._loading.get(key) is not mine:
                raise
            before.due = self._clock() + self._pause
            return before.names
        except UsageBotError:
            self._kept.pop(key, None)
            raise
        else:
            if self._loading.get(key) is mine:
                self._keep(key, names)
            return names
        finally:
            if self._loading.get(key) is mine:
                del self._loading[key]

    async def _load(self, caller: Caller) -> NameIndex:
        """Run all queries concurrently, then load details of namesakes."""
        answers = await gather_or_first_failure(
            self._partner_center.rows(caller, _query(dimensions)) for dimensions in QUERIES
        )
        details = partial(customer_details, self._partner_center, caller)
        return await self._shared.of(partial(_all_entries, answers), details)

    def _keep(self, key: Key, names: NameIndex) -> None:
        seen = self._kept[key].seen if key in self._kept else None
        now = self._clock()
        self._kept[key] = _Kept(names, now + self._ttl, now + 2 * self._ttl, seen)
        while len(self._kept) > 1 and self._names_kept() > self._most_names:
            self._kept.popitem()

    def _names_kept(self) -> int:
        # `Cache.__getitem__`, because that of LRUCache would mark every entry as just used.
        every = (Cache.__getitem__(self._kept, key).names for key in self._kept)
        return sum(map(len, {id(names): names for names in every}.values()))


def _query(dimensions: tuple[Dimension, ...]) -> UsageQuery:
    fields = [field for dimension in dimensions for field in (dimension.id_field, dimension.name_field)]
    return UsageQuery(groupby=tuple(dict.fromkeys(fields)))


def _all_entries(answers: Iterable[list[UsageRow]]) -> Iterator[Entry]:
    for dimensions, rows in zip(QUERIES, answers, strict=True):
        for dimension in dimensions:
            yield from _entries(dimension, rows)


def _entries(dimension: Dimension, rows: Iterable[UsageRow]) -> Iterator[Entry]:
    """Yield an entry per row with an id: a filter needs the id.

    Without a name, the id is the name. Codes with an invisible character are the codes without it.
    """
    read_id, read_name = attrgetter(dimension.id_attribute), attrgetter(dimension.name_attribute)
    for row in rows:
        if id_ := visible(read_id(row)):
            name = read_name(row)
            yield Entry(dimension, id_, name if name and is_shown(name) else id_)
