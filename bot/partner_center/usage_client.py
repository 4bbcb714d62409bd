"""Partner Center's license usage, asked for as the person who asks.

Knows the two reports and which one answers; HTTP is `call`'s affair, pages are `reading`'s, sums are `query`'s.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

import aiohttp
from yarl import URL

from bot.concurrency.single_flight import SingleFlight
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, UsageRow
from bot.errors import (
    AccessDeniedError,
    BadAnswerError,
    DeadlineError,
    EndpointMissingError,
    MfaRequiredError,
    PartnerCenterError,
    TokenRefusedError,
)
from bot.partner_center.client_limits import ClientLimits
from bot.partner_center.page_fetcher import PageFetcher, Progress
from bot.partner_center.protocol.next_page import FiguresChangedError
from bot.partner_center.protocol.report_url import ReportEndpoint
from bot.partner_center.protocol.superseded_report import only_customer, select
from bot.partner_center.report_request import ReportRequests
from bot.partner_center.request_token import RequestToken
from bot.partner_center.token_source import TokenSource
from bot.query.filters.expression import Expression, all_of
from bot.query.query_params import params
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.usage_query import UsageQuery

__all__ = ["AccessStatus", "ClientLimits", "FetchedUsage", "PartnerCenter", "Progress", "ReportEndpoint"]

# Somebody who asks who they are is looking at the screen.
STANDING_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class FetchedUsage:
    """All rows of an answer, summed. `superseded`: they are from the older report over one customer.

    `pages` and `rows` were read for it; `correlation_id` is the last page's.
    """

    tally: RowAggregator
    superseded: bool
    pages: int
    rows: int
    correlation_id: str | None


@dataclass(frozen=True, slots=True)
class AccessStatus:
    """What Partner Center makes of a person's sign-in.

    `second_factor` is what it says of the token (`isMfaCompliant`), None where it does not say. `refusal` is its
    reason not to show the report; None where it does show it.
    """

    second_factor: bool | None
    refusal: PartnerCenterError | None = None


class Sink(Protocol):
    """Where rows go."""

    def add(self, rows: list[UsageRow], /) -> None:
        """Take a page's rows."""

    @property
    def several_days(self) -> bool:
        """Whether rows of an older day were left out."""


Result = TypeVar("Result")
AnySink = TypeVar("AnySink", bound=Sink)


