"""All pages of a report, read for one request.

The calls are in `report_request`, the pages in `page_fetcher`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from yarl import URL

from bot.domain.licensing import UsageRow
from bot.domain.report_kind import ReportKind
from bot.errors import BadAnswerError, EndpointMissingError
from bot.partner_center.consistent_reading import read_consistently
from bot.partner_center.page_fetcher import PageFetcher, Progress
from bot.partner_center.protocol.report_page import ReportPage
from bot.partner_center.protocol.report_url import ReportEndpoint
from bot.partner_center.protocol.superseded_report import select
from bot.partner_center.report_presence import ReportPresence
from bot.partner_center.report_request import ReportRequests
from bot.partner_center.row_sinks import AnySink, Begin
from bot.query.filters.expression import Expression
from bot.query.query_params import params
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.usage_query import UsageQuery


@dataclass(frozen=True, slots=True)
class ReportReading:
    """Reads a report with the calls of one request.

    Either the current one, or the one that it supersedes.
    """

    report: ReportKind
    calls: ReportRequests
    endpoint: ReportEndpoint
    presence: ReportPresence
    pages_at_once: int
    tell: Progress

    async def _page(self, url: URL) -> ReportPage:
        return await self.calls.page(url, self.report)

    async def current(self, query: UsageQuery, begin: Begin[AnySink]) -> tuple[AnySink, PageFetcher[UsageRow]]:
        """Read the current report.

        Raises EndpointMissingError if it does not exist.
        """

        def address(skip: int, top: int | None) -> URL:
            return self.endpoint.report(self.report, params(replace(query, skip=skip, top=top)))

        self.presence.check()
        try:
            found = await read_consistently(
                self._page, address, begin, self.tell, self.pages_at_once, skip=query.skip, top=query.top
            )
        except EndpointMissingError as error:
            self.presence.missed(error)
            raise
        self.presence.answered()
        return found

    async def superseded(self, customer_id: str, wanted: Expression, tally: RowAggregator) -> PageFetcher[UsageRow]:
        """Read the older report over one customer, and filter it in the bot."""

        def address(skip: int, top: int | None) -> URL:
            if skip or top:
                raise BadAnswerError("the superseded report has more rows than it sent, and no link to them")
            return self.endpoint.customer_report(self.report, customer_id)

        def take(rows: list[UsageRow]) -> Iterable[None]:
            kept = select(rows, wanted, customer_id)
            tally.removed += len(rows) - len(kept)
            return tally.steps(kept)

        reading = PageFetcher(self._page, take, self.tell, self.pages_at_once)
        await reading.run(address, 0, None)
        return reading
