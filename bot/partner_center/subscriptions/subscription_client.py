"""Subscriptions of customers, requested on behalf of the caller.

For few customers it reads the live list of each, for many the analytics over all. If the analytics do not exist, it
reads the list of each customer that the caller names, as many as the time allows.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import aiohttp
from cachetools import LRUCache

from bot.domain.conversation import Caller
from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, Entry
from bot.domain.subscriptions import Subscription, SubscriptionGaps, SubscriptionSource
from bot.errors import DeadlineError, EndpointMissingError
from bot.partner_center.caller_calls import CallerCalls
from bot.partner_center.client_limits import ClientLimits
from bot.partner_center.listened_flights import ListenedFlights
from bot.partner_center.page_fetcher import Progress
from bot.partner_center.protocol.answer_page import AnswerPage
from bot.partner_center.protocol.report_url import ReportEndpoint
from bot.partner_center.protocol.subscriptions.live_item import read_live_item
from bot.partner_center.protocol.subscriptions.subscription_page import decode_subscriptions
from bot.partner_center.report_presence import ReportPresence
from bot.partner_center.report_request import ReportRequests
from bot.partner_center.subscriptions.analytics_reading import AnalyticsReading
from bot.partner_center.subscriptions.call_budget import CallBudget
from bot.partner_center.subscriptions.customer_walk import UNREAD_LIST, CustomerWalk
from bot.partner_center.subscriptions.fetched_subscriptions import FetchedSubscriptions
from bot.partner_center.subscriptions.looked_up_offers import LOOKED_UP_CUSTOMERS, with_offers, without_offer
from bot.partner_center.subscriptions.subscription_list import SubscriptionList
from bot.partner_center.token_source import TokenSource

# Of at most so many customers the live lists are read: they are newer, and have what was bought.
LIVE_CUSTOMERS = 5
# Tenants of partners whose calls are counted.
_TENANTS = 256

Found = tuple[SubscriptionList, SubscriptionGaps]


class Subscriptions:
    """The client.

    Nothing is kept after an answer. `clock` and `sleep` are for the budget of calls. Every method raises
    NotSignedInError, and PartnerCenterError with the correlation id of the call that failed.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        endpoint: ReportEndpoint,
        tokens: TokenSource,
        *,
        limits: ClientLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._endpoint = endpoint
        self._limits = limits or ClientLimits()
        self._calls = CallerCalls(session, tokens, self._limits)
        self._now = now
        self._new_budget = partial(CallBudget, clock, sleep)
        self._budgets: LRUCache[str, CallBudget] = LRUCache(_TENANTS)
        presence = ReportPresence(self._limits.endpoint_missing, clock)
        self._analytics = AnalyticsReading(endpoint, presence, self._limits.pages_at_once, lambda: now().date())
        self._flights: ListenedFlights[FetchedSubscriptions] = ListenedFlights()

    async def of_customer(
        self, caller: Caller, customer_id: str, progress: Progress | None = None, *, name: str = ""
    ) -> FetchedSubscriptions:
        """Return the live subscriptions of one customer, who is called `name`."""
        return await self._live(caller, (Entry(Dimension.CUSTOMER, customer_id, name),), progress)

    async def of_some(
        self, caller: Caller, customers: Sequence[Entry], progress: Progress | None = None
    ) -> FetchedSubscriptions:
        """Return the subscriptions of these customers.

        They are of the source that suits their number. The progress counts customers, or pages.
        """
        if len(customers) <= LIVE_CUSTOMERS:
            return await self._live(caller, customers, progress)
        found = await self.of_all(caller, progress, customers)
        return found.only(each.id for each in customers)

    async def of_all(
        self, caller: Caller, progress: Progress | None = None, customers: Sequence[Entry] | None = None
    ) -> FetchedSubscriptions:
        """Return the subscriptions of all customers.

        If there are no analytics, those of `customers` are read one by one; then the gaps name who was not read. That
        no customer has a subscription is not believed before the lists of some `customers` were read. Raises
        EndpointMissingError if there are no analytics, and no customers to read.
        """

        async def begin(tell: Progress) -> FetchedSubscriptions:
            async def work(calls: ReportRequests) -> FetchedSubscriptions:
                found = await self._analytics.read(calls, tell)
                return self._fetched(found, SubscriptionSource.ANALYTICS, calls)

            return await self._calls.run(caller, work)

        try:
            found = await self._flights.join((caller.key, "all"), progress, begin)
        except EndpointMissingError:
            if not customers:
                raise
        else:
            if found.items or not customers:
                return found
            try:
                some = await self._live(caller, customers[:LIVE_CUSTOMERS], None)
            except (*UNREAD_LIST, DeadlineError):
                return replace(found, gaps=replace(found.gaps, incomplete=True))
            if not some.items:
                return found
        return await self._live(caller, customers, progress)

    async def with_offers(
        self, caller: Caller, subscriptions: Sequence[Subscription], progress: Progress | None = None
    ) -> tuple[Subscription, ...]:
        """Return the subscriptions with what was bought, as far as it can be looked up.

        The lists of the first customers are read, see `LOOKED_UP_CUSTOMERS`. What a list does not say stays unknown,
        and so does all of it if no list can be read in time. Raises only what another sign-in would mend.
        """
        customers = without_offer(subscriptions)
        if not customers:
            return tuple(subscriptions)
        try:
            live = await self._live(caller, customers, progress)
        except (*UNREAD_LIST, DeadlineError):
            return tuple(subscriptions)
        return with_offers(subscriptions, live.items)

    async def _live(
        self, caller: Caller, customers: Sequence[Entry], progress: Progress | None
    ) -> FetchedSubscriptions:
        asked: dict[str, Entry] = {}
        for each in customers:
            asked.setdefault(folded_id(each.id) or each.id, each)
        walk = partial(self._walk, caller, tuple(asked.values()))
        return await self._flights.join((caller.key, *asked), progress, walk)

    async def _walk(self, caller: Caller, customers: Sequence[Entry], tell: Progress) -> FetchedSubscriptions:
        seconds = self._limits.walk if len(customers) > LOOKED_UP_CUSTOMERS else self._limits.deadline

        async def work(calls: ReportRequests) -> FetchedSubscriptions:
            walk = CustomerWalk(partial(self._list_of, calls), tell)
            found = await walk.run(customers, self._limits.pages_at_once, seconds)
            return self._fetched(found, SubscriptionSource.LIVE, calls)

        # The walk ends by itself, and a little earlier, so that what was read is not lost.
        limits = replace(self._limits, deadline=seconds + 1.0)
        return await self._calls.run(caller, work, limits, self._budget(caller).take)

    async def _list_of(self, calls: ReportRequests, customer: Entry) -> AnswerPage[Subscription]:
        read = partial(read_live_item, customer_id=customer.id, customer=customer.name, today=self._now().date())

        async def decode(body: bytearray, charset: str | None) -> AnswerPage[Subscription]:
            return await asyncio.to_thread(decode_subscriptions, body, charset, read)

        return await calls.decoded(self._endpoint.customer_subscriptions(customer.id), decode)

    def _budget(self, caller: Caller) -> CallBudget:
        return self._budgets.setdefault(caller.key[0], self._new_budget())

    def _fetched(self, found: Found, source: SubscriptionSource, calls: ReportRequests) -> FetchedSubscriptions:
        listed, gaps = found
        return FetchedSubscriptions(listed.items, gaps, source, self._now(), calls.correlation_id)