class PartnerCenter:
    """The client. `session` is the one keep-alive session of the program; cookies are of no use to it.

    Every method raises NotSignedInError, and PartnerCenterError with the correlation id of the call that failed.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        endpoint: ReportEndpoint,
        tokens: TokenSource,
        *,
        limits: ClientLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._endpoint = endpoint
        self._tokens = tokens
        self._limits = limits or ClientLimits()
        self._clock = clock
        self._missing_until: float | None = None
        self._exists = False
        self._flights: SingleFlight[FetchedUsage] = SingleFlight()
        self._listeners: dict[object, list[Progress]] = {}

    async def tally(
        self,
        caller: Caller,
        query: UsageQuery,
        by: tuple[Dimension, ...],
        *,
        keep: Expression | None = None,
        progress: Progress | None = None,
    ) -> FetchedUsage:
        """The rows of `query`, summed `by`; `keep` is asked of each row again. `query.top` is the size of a page.

        The same person's same questions in flight are asked once. Where the report does not exist and the query is
        about one customer and the latest day, the superseded report answers.
        """
        key = (caller.key, query, by, keep)
        listeners = self._listeners.setdefault(key, [])
        if progress is not None:
            listeners.append(progress)

        def tell(done: int, every: int | None) -> None:
            for listener in tuple(listeners):
                listener(done, every)

        try:
            return await self._flights.join(key, lambda: self._tally(caller, query, by, keep, tell))
        finally:
            if progress is not None:
                listeners.remove(progress)
            if not listeners and self._listeners.get(key) is listeners:
                del self._listeners[key]

    async def rows(self, caller: Caller, query: UsageQuery) -> list[UsageRow]:
        """All rows of a query: for grouped ones, which have few."""
        sink, _ = await self._ask(caller, lambda calls: self._current(calls, query, _Rows, _nobody))
        return sink.rows

    async def standing(self, caller: Caller, *, seconds: float = STANDING_SECONDS) -> AccessStatus:
        """How this person stands with the report, found out with one row of it.

        Raises PartnerCenterError where the answer says nothing about the person, or does not come within `seconds`.
        """
        row = self._endpoint.usage(params(UsageQuery(top=1)))

        async def work(calls: ReportRequests) -> AccessStatus:
            try:
                await calls.page(row)
            except (TokenRefusedError, MfaRequiredError, AccessDeniedError) as error:
                return AccessStatus(calls.second_factor, error)
            return AccessStatus(calls.second_factor)

        return await self._ask(caller, work, replace(self._limits, deadline=min(seconds, self._limits.deadline)))

    async def _tally(
        self, caller: Caller, query: UsageQuery, by: tuple[Dimension, ...], keep: Expression | None, tell: Progress
    ) -> FetchedUsage:
        def begin() -> RowAggregator:
            return RowAggregator(by, keep, wanted=query.processed)

        async def work(calls: ReportRequests) -> FetchedUsage:
            try:
                tally, reading = await self._current(calls, query, begin, tell)
            except EndpointMissingError:
                customer_id = only_customer(query)
                wanted = all_of(part for part in (query.expression, keep) if part is not None)
                if customer_id is None or wanted is None:
                    raise
                tally = RowAggregator(by)
                reading = await self._superseded(calls, customer_id, wanted, tally, tell)
                return FetchedUsage(tally, True, reading.pages, reading.rows, calls.correlation_id)
            return FetchedUsage(tally, False, reading.pages, reading.rows, calls.correlation_id)

        return await self._ask(caller, work)

    async def _current(
        self, calls: ReportRequests, query: UsageQuery, begin: Callable[[], AnySink], tell: Progress
    ) -> tuple[AnySink, PageFetcher]:
        """The report of today. That it does not exist is remembered for a while: not every question costs two calls.

        Not where it answered before: a gateway's passing 404 to one person may not cost everybody their answers.
        """
        if self._missing_until is not None and self._clock() < self._missing_until:
            raise EndpointMissingError("the report did not exist a moment ago; not asked again yet")
        try:
            found = await self._consistent(calls, query, begin, tell)
        except EndpointMissingError:
            if not self._exists:
                self._missing_until = self._clock() + self._limits.endpoint_missing
            raise
        self._exists, self._missing_until = True, None
        return found

    async def _consistent(
        self, calls: ReportRequests, query: UsageQuery, begin: Callable[[], AnySink], tell: Progress
    ) -> tuple[AnySink, PageFetcher]:
        """All pages of one state of the figures: where new ones came in between two pages, they are read once more."""

        def address(skip: int, top: int | None) -> URL:
            return self._endpoint.usage(params(replace(query, skip=skip, top=top)))

        for first in (True, False):
            sink = begin()
            reading = PageFetcher(calls.page, sink.add, tell, self._limits.pages_at_once)
            try:
                await reading.run(address, query.skip, query.top)
            except FiguresChangedError:
                if first:
                    continue
                raise
            # Two days of one service are new figures, or what the API makes of its parameters: the second time tells.
            if first and sink.several_days and reading.pages > 1:
                continue
            return sink, reading
        raise AssertionError("the second reading returns or raises")

    async def _superseded(
        self, calls: ReportRequests, customer_id: str, wanted: Expression, tally: RowAggregator, tell: Progress
    ) -> PageFetcher:
        """The older report over one customer, filtered here."""

        def address(skip: int, top: int | None) -> URL:
            if skip or top:
                raise BadAnswerError("the superseded report has more rows than it sent, and no link to them")
            return self._endpoint.customer_usage(customer_id)

        def take(rows: list[UsageRow]) -> None:
            kept = select(rows, wanted, customer_id)
            tally.add(kept)
            tally.removed += len(rows) - len(kept)

        reading = PageFetcher(calls.page, take, tell, self._limits.pages_at_once)
        await reading.run(address, 0, None)
        return reading

    async def _ask(
        self, caller: Caller, work: Callable[[ReportRequests], Awaitable[Result]], limits: ClientLimits | None = None
    ) -> Result:
        """Do `work` as the caller within the deadline."""
        limits = limits or self._limits
        deadline = asyncio.get_running_loop().time() + limits.deadline
        calls = ReportRequests(self._session, RequestToken(self._tokens, caller), limits, deadline)
        try:
            async with asyncio.timeout_at(deadline):
                return await work(calls)
        except TimeoutError:
            problem = f"no complete answer within {limits.deadline:g} seconds"
            raise DeadlineError(problem, correlation_id=calls.correlation_id) from None
        except PartnerCenterError as error:
            error.correlation_id = error.correlation_id or calls.correlation_id
            raise


class _Rows:
    """Keeps the rows themselves."""

    several_days = False

    def __init__(self) -> None:
        self.rows: list[UsageRow] = []

    def add(self, rows: list[UsageRow], /) -> None:
        self.rows += rows


def _nobody(_done: int, _every: int | None) -> None:
    """Nobody watches the progress of this."""
