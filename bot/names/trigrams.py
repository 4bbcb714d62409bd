"""Which of many names share letters with a typed one. Pure.

Scoring 50,000 names with an edit distance blocks the bot for tens of milliseconds; an index of three-letter pieces
leaves a hundred to score.
"""

from array import array
from collections import Counter
from collections.abc import Sequence

_BUDGET = 15_000  # postings looked at: a bound on the time, whatever the names have in common


class Trigrams:
    """An index of `names`, which are folded already."""

    def __init__(self, names: Sequence[str]) -> None:
        postings: dict[str, array[int]] = {}
        for index, name in enumerate(names):
            for piece in _pieces(name):
                found = postings.get(piece)
                if found is None:
                    postings[piece] = found = array("I")
                found.append(index)
        self._postings = postings

    def nearest(self, name: str, count: int) -> list[int]:
        """The indexes of at most `count` names that share most pieces with `name`, the rarest pieces asked first."""
        lists = sorted(filter(None, (self._postings.get(piece) for piece in _pieces(name))), key=len)
        shared: Counter[int] = Counter()
        left = _BUDGET
        for indexes in lists:
            shared.update(indexes[:left])
            left -= len(indexes)
            if left <= 0:
                break
        return [index for index, _ in shared.most_common(count)]


def _pieces(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
