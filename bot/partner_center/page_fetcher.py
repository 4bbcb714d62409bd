"""Fetch all pages of one answer and pass each on as it arrives.

Independent of HTTP, tokens and sums.
"""

import asyncio
from collections.abc import Awaitable, Callable, Container, Iterable, Iterator
from typing import Any, Generic

from yarl import URL

from bot.concurrency.first_failure import gather_or_first_failure
from bot.errors import BadAnswerError, BadRequestError, EndpointMissingError, IncompleteAnswerError
from bot.partner_center.protocol.answer_page import AnswerPage, Row
from bot.partner_center.protocol.next_page import (
    Done,
    FiguresChangedError,
    Follow,
    PageRanges,
    SkipOn,
    after,
    after_first,
    believed_total,
    check_stretch,
    followable,
)
from bot.partner_center.protocol.report_url import page_asked

Progress = Callable[[int, int | None], None]  # (pages fetched, or `Customers`; all of them, or None)
Address = Callable[[int, int | None], URL]  # (skip, top) -> the URL of a range of rows

# With full pages this is a hundred million rows. More next links than this are an endless chain, not an answer.
PAGES_LIMIT = 10_000
# Pages without rows, one after the other. Some services end with one; a longer chain of them has no end. A page that
# was read already counts as half of them.
IDLE_LIMIT = 20

# The page is not there, or not at this address. Other errors say something about the service or the caller.
_UNAVAILABLE = (BadRequestError, EndpointMissingError, BadAnswerError)


