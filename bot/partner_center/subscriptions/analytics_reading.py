"""All subscriptions of all customers, from the analytics.

The calls are in `report_request`, the pages in `page_fetcher`.
"""

import asyncio
from collections.abc import Callable
from datetime import date
from functools import partial

from yarl import URL

from bot.domain.subscriptions import Subscription, SubscriptionGaps
from bot.errors import BadRequestError, EndpointMissingError, IncompleteAnswerError
from bot.partner_center.consistent_reading import read_consistently
from bot.partner_center.page_fetcher import PageFetcher, Progress
from bot.partner_center.protocol.answer_page import AnswerPage
from bot.partner_center.protocol.report_url import ReportEndpoint
from bot.partner_center.protocol.subscriptions.analytics_query import analytics_params
from bot.partner_center.protocol.subscriptions.analytics_row import read_analytics_row
from bot.partner_center.protocol.subscriptions.subscription_page import decode_subscriptions
from bot.partner_center.report_presence import ReportPresence
from bot.partner_center.report_request import ReportRequests
from bot.partner_center.row_sinks import missing_rows
from bot.partner_center.subscriptions.subscription_list import SubscriptionList


class AnalyticsReading:
    """Reads the analytics, and remembers what they do not accept.

    If they refuse the filter, and answer without it, they are asked without it from then on.
    """

    def __init__(
        self, endpoint: ReportEndpoint, presence: ReportPresence, pages_at_once: int, today: Callable[[], date]
    ) -> None:
        self._endpoint = endpoint
        self._presence = presence
        self._pages_at_once = pages_at_once
        self._today = today
        self._takes_filter = True

    async def read(self, calls: ReportRequests, tell: Progress) -> tuple[SubscriptionList, SubscriptionGaps]:
        """Return all subscriptions.

        Raises EndpointMissingError if there are no such analytics, IncompleteAnswerError if none of what was
        announced came, and PartnerCenterError.
        """
        self._presence.check()
        try:
            found, reading = await self._accepted(calls, tell)
        except EndpointMissingError as error:
            self._presence.missed(error)
            raise
        self._presence.answered()
        gaps = _gaps(found, reading)
        if not found.items and (gaps.missing or gaps.incomplete):
            raise IncompleteAnswerError("subscriptions were announced, and none came")
        return found, gaps

    async def _accepted(
        self, calls: ReportRequests, tell: Progress
    ) -> tuple[SubscriptionList, PageFetcher[Subscription]]:
        if self._takes_filter:
            try:
                return await self._all_pages(calls, tell, filtered=True)
            except BadRequestError:
                pass
        found = await self._all_pages(calls, tell, filtered=False)
        self._takes_filter = False
        return found

    async def _all_pages(
        self, calls: ReportRequests, tell: Progress, *, filtered: bool
    ) -> tuple[SubscriptionList, PageFetcher[Subscription]]:
        read = partial(read_analytics_row, today=self._today())

        async def decode(body: bytearray, charset: str | None) -> AnswerPage[Subscription]:
            # A page has ten thousand entries. On the event loop they would block all other callers.
            return await asyncio.to_thread(decode_subscriptions, body, charset, read)

        def address(skip: int, top: int | None) -> URL:
            return self._endpoint.subscription_analytics(analytics_params(skip, top, filtered=filtered))

        return await read_consistently(
            lambda url: calls.decoded(url, decode), address, _begin, tell, self._pages_at_once
        )


def _begin(*, again: bool) -> SubscriptionList:
    del again
    return SubscriptionList()


def _gaps(found: SubscriptionList, reading: PageFetcher[Subscription]) -> SubscriptionGaps:
    """Return what is missing.

    A subscription on two pages shifts the others. Without a total it is unknown whether one is lost; with one, as many
    may be missing as came again.
    """
    overlapping = reading.repeated > 0 or (found.repeated > 0 and reading.pages > 1)
    missing = max((reading.total or 0) - reading.rows - reading.repeated, 0)
    perhaps = missing_rows(found, reading, 0) > missing
    return SubscriptionGaps(
        unusable=reading.unusable,
        missing=missing,
        repeated=found.repeated + reading.repeated,
        incomplete=reading.incomplete or perhaps or (reading.total is None and overlapping),
    )
