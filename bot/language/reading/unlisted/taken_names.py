"""A lookup that also knows names as they were typed, which no directory has. Pure."""

from collections.abc import Mapping

from bot.domain.licensing import Entry
from bot.names.span_lookup import Likeness, SpanFinding, SpanLookup, SpanMatch


class TakenNames(SpanLookup):
    """Finds what `known` does, and the entries that a text of `taken` means."""

    def __init__(self, known: SpanLookup, taken: Mapping[str, Entry]) -> None:
        super().__init__(known.indexes)
        self._taken = taken

    def may_name(self, text: str) -> bool:
        """Return False if neither `text` nor anything that begins with it names something."""
        return text in self._taken or super().may_name(text)

    def _look(self, text: str) -> SpanFinding:
        entry = self._taken.get(text)
        if entry is None:
            return super()._look(text)
        return SpanFinding((SpanMatch(entry.dimension, (entry,), Likeness.EXACT),), is_guid=False, is_product=False)
