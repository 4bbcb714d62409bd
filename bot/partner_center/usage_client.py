"""Partner Center's reports about licenses, requested on behalf of the caller.

It chooses between the current report and the superseded one. Both are read by `report_reading`, HTTP is in
`report_request`, sums are in `query`.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import aiohttp

from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, UsageRow
from bot.domain.report_kind import ReportKind
from bot.errors import (
    AccessDeniedError,
    ClaimsChallengeError,
    EndpointMissingError,
    FactorNotPassedOnError,
    MfaRequiredError,
    PartnerCenterError,
    TokenRefusedError,
)
from bot.partner_center.caller_calls import CallerCalls
from bot.partner_center.client_limits import ClientLimits
from bot.partner_center.customer_list import read_domains
from bot.partner_center.listened_flights import ListenedFlights
from bot.partner_center.page_fetcher import Progress
from bot.partner_center.protocol.report_url import ReportEndpoint
from bot.partner_center.protocol.superseded_report import only_customer, says_nothing
from bot.partner_center.report_presence import ReportPresence
from bot.partner_center.report_reading import ReportReading
from bot.partner_center.report_request import ReportRequests
from bot.partner_center.row_sinks import collected, note_gaps
from bot.partner_center.token_source import TokenSource
from bot.query.filters.expression import Expression, all_of
from bot.query.filters.sent_filter import sent_filter
from bot.query.query_params import params
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.usage_query import UsageQuery

__all__ = ["AccessStatus", "ClientLimits", "FetchedUsage", "PartnerCenter", "Progress", "ReportEndpoint"]

# Seconds. A person who asks for their account is waiting at the screen.
STANDING_SECONDS = 10.0
# What says how Partner Center treats a person.
_REFUSED = (TokenRefusedError, MfaRequiredError, ClaimsChallengeError, FactorNotPassedOnError, AccessDeniedError)


@dataclass(frozen=True, slots=True)
class FetchedUsage:
    """All rows of an answer, summed.

    `superseded` is True if they are from the older report over one customer. `pages` and `rows` count what was read;
    `correlation_id` is that of the last page.
    """

    tally: RowAggregator
    superseded: bool
    pages: int
    rows: int
    correlation_id: str | None


@dataclass(frozen=True, slots=True)
class AccessStatus:
    """Partner Center's verdict on a person's sign-in.

    `second_factor` is the answer's `isMfaCompliant` for the token, None if it is not stated. `refusal` is the reason
    why the report is not shown, None if it is shown.
    """

    second_factor: bool | None
    refusal: PartnerCenterError | None = None


class PartnerCenter:
    """The client.

    `session` is the program's only keep-alive HTTP session; it needs no cookies. Every method raises NotSignedInError,
    and PartnerCenterError with the correlation id of the call that failed.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        endpoint: ReportEndpoint,
        tokens: TokenSource,
        *,
        limits: ClientLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._endpoint = endpoint
        self._limits = limits or ClientLimits()
        self._calls = CallerCalls(session, tokens, self._limits)
        self._today = today
        missing = self._limits.endpoint_missing
        self._presence = {report: ReportPresence(missing, clock) for report in ReportKind}
        self._flights: ListenedFlights[FetchedUsage] = ListenedFlights()

    async def tally(
        self,
        caller: Caller,
        query: UsageQuery,
        by: tuple[Dimension, ...],
        *,
        keep: Expression | None = None,
        progress: Progress | None = None,
    ) -> FetchedUsage:
        """Return the rows of `query`, summed by `by`.

        `keep` is applied to each row; `query.top` is the page size. What makes a filter too long to be sent is applied
        to each row, too. Identical questions of the same caller in flight
        are requested once. If the report does not exist and the query is about one customer and the latest day, the
        superseded report is used.
        """
        sent = sent_filter(query.expression)
        if sent != query.expression:
            keep = all_of(dict.fromkeys(each for each in (query.expression, keep) if each is not None))
            query = replace(query, expression=sent)
        key = (caller.key, query, by, keep)
        return await self._flights.join(key, progress, lambda tell: self._tally(caller, query, by, keep, tell))

    async def rows(self, caller: Caller, query: UsageQuery) -> list[UsageRow]:
        """Return all rows of a query. Meant for grouped queries, which have few rows."""
        sink, _ = await self._calls.run(
            caller, lambda calls: self._report(query.report, calls).current(query, collected)
        )
        return sink.rows

    async def customer_domains(self, caller: Caller, take: Callable[[Mapping[str, str]], bool]) -> None:
        """Read the list of customers page by page.

        `take` is called with the domains of each page, by tenant id in lower case, and returns False to stop.
        """
        await self._calls.run(caller, lambda calls: read_domains(calls.customers, self._endpoint, take))

    async def standing(self, caller: Caller, *, seconds: float = STANDING_SECONDS) -> AccessStatus:
        """Find out how Partner Center treats this caller.

        One row of the report is requested.
        Raises PartnerCenterError when the answer says nothing about the caller, or does not arrive within `seconds`.
        """
        row = self._endpoint.usage(params(UsageQuery(top=1)))

        async def work(calls: ReportRequests) -> AccessStatus:
            try:
                await calls.page(row)
            except _REFUSED as error:
                return AccessStatus(calls.second_factor, error)
            return AccessStatus(calls.second_factor)

        return await self._calls.run(caller, work, replace(self._limits, deadline=min(seconds, self._limits.deadline)))

    async def _tally(
        self, caller: Caller, query: UsageQuery, by: tuple[Dimension, ...], keep: Expression | None, tell: Progress
    ) -> FetchedUsage:
        def begin(*, again: bool) -> RowAggregator:
            today = self._today()
            return RowAggregator(by, keep, wanted=query.processed, today=today, every_row=again, trials=query.trials)

        async def work(calls: ReportRequests) -> FetchedUsage:
            report = self._report(query.report, calls, tell)
            try:
                tally, reading = await report.current(query, begin)
            except EndpointMissingError:
                customer_id = only_customer(query)
                wanted = all_of(part for part in (query.expression, keep) if part is not None)
                if customer_id is None or wanted is None:
                    raise
                tally = RowAggregator(by, today=self._today(), every_row=True, trials=query.trials)
                reading = await report.superseded(customer_id, wanted, tally)
                note_gaps(tally, reading, 0)
                tally.incomplete = tally.incomplete or says_nothing(query.report, reading.rows)
                return FetchedUsage(tally, True, reading.pages, reading.rows, calls.correlation_id)
            note_gaps(tally, reading, query.skip)
            return FetchedUsage(tally, False, reading.pages, reading.rows, calls.correlation_id)

        return await self._calls.run(caller, work)

    def _report(self, report: ReportKind, calls: ReportRequests, tell: Progress | None = None) -> ReportReading:
        """Return what reads this report with these calls."""
        presence, at_once = self._presence[report], self._limits.pages_at_once
        return ReportReading(report, calls, self._endpoint, presence, at_once, tell or _ignore_progress)


def _ignore_progress(_done: int, _every: int | None) -> None:
    """Ignore the progress."""
