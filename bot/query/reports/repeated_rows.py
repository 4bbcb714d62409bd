"""Notice rows that come twice, at little cost. Pure.

Pages that are asked for by `skip` overlap if rows are added or sorted anew between two requests:
https://github.com/Azure/azure-rest-api-specs/issues/8131
"""

from array import array
from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter

from bot.domain.identifier import folded_id
from bot.domain.licensing import UsageRow

# The finest row of the report. The ids are compared as they are spelled; `NewestRows` compares them properly.
_COLUMNS = ("customer_id", "product_id", "workload_code", "channel", "service_code")
_KEY = attrgetter(*_COLUMNS)
_EACH = tuple(map(attrgetter, _COLUMNS))
# On a page with more rows, ids that are spelled in two ways are not looked for: it would take a tenth of its time.
_SPELLINGS_CHECKED = 2_000
# Hashes that are compared at once. A million at once would take 70 MB.
_AT_ONCE = 200_000


class RepeatedRows:
    """Remembers the rows of an answer by a hash of 64 bits, eight bytes for each row.

    Of a million rows, two different ones have the same hash with a probability of one in forty million.
    """

    def __init__(self) -> None:
        self._spellings: tuple[dict[str, str], ...] = tuple({} for _ in _EACH)
        self._first: Collection[int] = ()
        self._pages: list[array[int]] = []

    def add(self, rows: Sequence[UsageRow]) -> bool:
        """Remember the rows of a page.

        Return True if two of them are, or may be, the same row.
        """
        hashes = set(map(hash, map(_KEY, rows)))
        if not self._pages and not self._first:
            self._first = hashes  # most answers have one page
        else:
            self._pages.append(array("q", hashes))
        return len(hashes) < len(rows) or (len(rows) <= _SPELLINGS_CHECKED and self._respelled(rows))

    def _respelled(self, rows: Sequence[UsageRow]) -> bool:
        """Return True if an id is spelled in two ways, so that two rows with different hashes may be the same."""
        for spelled, read in zip(self._spellings, _EACH, strict=True):
            for text in filter(None, set(map(read, rows))):
                if spelled.setdefault(folded_id(text), text) != text:
                    return True
        return False

    def across_pages(self) -> bool:
        """Return True if a row is on two pages. Takes 0.2 s for a million rows."""
        if not self._pages:
            return False
        pages = [self._first, *self._pages]
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
