"""One index for all people who see the very same names. Knows no HTTP.

An index takes about a kilobyte a name, so colleagues of one partner with 50,000 customers would hold 50 MB each. What
a person sees still comes from that person's own token: only what turned out to be equal, name by name, is shared.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from weakref import WeakValueDictionary

from bot.domain.licensing import Entry
from bot.names.name_index import NameIndex


class SharedNameIndex:
    """The indexes in use, by what is in them; one that nobody holds any more is gone."""

    def __init__(self) -> None:
        self._known: WeakValueDictionary[bytes, NameIndex] = WeakValueDictionary()

    async def of(self, entries: Callable[[], Iterable[Entry]]) -> NameIndex:
        """The index of `entries`, built beside the event loop, where it does not hold up other people."""
        found, content = await asyncio.to_thread(_sorted_out, entries)
        known = self._known.get(content)
        return known or self._known.setdefault(content, await asyncio.to_thread(_index, found))


def _sorted_out(entries: Callable[[], Iterable[Entry]]) -> tuple[list[Entry], bytes]:
    """The entries, each once, and a digest that only the same entries have."""
    found = sorted(set(entries()), key=lambda entry: (entry.dimension, entry.id, entry.name))
    digest = hashlib.sha256()
    for entry in found:
        # The lengths keep ("ab", "c") apart from ("a", "bc"); half a surrogate pair may come out of JSON.
        texts = [text.encode("utf-8", "surrogatepass") for text in (entry.dimension, entry.id, entry.name)]
        digest.update(b"".join(b"%d:%b" % (len(text), text) for text in texts))
    return found, digest.digest()


def _index(entries: list[Entry]) -> NameIndex:
    names = NameIndex.of(entries)
    names.warm()
    return names
