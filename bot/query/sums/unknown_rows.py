"""Of which items rows are unknown. Pure."""

from collections.abc import Container, Iterable

from bot.domain.licensing import UsageRow
from bot.query.sums.folded_texts import FoldedTexts, Member

# Rows that are kept. An answer with more is hardly an answer: then every item may have one.
UNKNOWN_LIMIT = 10_000


class UnknownRows:
    """The rows that are left out of the sums: their figures or days are unknown."""

    def __init__(self) -> None:
        self._rows: list[UsageRow] = []
        self._too_many = False

    def add(self, row: UsageRow) -> None:
        """Keep a row."""
        if len(self._rows) < UNKNOWN_LIMIT:
            self._rows.append(row)
        else:
            self._too_many = True

    def items(self, texts: FoldedTexts, members: Iterable[Member]) -> Container[tuple[str, ...]]:
        """Return the keys of the items of which a row is unknown."""
        if self._too_many:
            return _EveryItem()
        wanted = tuple(members)
        return frozenset(tuple(texts.identities(row, wanted)) for row in self._rows)


class _EveryItem:
    def __contains__(self, _key: object) -> bool:
        return True
