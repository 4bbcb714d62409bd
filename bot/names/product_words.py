"""The words by which people call products: `E3`, `o365 e3`, `exo plan 2`.

Reads its own packaged table.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

LONGEST_ENDING = 4  # letters


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spelled: dict[str, str]
    generic: frozenset[str]
    known: frozenset[str]
    elsewhere: dict[str, str]


@cache
def _table() -> _Table:
    content = resources.files("bot.names").joinpath("product_words.json").read_bytes()
    return msgspec.json.decode(content, type=_Table)


@cache
def all_words() -> frozenset[str]:
    """Return every word of the table."""
    table = _table()
    said = (*table.spelled, *table.spelled.values(), *table.generic, *table.known)
    return frozenset(word for text in said for word in text.split())


def shown_elsewhere(text: str) -> str:
    """Return the key of a product whose use Microsoft shows elsewhere, "" if none.

    The usage report has no workload of it, as far as any document says. `text` is folded, and may have an ending.
    """
    found = (key for name, key in _table().elsewhere.items() if _is_declined(text, name))
    return next(found, "")


def _is_declined(text: str, name: str) -> bool:
    """Return True for `copilot` and `copilotot`."""
    ending = text.removeprefix(name)
    return ending != text and len(ending) <= LONGEST_ENDING and (not ending or ending.isalpha())


@dataclass(frozen=True, slots=True)
class ProductName:
    """A folded text as people call products.

    `words` are its words as product names spell them, None if all of them are in the names of many products. `is_sold`:
    Microsoft sells a product of that name.
    """

    words: set[str] | None
    is_sold: bool

    @classmethod
    def of(cls, text: str) -> "ProductName":
        """Read a folded text."""
        table, typed = _table(), text.split()
        words = {spelled for word in typed for spelled in table.spelled.get(word, word).split()}
        bare = " ".join(typed[1:] if typed[:1] == ["microsoft"] else typed)
        spelled = " ".join(typed[2:]) if typed[:2] in (["office", "365"], ["microsoft", "365"]) else bare
        is_sold = not table.known.isdisjoint({text, bare, spelled})
        numbered = "plan" in words and any(word.isdigit() for word in words)  # "plan 1" is in the names of few
        return cls(None if words <= table.generic and not numbered else words, is_sold)
