"""All pages of one state of an answer, whatever its rows are.

The calls are in `report_request`, the pages in `page_fetcher`.
"""

import asyncio
from collections.abc import Awaitable, Callable

from yarl import URL

from bot.partner_center.page_fetcher import Address, PageFetcher, Progress
from bot.partner_center.protocol.answer_page import AnswerPage, Row
from bot.partner_center.protocol.next_page import FiguresChangedError
from bot.partner_center.row_sinks import AnySink, Begin, missing_rows
from bot.query.sums.repeated_rows import RowsKeptError

# With more pages than this, the check for rows that are on two of them runs in a thread.
PAGES_CHECKED_AT_ONCE = 5


async def read_consistently(
    fetch: Callable[[URL], Awaitable[AnswerPage[Row]]],
    address: Address,
    begin: Begin[AnySink],
    tell: Progress,
    pages_at_once: int,
    *,
    skip: int = 0,
    top: int | None = None,
) -> tuple[AnySink, PageFetcher[Row]]:
    """Read all pages from row `skip` on.

    If the pages contradict each other, or a row comes twice, read once more: new figures may have come between two
    pages. The second time, every row is kept, and what is still missing is counted.
    """
    for again in (False, True):
        sink = begin(again=again)
        reading = PageFetcher(fetch, sink.steps, tell, pages_at_once, patient=again)
        try:
            await reading.run(address, skip, top)
            # Comparing a million rows takes a moment, and on the event loop it would block all other callers.
            await asyncio.to_thread(sink.check) if reading.pages > PAGES_CHECKED_AT_ONCE else sink.check()
        except (FiguresChangedError, RowsKeptError):
            if again:
                raise
            continue
        if again or not missing_rows(sink, reading, skip):
            return sink, reading
    raise AssertionError("the second reading returns or raises")