class PageFetcher(Generic[Row]):
    """Fetches the pages of one query.

    Concurrently if the number of rows is known, else one after the other. `take` is called with each page's rows in the
    order of arrival, and does its work in steps, between which other callers get their turn. The rows are not kept
    afterwards: at most `at_once` pages are in memory.

    `patient` is for the second reading, after the pages of the first contradicted each other: links are preferred to
    `skip`, and rows that do not come are left to the caller, who compares `rows` with `total`. `incomplete` is True if
    there may be more rows, and it is unknown how many.
    """

    def __init__(
        self,
        fetch: Callable[[URL], Awaitable[AnswerPage[Row]]],
        take: Callable[[list[Row]], Iterable[None]],
        progress: Progress,
        at_once: int,
        *,
        patient: bool = False,
    ) -> None:
        self._fetch = fetch
        self._take = take
        self._progress = progress
        self._at_once = at_once
        self._patient = patient
        self._prints: set[int] = set()
        self._ended = False
        self._at_root = False  # the last link was relative to the root of the API
        self._by_skip: bool | None = None  # whether links lead back, None as long as none did
        self._again: list[AnswerPage[Row]] = []  # repeated pages after which no other page has come yet
        self.pages = 0
        self.rows = 0  # as many as the service sent, unusable ones included
        self.repeated = 0  # rows of pages that came again, not in `rows`
        self.unusable = 0
        self.total: int | None = None
        self.incomplete = False
        self.reported_error = False  # an error was beside the rows of a page

    async def run(self, address: Address, skip: int, top: int | None) -> None:
        """Fetch all pages from row `skip` on.

        Raises FiguresChangedError when the pages contradict each other, IncompleteAnswerError when a page that must
        exist is not there, and what `address`, `fetch` and `take` raise.
        """
        url = address(skip, top)
        page = await self._fetch(url)
        self.total = believed_total(page)
        rest = self._rest(page, url, skip, top)
        await self._count(page, rest.pages if isinstance(rest, PageRanges) else None)
        if isinstance(rest, PageRanges):
            await self._side_by_side(rest, address, skip, top)
        else:
            await self._one_by_one(rest, url, address, skip, top)

    def _rest(self, page: AnswerPage[Row], url: URL, skip: int, top: int | None) -> Done | Follow | SkipOn | PageRanges:
        if not self._patient:
            return after_first(page, url, skip, top)
        if not page.count or (page.next_link and followable(url, page.next_link)):
            return after(page, url, skip + page.count, self.total, top)
        return after_first(page, url, skip, top)

    async def _count(self, page: AnswerPage[Row], pages: int | None) -> None:
        for _ in self._take(page.rows):
            await asyncio.sleep(0)
        self.rows += page.count
        self.unusable += page.unusable
        self.incomplete = self.incomplete or page.error
        self.reported_error = self.reported_error or page.error
        self.pages += 1
        if pages is None or self._patient:  # else no page is read that could be one of these
            self._prints.add(_fingerprint(page))
        self._progress(self.pages, max(pages, self.pages) if pages else None)

    async def _side_by_side(self, rest: PageRanges, address: Address, first: int, top: int | None) -> None:
        stretches = iter(rest)  # shared: each worker takes the next unclaimed range
        workers = min(self._at_once, rest.pages - 1)
        ends = await gather_or_first_failure(self._work(stretches, rest, address) for _ in range(workers))
        for end in filter(None, ends):
            found = await self._linked(end)
            if found is None or not found[1].count:
                continue
            if not self._patient:
                raise FiguresChangedError(f"{rest.total} rows were announced, and a link behind them leads to more")
            await self._one_by_one(end, end.url.with_fragment("before"), address, first, top)

    async def _work(self, stretches: Iterator[tuple[int, int]], rest: PageRanges, address: Address) -> Follow | None:
        """Return the link after the last row.

        None without it, or if another worker read the row.
        """
        end = None
        for start, size in stretches:
            skip, missing = start, size
            while missing and not self._ended:
                url = address(skip, missing)
                page = await self._stretch(url)
                if self._patient and not page.count:
                    self._ended = True  # what the service announced does not come
                    break
                link = check_stretch(page, url, missing, rest.total)
                skip, missing = skip + page.count, missing - page.count
                await self._count(page, rest.pages)
                del page  # its rows are summed: free the memory before waiting for the next page
                end = link if skip == rest.total else end
            if self._ended:
                return None
        return end

    async def _stretch(self, url: URL) -> AnswerPage[Row]:
        try:
            return await self._fetch(url)
        except _UNAVAILABLE as error:
            kind = IncompleteAnswerError if self._patient else FiguresChangedError
            raise _as(kind, error) from error

    async def _one_by_one(
        self, step: Done | Follow | SkipOn, url: URL, address: Address, first: int, top: int | None
    ) -> None:
        visited, idle, empty = {page_asked(url)}, 0, False  # `empty`: `skip` found no row after those read so far
        while not isinstance(step, Done):
            if len(visited) >= PAGES_LIMIT or idle >= IDLE_LIMIT:
                self.incomplete = True
                break
            if isinstance(step, Follow):
                found = await self._linked(step, visited)
                if found is None:
                    step = SkipOn(announced=True)
                    continue
            else:
                found = None if empty else await self._skipped(step, address, first, top)
                if found is None:
                    break
            url, page = found
            visited.add(page_asked(url))
            empty = isinstance(step, SkipOn) and not page.count
            if self._leads_back(step, page):
                step = SkipOn(announced=False)
                continue
            if self._repeats(page):
                self._by_skip = False
                self._again.append(page)
                idle += IDLE_LIMIT // 2
                self.incomplete = self.incomplete or (idle >= IDLE_LIMIT and self.total is None)
                if idle >= IDLE_LIMIT:
                    break
            else:
                idle = 0 if page.rows else idle + 1
                # After a link, an error that says "no data" is no page without rows.
                self.incomplete = self.incomplete or page.no_data
                self._accept_repeated()
                await self._count(page, None)
            step = self._onward(page, url, first, top)
        if idle < IDLE_LIMIT:
            self._accept_repeated()

    def _onward(self, page: AnswerPage[Row], url: URL, first: int, top: int | None) -> Done | Follow | SkipOn:
        step = after(page, url, self._position(first), self.total, top)
        return SkipOn(announced=False) if self._by_skip and isinstance(step, Follow) else step

    def _position(self, first: int) -> int:
        """Return the number of the row after those read so far."""
        return first + self.rows + self.repeated + sum(page.count for page in self._again)

    def _accept_repeated(self) -> None:
        """Count the rows of repeated pages: another page followed, so it was an overlap."""
        for page in self._again:
            self.repeated += len(page.rows)
            self.rows += page.unusable
            self.unusable += page.unusable
        self._again.clear()

    async def _linked(self, link: Follow, visited: Container[object] = ()) -> tuple[URL, AnswerPage[Row]] | None:
        """Return the page that a link leads to, and its URL; None if it cannot be had there.

        A 404 says that the link is wrong, not that the report is missing.
        """
        targets = [each for each in (link.url, link.otherwise) if each is not None]
        for url in reversed(targets) if self._at_root else targets:
            if page_asked(url) in visited:
                continue
            try:
                page = await self._fetch(url)
            except _UNAVAILABLE:
                continue
            self._at_root = url == link.otherwise
            return url, page
        return None

    async def _skipped(
        self, step: SkipOn, address: Address, first: int, top: int | None
    ) -> tuple[URL, AnswerPage[Row]] | None:
        """Return the page after the rows read so far, and its URL; None if there is none.

        Raises IncompleteAnswerError when it was announced and cannot be had.
        """
        if not self.rows:  # it would be the first page again
            self.incomplete = self.incomplete or step.announced
            return None
        try:
            url = address(self._position(first), top)
            return url, await self._fetch(url)
        except _UNAVAILABLE as error:
            if step.announced:
                raise _as(IncompleteAnswerError, error) from error
            self.incomplete = True
            return None

    def _leads_back(self, step: Follow | SkipOn, page: AnswerPage[Row]) -> bool:
        """Return True if a link led to a page that was read already, for the first time, and the end is unknown.

        Links lead back then, and `skip` leads on; or the pages overlap, and `skip` finds the page again.
        """
        if self._by_skip is not None or self.total is not None or isinstance(step, SkipOn) or not self._repeats(page):
            return False
        self._by_skip = True
        return True

    def _repeats(self, page: AnswerPage[Row]) -> bool:
        """Return True if a page with these rows was read already.

        It is not passed on. Either the pages overlap, or the service does not heed what it is asked.
        """
        return bool(page.rows) and _fingerprint(page) in self._prints


def _fingerprint(page: AnswerPage[Any]) -> int:
    """Return a hash of every row (3 ms for 10,000): pages may differ in a single one."""
    return hash((page.count, *page.rows))


def _as(kind: type[BadAnswerError], error: BadRequestError | EndpointMissingError | BadAnswerError) -> BadAnswerError:
    """Return the error of a further page as one of the whole answer."""
    problem = f"a further page is not there: {error.problem}"
    return kind(problem, status=error.status, code=error.code, correlation_id=error.correlation_id)
