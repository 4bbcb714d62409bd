"""The words of all names: a part of a sentence with another word names nothing.

Most words of a sentence are in no name. Longer parts with such a word name nothing either, unless a name has other
blanks: `fabri kam`. Pure.
"""

from bisect import bisect_left
from collections.abc import Iterable

from bot.names import product_words, workload_aliases
from bot.names.name_folding import loose

_AND = "and"  # what people write for the `&` of a name


class SpanWords:
    """The words of the names of one person, of aliases and of products that are sold.

    `customers` are the words of customers' names, `others` those of all other names and of ids, `joined` how the names
    of customers are written without blanks. The texts that it is asked about are in the `loose` form.
    """

    def __init__(self, customers: Iterable[str], others: Iterable[str], joined: Iterable[str]) -> None:
        aliases = (word for alias in workload_aliases.WORDS for word in loose(alias).split())
        self._customers = frozenset((*customers, _AND))
        self._others = frozenset((*others, *aliases, *product_words.all_words()))
        self._joined = sorted(joined)

    def has(self, text: str) -> bool:
        """Return True if each word of `text` is a word of customers' names.

        Also if each one is a word of other names.
        """
        words = text.split()
        return self._customers.issuperset(words) or self._others.issuperset(words)

    def begins_joined(self, text: str) -> bool:
        """Return True if some customer's name begins with `text`, whatever the blanks are."""
        wanted = text.replace(" ", "")
        at = bisect_left(self._joined, wanted)
        return at < len(self._joined) and self._joined[at].startswith(wanted)
