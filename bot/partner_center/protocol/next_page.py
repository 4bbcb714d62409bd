"""Decide what to fetch after a page. Pure.

If there are more rows, the answer has a next link; `top` and `skip` request a range of rows:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
Neither the form of the next link is documented, nor what `TotalCount` counts if there are several pages. If the two
contradict each other, neither is trusted, and an error is raised: no row may be lost or counted twice unnoticed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from yarl import URL

from bot.errors import BadAnswerError
from bot.partner_center.protocol.report_page import ReportPage
from bot.partner_center.protocol.report_url import following


class FiguresChangedError(BadAnswerError):
    """The pages are not of one answer: the figures changed between them.

    Reading all pages again helps.
    """


@dataclass(frozen=True, slots=True)
class Done:
    """There are no more pages."""


@dataclass(frozen=True, slots=True)
class Follow:
    """The next page is at `url`."""

    url: URL


@dataclass(frozen=True, slots=True)
class PageRanges:
    """The remaining rows: `size` rows per page, from row `start` to row `total`."""

    start: int
    size: int
    total: int

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Yield (skip, top) of each remaining page.

        Lazy, because `total` may be any number.
        """
        for skip in range(self.start, self.total, self.size):
            yield skip, min(self.size, self.total - skip)

    @property
    def pages(self) -> int:
        """Return the number of pages in all, including the first."""
        return 1 - (self.start - self.total) // self.size


def after_first(page: ReportPage, url: URL, skipped: int) -> Done | Follow | PageRanges:
    """Return what to fetch after the first page.

    The first page was fetched from `url` with `skip` = `skipped`. The result is `PageRanges` if the total is known and
    not reached. If the total is reached and there is a next link, the link is followed, because the total may count
    only this page; a link to the page itself is not followed. Raises BadAnswerError when the pages contradict each
    other.
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
    """Check a further page, and return its next link unless it links to itself.

    A page after the last row must have no rows. Fewer rows than requested are accepted: the caller requests the rest of
    the range.

    Raises BadAnswerError when the page contradicts the first one: another total, no rows, or too many.
    """
    link = following(url, page.next_link) if page.next_link else None
    if page.total not in {None, total}:
        raise FiguresChangedError(f"{total} rows were announced, then {page.total}")
    if not page.rows:
        raise FiguresChangedError(f"{total} rows were announced, but a page before the last has none")
    if len(page.rows) > asked:
        raise BadAnswerError(f"{asked} rows were asked for, {len(page.rows)} came: skip or top is not heeded")
    return link if link != url else None
