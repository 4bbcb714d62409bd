"""Notice rows that come twice, at little cost. Pure.

Pages that are asked for by `skip` overlap if rows are added or sorted anew between two requests:
https://github.com/Azure/azure-rest-api-specs/issues/8131
"""

from array import array
from collections.abc import Collection, Iterator, Sequence

from bot.errors import BadAnswerError

# Marks that are compared at once. A million at once would take 70 MB.
_AT_ONCE = 200_000


class RowsKeptError(BadAnswerError):
    """The rows cannot be summed one by one, and pages before are summed already.

    The answer has to be read again, and every row has to be kept.
    """


class RepeatedRows:
    """Remembers the rows of an answer by their marks.

    A mark has 64 bits, which takes eight bytes for each row.
    Of a million rows, two different ones have the same mark with a probability of one in forty million.
    """

    def __init__(self) -> None:
        self._pages: list[array[int]] = []

    def add(self, marks: Sequence[int]) -> bool:
        """Remember the rows of a page.

        Return True if two of them are the same row.
        """
        distinct = set(marks)
        self._pages.append(array("q", distinct))
        return len(distinct) < len(marks)

    def across_pages(self) -> bool:
        """Return True if a row is on two pages. Takes 0.2 s for a million rows."""
        pages = self._pages
        if len(pages) < 2:
            return False
        parts = 1 + sum(map(len, pages)) // _AT_ONCE
        return any(_repeated(pages, parts, part) for part in range(parts))


def _repeated(pages: Sequence[Collection[int]], parts: int, part: int) -> bool:
    seen: set[int] = set()
    count = 0
    for page in pages:
        chosen = list(_part(page, parts, part))
        count += len(chosen)
        seen.update(chosen)
    return len(seen) < count


def _part(page: Collection[int], parts: int, part: int) -> Iterator[int]:
    return iter(page) if parts == 1 else (number for number in page if number % parts == part)
