"""What comes after a page. Pure.

Where rows are left, the answer has a next link; `top` and `skip` ask for a stretch of rows:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
How the next link looks is not documented, nor what `TotalCount` counts where there are several pages. So neither is
believed where they contradict each other: no row is lost or told twice in silence, a contradiction is an error.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from yarl import URL

from bot.errors import BadAnswerError
from bot.partner_center.protocol.report_page import ReportPage
from bot.partner_center.protocol.report_url import following


class FiguresChangedError(BadAnswerError):
    """The pages are not pages of one answer: new figures came in between. Reading all of them again helps."""


@dataclass(frozen=True, slots=True)
class Done:
    """There is no further page."""


@dataclass(frozen=True, slots=True)
class Follow:
    """The next page is there."""

    url: URL


@dataclass(frozen=True, slots=True)
class PageRanges:
    """The further rows, `size` at a time from row `start` on, until there are `total`."""

    start: int
    size: int
    total: int

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """(skip, top) of every further page; made as they are asked for, as `total` is any number."""
        for skip in range(self.start, self.total, self.size):
            yield skip, min(self.size, self.total - skip)

    @property
    def pages(self) -> int:
        """How many pages there are in all, the first one counted."""
        return 1 - (self.start - self.total) // self.size


def after_first(page: ReportPage, url: URL, skipped: int) -> Done | Follow | PageRanges:
    """What comes after the first page, which was asked for at `url` with `skip` as given.

    `PageRanges` where the total is known and not reached. A next link beside a total that is reached is followed, for
    the total may count the page only; but not where it leads to the page itself. Raises BadAnswerError.
    """
    link = following(url, page.next_link) if page.next_link else None
    got = skipped + len(page.rows)
    if page.total is not None and page.total > got:
        if not page.rows:
            raise FiguresChangedError(f"a page without rows, where {page.total} were announced")
        return PageRanges(got, len(page.rows), page.total)
    if link is None or (page.total is not None and link == url):
        return Done()
    return Follow(link)


def check_stretch(page: ReportPage, url: URL, asked: int, total: int) -> URL | None:
    """Where a further page links to, if elsewhere than to itself. Behind the last row there must be no more.

    Raises BadAnswerError where the page contradicts the first one: another total, no rows, or too many.

    Fewer rows than asked for are no contradiction: the rest of the stretch is asked for with what is missing.
    """
    link = following(url, page.next_link) if page.next_link else None
    if page.total not in {None, total}:
        raise FiguresChangedError(f"{total} rows were announced, then {page.total}")
    if not page.rows:
        raise FiguresChangedError(f"{total} rows were announced, but a page before the last has none")
    if len(page.rows) > asked:
        raise BadAnswerError(f"{asked} rows were asked for, {len(page.rows)} came: skip or top is not heeded")
    return link if link != url else None
