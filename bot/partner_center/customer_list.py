"""Read the list of customers page by page. Independent of HTTP."""

from collections.abc import Awaitable, Callable, Mapping

from yarl import URL

from bot.partner_center.protocol.customer_page import PAGE_SIZE, CustomerPage
from bot.partner_center.protocol.report_url import ReportEndpoint

Fetch = Callable[[URL, str | None], Awaitable[CustomerPage]]


async def read_domains(fetch: Fetch, endpoint: ReportEndpoint, take: Callable[[Mapping[str, str]], bool]) -> None:
    """Call `take` with the domains of each page until it returns False.

    A continuation token that comes again ends the reading too: it would be read without end.
    """
    continuation: str | None = None
    seen: set[str | None] = set()
    while continuation not in seen:
        seen.add(continuation)
        page = await fetch(endpoint.customers(following=continuation is not None, size=PAGE_SIZE), continuation)
        if not take(page.domains) or page.continuation is None:
            return
        continuation = page.continuation
