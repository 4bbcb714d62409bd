"""All pages of a report, read for one request.

The calls are in `report_request`, the pages in `page_fetcher`.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace

from yarl import URL

from bot.domain.licensing import UsageRow
from bot.errors import BadAnswerError, EndpointMissingError
from bot.partner_center.page_fetcher import PageFetcher, Progress
from bot.partner_center.protocol.next_page import FiguresChangedError
from bot.partner_center.protocol.report_url import ReportEndpoint
from bot.partner_center.protocol.superseded_report import select
from bot.partner_center.report_presence import ReportPresence
from bot.partner_center.report_request import ReportRequests
from bot.partner_center.row_sinks import AnySink, Begin, missing_rows
from bot.query.filters.expression import Expression
from bot.query.query_params import params
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.sums.repeated_rows import RowsKeptError
from bot.query.usage_query import UsageQuery

# With more pages than this, the check for rows that are on two of them runs in a thread.
PAGES_CHECKED_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class ReportReading:
    """Reads one of the two reports with the calls of one request."""

    calls: ReportRequests
    endpoint: ReportEndpoint
    presence: ReportPresence
    pages_at_once: int
    tell: Progress

    async def current(self, query: UsageQuery, begin: Begin[AnySink]) -> tuple[AnySink, PageFetcher]:
        """Read the current report.

        Raises EndpointMissingError if it does not exist.
        """
        self.presence.check()
        try:
            found = await self._consistent(query, begin)
        except EndpointMissingError as error:
            self.presence.missed(error)
            raise
        self.presence.answered()
        return found

    async def _consistent(self, query: UsageQuery, begin: Begin[AnySink]) -> tuple[AnySink, PageFetcher]:
        """Read all pages of one state of the figures.

        If the pages contradict each other, or a row comes twice, read once more: new figures may have come between two
        pages. The second time, every row is kept, and what is still missing is counted.
        """

        def address(skip: int, top: int | None) -> URL:
            return self.endpoint.usage(params(replace(query, skip=skip, top=top)))

        for again in (False, True):
            sink = begin(again=again)
            reading = PageFetcher(self.calls.page, sink.steps, self.tell, self.pages_at_once, patient=again)
            try:
                await reading.run(address, query.skip, query.top)
                # Comparing a million rows takes a moment, and on the event loop it would block all other callers.
                await asyncio.to_thread(sink.check) if reading.pages > PAGES_CHECKED_AT_ONCE else sink.check()
            except (FiguresChangedError, RowsKeptError):
                if again:
                    raise
                continue
            if again or not missing_rows(sink, reading, query.skip):
                return sink, reading
        raise AssertionError("the second reading returns or raises")

    async def superseded(self, customer_id: str, wanted: Expression, tally: RowAggregator) -> PageFetcher:
        """Read the older report over one customer, and filter it in the bot."""

        def address(skip: int, top: int | None) -> URL:
            if skip or top:
                raise BadAnswerError("the superseded report has more rows than it sent, and no link to them")
            return self.endpoint.customer_usage(customer_id)

        def take(rows: list[UsageRow]) -> Iterable[None]:
            kept = select(rows, wanted, customer_id)
            tally.removed += len(rows) - len(kept)
            return tally.steps(kept)

        reading = PageFetcher(self.calls.page, take, self.tell, self.pages_at_once)
        await reading.run(address, 0, None)
        return reading
