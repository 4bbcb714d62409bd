"""Of which items rows are unknown, and how many. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.domain.licensing import Dimension, UsageRow
from bot.query.sums.folded_texts import FoldedTexts, members_of


class UnknownRows:
    """Count the rows of each item that are left out of the sums.

    Their figures or days are unknown. Items are those of a report that is listed `by` some dimensions. A row without a
    customer id is of no item with one.
    """

    def __init__(self, by: Iterable[Dimension]) -> None:
        self._members = members_of(by)
        self._texts = FoldedTexts()
        self._counts: Counter[tuple[str, ...]] = Counter()

    def add(self, row: UsageRow, count: int = 1) -> None:
        """Count a row, or as many as are in its place."""
        self._counts[tuple(self._texts.identities(row, self._members))] += count

    def items(self) -> Mapping[tuple[str, ...], int]:
        """Return the number of unknown rows by the key of their item."""
        return dict(self._counts)
