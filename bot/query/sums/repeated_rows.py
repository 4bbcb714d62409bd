"""Notice rows that come twice, at little cost. Pure.

Pages that are asked for by `skip` overlap if rows are added or sorted anew between two requests:
https://github.com/Azure/azure-rest-api-specs/issues/8131
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from bot.errors import BadAnswerError

# Hashes that are compared at once. A million at once would take 70 MB.
_AT_ONCE = 200_000


class RowsKeptError(BadAnswerError):
    """The rows cannot be summed one by one, and pages before are summed already.

    The answer has to be read again, and every row has to be kept.
    """


class RepeatedRows:
    """Remembers the rows of an answer by a hash of kind and customer.

    This takes eight bytes for each row. Of a million rows, two different ones have the same hash with a probability of
    one in forty million.
    """

    def __init__(self) -> None:
        self._first: Mapping[int, Sequence[Sequence[int]]] = {}
        self._hashes = array("q")  # of all pages, if there are several

    def add(self, page: Mapping[int, Sequence[Sequence[int]]]) -> bool:
        """Remember the rows of a page: the customers of each kind, in one or more parts.

        Return True if two of them are the same row.
        """
        if not self._first and not self._hashes:
            self._first = page  # most answers have one page, which is compared with no other
        else:
            self._remember(self._first)
            self._first = {}
            self._remember(page)
        return any(map(_repeated, page.values()))

    def _remember(self, page: Mapping[int, Sequence[Sequence[int]]]) -> None:
        for kind, parts in page.items():
            self._hashes.extend(map(kind.__xor__, chain.from_iterable(parts)))

    def across_pages(self) -> bool:
        """Return True if a row is on two pages. Takes 0.2 s for a million rows."""
        return _repeated([self._hashes])


def _repeated(parts: Sequence[Sequence[int]]) -> bool:
    count = sum(map(len, parts))
    if count < 2:
        return False
    portions = 1 + count // _AT_ONCE
    return any(_twice(_portion(chain.from_iterable(parts), portions, each)) for each in range(portions))


def _twice(hashes: Iterable[int]) -> bool:
    chosen = list(hashes)
    return len(set(chosen)) < len(chosen)


def _portion(hashes: Iterable[int], portions: int, chosen: int) -> Iterable[int]:
    return hashes if portions == 1 else (number for number in hashes if number % portions == chosen)
