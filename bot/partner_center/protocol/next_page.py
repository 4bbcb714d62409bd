"""Decide what to fetch after a page. Pure.

If there are more rows, the answer has a next link; `top` and `skip` request a range of rows:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
Neither the form of the next link is documented, nor what `TotalCount` counts if there are several pages. A relative
link is tried against the request, then against the root of the API. A link that cannot be followed is replaced by
`skip` on our own host. No row may be lost or counted twice unnoticed: if the pages
contradict each other, all are read again, and what is still missing then is counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yarl import URL

from bot.errors import BadAnswerError
from bot.partner_center.protocol.answer_page import AnswerPage
from bot.partner_center.protocol.report_url import at_the_root, following, is_same_page
from bot.query.usage_query import PAGE_LIMIT

# Services cut answers at round numbers. A page of such a size without a link or a total may be cut.
ROUND_SIZE = 100


class FiguresChangedError(BadAnswerError):
    """The pages are not of one answer: the figures changed between them.

    Reading all pages again helps.
    """


@dataclass(frozen=True, slots=True)
class Done:
    """There are no more pages."""


@dataclass(frozen=True, slots=True)
class Follow:
    """The next page is at `url` or, if it is not there, at `otherwise`."""

    url: URL
    otherwise: URL | None = None


@dataclass(frozen=True, slots=True)
class SkipOn:
    """Ask for what comes after the rows read so far.

    `announced`: the answer has a link, so there is a next page. Otherwise the last page may have been the end.
    """

    announced: bool


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


def after_first(
    page: AnswerPage[Any], url: URL, skipped: int, top: int | None = None
) -> Done | Follow | SkipOn | PageRanges:
    """Return what to fetch after the first page.

    The first page was fetched from `url` with `skip` = `skipped`. The result is `PageRanges` if the total is known and
    not reached. Raises FiguresChangedError when rows were announced, and none came.
    """
    got = skipped + page.count
    if page.total is not None and page.total > got:
        if not page.count:
            raise FiguresChangedError(f"a page without rows, where {page.total} were announced")
        return PageRanges(got, page.count, page.total)
    return after(page, url, got, believed_total(page), top)


def believed_total(page: AnswerPage[Any]) -> int | None:
    """Return the number of rows of all pages, as the first page states it.

    None if it is not stated, or may count only this page: the page has a link, and no fewer rows than the total.
    """
    return None if page.total is None or (page.next_link and page.total <= page.count) else page.total


def after(
    page: AnswerPage[Any], url: URL, got: int, total: int | None, top: int | None = None
) -> Done | Follow | SkipOn:
    """Return what to fetch after a page that ends with row number `got`.

    It is for pages that are read one after the other.

    If the total is reached and there is a next link, the link is followed, because the total may be too low; a link to
    the page itself is not followed. `total` is a believed one; without it, rows after a page with a link are asked for
    by `skip` if the link cannot be followed. A page that may have been cut, or ends before the total, is asked on by
    `skip`. `top` is the page size that was requested.
    """
    if page.next_link:
        link = followable(url, page.next_link)
        if link is not None and not is_same_page(link.url, url):
            return link
        if link is not None and total is not None and got >= total:
            return Done()
        return SkipOn(announced=page.total is None if total is None else got < total)
    short = total is not None and got < total
    cut = page.count >= (top or PAGE_LIMIT) or (total is None and page.count % ROUND_SIZE == 0)
    return SkipOn(announced=False) if page.count and (short or cut) else Done()


def followable(url: URL, link: str) -> Follow | None:
    """Return the target of a next link.

    None if it leads to another host or is no address.
    """
    try:
        target = following(url, link)
    except BadAnswerError:
        return None
    otherwise = at_the_root(url, link)
    if otherwise is None or is_same_page(otherwise, url) or is_same_page(otherwise, target):
        return Follow(target)
    return Follow(target, otherwise)


def check_stretch(page: AnswerPage[Any], url: URL, asked: int, total: int) -> Follow | None:
    """Check a further page, and return its next link unless it links to itself.

    A page after the last row must have no rows. Fewer rows than requested are accepted: the caller requests the rest of
    the range.

    Raises BadAnswerError when the page contradicts the first one: another total, no rows, or too many.
    """
    link = followable(url, page.next_link) if page.next_link else None
    if page.total not in {None, total}:
        raise FiguresChangedError(f"{total} rows were announced, then {page.total}")
    if not page.count:
        raise FiguresChangedError(f"{total} rows were announced, but a page before the last has none")
    if page.count > asked:
        raise BadAnswerError(f"{asked} rows were asked for, {page.count} came: skip or top is not heeded")
    return link if link is not None and not is_same_page(link.url, url) else None
