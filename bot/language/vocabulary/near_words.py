"""Find the words that differ from a typed one by one letter. Pure.

A letter was added, left out or replaced, or two were swapped. Then both words are equal if one letter, or none, is left
out of each, so the typed word need not be compared with all.
"""

from collections.abc import Iterable, Iterator


class NearWords:
    """Words by what they are without one letter."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_rest: dict[str, list[str]] = {}
        self._order: dict[str, int] = {}
        for order, word in enumerate(words):
            self._order[word] = order
            for rest in _rests(word):
                self._by_rest.setdefault(rest, []).append(word)

    def near(self, typed: str) -> list[str]:
        """Return every word that differs by one letter, in the order of the words.

        A few others may be among them.
        """
        found = {word for rest in _rests(typed) for word in self._by_rest.get(rest, ())}
        return sorted(found, key=self._order.__getitem__)


def _rests(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
