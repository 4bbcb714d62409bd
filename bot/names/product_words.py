"""The words by which people call products: `E3`, `o365 e3`, `exo plan 2`.

Reads its own packaged table.
"""

from functools import cache
from importlib import resources

import msgspec


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spelled: dict[str, str]
    generic: frozenset[str]
    known: frozenset[str]


@cache
def _table() -> _Table:
    content = resources.files("bot.names").joinpath("product_words.json").read_bytes()
    return msgspec.json.decode(content, type=_Table)


def product_words(text: str) -> set[str] | None:
    """Return the words of a folded text as product names spell them.

    None if all of them are in the names of many products.
    """
    table = _table()
    words = {spelled for word in text.split() for spelled in table.spelled.get(word, word).split()}
    return None if words <= table.generic else words


def known_product(text: str) -> bool:
    """Return True for a product that Microsoft sells."""
    words = text.split()
    bare = " ".join(words[1:] if words[:1] == ["microsoft"] else words)
    spelled = " ".join(words[2:]) if words[:2] in (["office", "365"], ["microsoft", "365"]) else bare
    return not _table().known.isdisjoint({text, bare, spelled})
