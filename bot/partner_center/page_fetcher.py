"""Fetch all pages of one answer and pass each on as it arrives.

Independent of HTTP, tokens and sums.
"""

from collections.abc import Awaitable, Callable, Iterator

from yarl import URL

from bot.concurrency.first_failure import gather_or_first_failure
from bot.domain.licensing import UsageRow
from bot.errors import BadAnswerError
from bot.partner_center.protocol.next_page import FiguresChangedError, Follow, PageRanges, after_first, check_stretch
from bot.partner_center.protocol.report_page import ReportPage
from bot.partner_center.protocol.report_url import following

Progress = Callable[[int, int | None], None]  # (pages fetched, pages in all or None)

# With full pages this is a hundred million rows. More next links than this are an endless chain, not an answer.
PAGES_LIMIT = 10_000


class PageFetcher:
    """Fetches the pages of one query.

    Concurrently if the number of rows is known, else one after the other. `take` is called with each page's rows in the
    order of arrival. They are not kept afterwards: at most `at_once` pages are in memory.
    """

    def __init__(
        self,
        fetch: Callable[[URL], Awaitable[ReportPage]],
        take: Callable[[list[UsageRow]], None],
        progress: Progress,
        at_once: int,
    ) -> None:
        self._fetch = fetch
        self._take = take
        self._progress = progress
        self._at_once = at_once
        self.pages = 0
        self.rows = 0

    async def run(self, address: Callable[[int, int | None], URL], skip: int, top: int | None) -> None:
        """Fetch all pages from row `skip` on.

        `address(skip, top)` returns the URL of a range of rows. Raises BadAnswerError when the pages contradict each
        other (FiguresChangedError is one case), and what `fetch` and `take` raise.
        """
        url = address(skip, top)
        page = await self._fetch(url)
        rest = after_first(page, url, skip)
        self._count(page, rest.pages if isinstance(rest, PageRanges) else None)
        if isinstance(rest, PageRanges):
            await self._side_by_side(rest, address)
        elif isinstance(rest, Follow):
            await self._one_by_one(rest.url, {url})

    def _count(self, page: ReportPage, pages: int | None) -> None:
        self._take(page.rows)
        self.rows += len(page.rows)
        self.pages += 1
        self._progress(self.pages, max(pages, self.pages) if pages else None)

    async def _side_by_side(self, rest: PageRanges, address: Callable[[int, int | None], URL]) -> None:
        stretches = iter(rest)  # shared: each worker takes the next unclaimed range
        workers = min(self._at_once, rest.pages - 1)
        ends = await gather_or_first_failure(self._work(stretches, rest, address) for _ in range(workers))
        for end in filter(None, ends):
            if (await self._fetch(end)).rows:
                raise FiguresChangedError(f"{rest.total} rows were announced, and a link behind them leads to more")

    async def _work(
        self, stretches: Iterator[tuple[int, int]], rest: PageRanges, address: Callable[[int, int | None], URL]
    ) -> URL | None:
        """Return the link after the last row.

        None without it, or if another worker read the row.
        """
        end = None
        for start, size in stretches:
            skip, missing = start, size
            while missing:
                url = address(skip, missing)
                page = await self._fetch(url)
                link = check_stretch(page, url, missing, rest.total)
                skip, missing = skip + len(page.rows), missing - len(page.rows)
                self._count(page, rest.pages)
                del page  # its rows are summed: free the memory before waiting for the next page
                end = link if skip == rest.total else end
        return end

    async def _one_by_one(self, url: URL, seen: set[URL]) -> None:
        while True:
            if url in seen:
                raise BadAnswerError("the link to the next page leads to a page that was read already")
            if len(seen) >= PAGES_LIMIT:
                raise BadAnswerError(f"the answer has more than {PAGES_LIMIT} pages")
            seen.add(url)
            page = await self._fetch(url)
            self._count(page, None)
            if not page.next_link:
                return
            url = following(url, page.next_link)
