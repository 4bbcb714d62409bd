"""The marks of a sentence that carry meaning, and which of them were understood.

Pure.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.language.marking.marks import Mark, MarkKind

# Marks that carry no meaning by themselves.
SILENT = frozenset({"filler", "article", "polite", "opening", "stress", "particle", MarkKind.SIGN})


MINE, _THOSE = "mine", "those"
_EVERY = frozenset({"all", "everyone"})
_BEFORE_SCOPE = frozenset({"prep", "only", "follow", "versus"})


def _is_behind(marks: Sequence[Mark], at: int, kinds: frozenset[str]) -> bool:
    return at > 0 and marks[at - 1].kind in kinds


def _is_scope(marks: Sequence[Mark], at: int) -> bool:
    """Return True for `for my customers` and `only my customers`, which are what is asked about.

    Elsewhere they are the lines of the answer, as other customers are: `my customers below 50%`. A trend has no lines.
    """
    trend = any((mark.kind, mark.value) == ("act", "trend") for mark in marks)
    return trend or marks[at].value == "for" or _is_behind(marks, at, _BEFORE_SCOPE)


class MarkStream:
    """Marks without those that carry no meaning.

    What understands a mark takes it, with what it was considered. What is not taken was not understood.
    """

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.given = given = list(marks)
        spoken = [mark for mark in given if mark.kind not in SILENT]
        # "my customers": those that the person follows. "All my customers" are everybody.
        own = {at for at, mark in enumerate(spoken) if mark.kind == MINE and not _is_behind(spoken, at, _EVERY)}
        self.mine = bool(own)
        # `those below 40%`: customers, or what was shown before.
        self.points_back = any(mark.kind == _THOSE for mark in spoken)
        self.marks: Sequence[Mark] = [
            mark
            if mark.kind not in (MINE, _THOSE) or (at in own and _is_scope(spoken, at))
            else replace(mark, kind="dim", value="customer")
            for at, mark in enumerate(spoken)
        ]
        # Also those without meaning: a word that was considered one of them may have meant something.
        self.misspelt: Sequence[Mark] = [mark for mark in given if mark.right]
        # Where words are that end a list: "skip Exchange, show me Teams".
        self.asides = frozenset(mark.start for mark in given if mark.kind in ("filler", "polite"))
        # "should I stop digest 2?" asks for advice, so nothing may be done.
        self.unsure = any(mark.kind == "filler" and mark.value == "unsure" for mark in given)
        self.taken: dict[int, str] = {}
        self._kinds = {mark.kind for mark in self.marks}

    def __len__(self) -> int:
        return len(self.marks)

    def is_(self, at: int, *kinds: str) -> bool:
        """Return True if the mark at `at` is of one of these kinds and was not taken."""
        return 0 <= at < len(self.marks) and at not in self.taken and self.marks[at].kind in kinds

    @property
    def lists_customers(self) -> bool:
        """True for `customers …` and `who …`: they ask for some customers.

        `Teams by customer` asks for all of them.
        """
        return any(
            mark.kind == "who"
            or ((mark.kind, mark.value) == ("dim", "customer") and (not at or self.marks[at - 1].kind != "each"))
            for at, mark in enumerate(self.marks)
        )

    def value(self, at: int) -> str:
        """Return the value of a mark of the vocabulary."""
        return str(self.marks[at].value)

    def take(self, label: str, *positions: int) -> None:
        """Mark these as understood."""
        for at in positions:
            self.taken.setdefault(at, label)

    def all_of(self, *kinds: str, value: str | None = None) -> Iterator[int]:
        """Yield the positions of the marks of these kinds that were not taken."""
        if self._kinds.isdisjoint(kinds):
            return
        for at, mark in enumerate(self.marks):
            if mark.kind in kinds and at not in self.taken and (value is None or str(mark.value) == value):
                yield at

    def first(self, *kinds: str, value: str | None = None) -> int | None:
        """Return the first such position, None if there is none."""
        return next(self.all_of(*kinds, value=value), None)

    def has(self, *kinds: str, value: str | None = None) -> bool:
        """Return True if there is such a mark, taken or not."""
        if value is None or self._kinds.isdisjoint(kinds):
            return not self._kinds.isdisjoint(kinds)
        return any(mark.kind in kinds and str(mark.value) == value for mark in self.marks)

    def left(self, wanted: Callable[[Mark], bool]) -> list[Mark]:
        """Return the marks that were not taken and that `wanted` accepts."""
        return [mark for at, mark in enumerate(self.marks) if at not in self.taken and wanted(mark)]
