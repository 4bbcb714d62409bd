"""Find the names that a person is typing: a part of a name is enough. Pure.

The names are searched as one text, which takes less than a millisecond for 50,000 of them; a loop in Python would block
the bot for tens of milliseconds at each key.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

_END = "\n"  # in no name: `loose` makes one blank of all white space
_LAST = "\U0010ffff"
MOST_WITH_WORD = 2_000  # names that are compared with all words
SHORTEST_ID = 4  # letters: a shorter text is in too many ids


class NameCompletion:
    """Searches in `names`, sorted and folded by `loose`, and in the ids.

    Both are of the same entries, in the same order.
    """

    def __init__(self, names: Sequence[str], ids: Sequence[str]) -> None:
        self._names = names
        self._text, self._starts = _joined(names)
        self._ids, self._id_starts = _joined([id_.casefold() for id_ in ids])

    def positions(self, typed: str, id_: str = "") -> Iterator[int]:
        """Yield the positions of the names that fit, the best first; one may come twice.

        First the names that begin with `typed`, folded by `loose`, then those with a word that does, then those that
        contain it, then those that contain each of its words, then those whose id contains `id_`.
        """
        if typed:
            yield from range(bisect_left(self._names, typed), bisect_left(self._names, typed + _LAST))
            yield from _found(self._text, self._starts, f" {typed}")
            yield from _found(self._text, self._starts, typed)
            yield from self._with_words(typed.split())
        if len(id_) >= SHORTEST_ID and _END not in id_:  # it would be found in two ids beside each other
            yield from _found(self._ids, self._id_starts, id_.casefold())

    def _with_words(self, words: Sequence[str]) -> Iterator[int]:
        if len(words) < 2:
            return
        rarest = min(words, key=self._text.count)
        for position in islice(_found(self._text, self._starts, rarest), MOST_WITH_WORD):
            if all(word in self._names[position] for word in words):
                yield position


def _joined(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Return the texts as one, and where each begins."""
    starts = [1]
    for each in texts:
        starts.append(starts[-1] + len(each) + 1)
    return f"{_END}{_END.join(texts)}{_END}", starts


def _found(text: str, starts: Sequence[int], wanted: str) -> Iterator[int]:
    """Yield each position once at which `wanted` is in the text of that position."""
    at = text.find(wanted)
    while at >= 0:
        position = bisect_right(starts, at) - 1
        yield position
        at = text.find(wanted, starts[position + 1])
