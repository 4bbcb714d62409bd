"""One name index for all callers who see exactly the same names.

Independent of HTTP. An index takes about a kilobyte per name, so each colleague at a partner with 50,000 customers
would need 50 MB. The names of each caller still come from the caller's own token. Only sets that are equal, name by
name, are shared.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable, Sequence
from weakref import WeakValueDictionary

from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex
from bot.names.namesakes import NO_DETAILS, CustomerDetails

Details = Callable[[Sequence[Entry]], Awaitable[CustomerDetails]]


class SharedNameIndex:
    """The indexes in use, by a digest of their content.

    An index that no caller holds is freed.
    """

    def __init__(self) -> None:
        self._known: WeakValueDictionary[bytes, NameIndex] = WeakValueDictionary()

    async def of(self, entries: Callable[[], Iterable[Entry]], details: Details | None = None) -> NameIndex:
        """Return the index of `entries`.

        It is built in a thread, so it does not block other callers. `details` is called with the customers whose names
        look the same, and returns what distinguishes them.
        """
        found, content = await asyncio.to_thread(_sorted_out, entries)
        known = self._known.get(content)
        plain = known or self._known.setdefault(content, await asyncio.to_thread(_index, found))
        alike = plain.alike(Dimension.CUSTOMER)
        if not alike or details is None:
            return plain
        told = await details(alike)
        if told == NO_DETAILS:
            return plain
        content += told.digest()
        return self._known.get(content) or self._known.setdefault(
            content, await asyncio.to_thread(_detailed, plain, told)
        )


def _sorted_out(entries: Callable[[], Iterable[Entry]]) -> tuple[list[Entry], bytes]:
    """Return the distinct entries, and a digest that is equal only for equal entries."""
    found = sorted(set(entries()), key=lambda entry: (entry.dimension, entry.id, entry.name))
    digest = hashlib.sha256()
    for entry in found:
        # The lengths keep ("ab", "c") distinct from ("a", "bc"). JSON may contain an unpaired surrogate: surrogatepass.
        texts = [text.encode("utf-8", "surrogatepass") for text in (entry.dimension, entry.id, entry.name)]
        digest.update(b"".join(b"%d:%b" % (len(text), text) for text in texts))
    return found, digest.digest()


def _detailed(plain: NameIndex, details: CustomerDetails) -> NameIndex:
    names = plain.detailed(details)
    names.spans.warm()
    return names


def _index(entries: list[Entry]) -> NameIndex:
    names = NameIndex.of(entries)
    names.warm()
    return names
