"""Find the names that a text may be a misspelling of. Pure."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.domain.licensing import Entry

_MOST = 10


class MisspeltNames:
    """The forms of names without blanks, by their length and their ends.

    A typing error changes neither the first letter nor the length by much, and seldom both the second letter and the
    last one. So a text is compared with the forms that have two of these letters in common with it.
    """

    def __init__(self, forms: Iterable[tuple[str, Entry]]) -> None:
        self._alike: dict[tuple[str, int], tuple[list[str], list[Entry]]] = {}
        for form, entry in forms:
            for ends in _ends(form):
                texts, entries = self._alike.setdefault((ends, len(form)), ([], []))
                texts.append(form)
                entries.append(entry)

    def nearest(self, typed: str) -> tuple[Sequence[Entry], int]:
        """Return the entries with the fewest edits, and how many these are.

        `typed` is in the `loose` form, without blanks. A name with other digits is another name.
        """
        allowed = _allowed(typed)
        best: dict[Entry, int] = {}
        sizes = range(len(typed) - allowed, len(typed) + allowed + 1) if allowed else ()
        for ends in _ends(typed):
            for size in sizes:
                texts, entries = self._alike.get((ends, size), ((), ()))
                for form, edits, at in _within(typed, texts, allowed) if texts else ():
                    if _digits(form) == _digits(typed) and edits < best.get(entries[at], allowed + 1):
                        best[entries[at]] = edits
        least = min(best.values(), default=0)
        return [entry for entry, edits in best.items() if edits == least], least


def _within(typed: str, texts: Sequence[str], allowed: int) -> Sequence[tuple[str, int, int]]:
    found: Sequence[tuple[str, int, int]] = extract(
        typed, texts, scorer=OSA.distance, score_cutoff=allowed, limit=_MOST, processor=None
    )
    return found


def _ends(form: str) -> tuple[str, str]:
    """Return the first letter with the second one, and with the last one."""
    return form[:2], f"{form[:1]}-{form[-1:]}"


def _allowed(joined: str) -> int:
    return 0 if len(joined) < 4 else 1 if len(joined) < 8 else 2 if len(joined) < 14 else 3


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
