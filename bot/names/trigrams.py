"""Find the names that have most three-letter pieces in common with a typed name.

Pure. Scoring 50,000 names with an edit distance blocks the bot for tens of milliseconds. This index reduces them to
about a hundred that have to be scored.
"""

from array import array
from collections import Counter
from collections.abc import Sequence

_BUDGET = 6_000  # index entries read per lookup: limits the time, whatever pieces the names have in common


class Trigrams:
    """A trigram index of `names`, which the caller has folded."""

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
        """Return the indexes of the names that have most pieces in common with `name`.

        At most `count` are returned. The rarest pieces are read first.
        """
        lists = sorted(filter(None, (self._postings.get(piece) for piece in _pieces(name))), key=len)
        shared: Counter[int] = Counter()
        left = _BUDGET
        for indexes in lists:
            shared.update(indexes[:left])
            left -= len(indexes)
            if left <= 0:
                break
        return _commonest(shared, count)


def _commonest(shared: Counter[int], count: int) -> list[int]:
    """Return the keys of the highest counts, as `most_common` does.

    There are thousands of keys and few different counts, so most keys need not be sorted.
    """
    sizes = Counter(shared.values())
    taken, least = 0, 0
    for least in sorted(sizes, reverse=True):
        taken += sizes[least]
        if taken >= count:
            break
    most = [(size, index) for index, size in shared.items() if size >= least]
    return [index for _, index in sorted(most, key=lambda each: -each[0])[:count]]


def _pieces(name: str) -> set[str]:
    padded = f" {name} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
