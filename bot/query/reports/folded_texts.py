"""How ids and names compare, worked out once for each spelling. Pure.

Ten thousand rows have a hundred thousand ids and names, and only some hundreds that differ.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import NamedTuple

from bot.domain.identifier import folded_id, folded_name
from bot.domain.licensing import Dimension, UsageRow

# Spellings that are remembered. A service that writes an id in ever new ways must not exhaust the memory.
SPELLINGS_LIMIT = 50_000


class Member(NamedTuple):
    """The attributes of a row that have the id and the name in one dimension."""

    dimension: Dimension
    id: str
    name: str


MEMBERS = tuple(Member(each, each.id_attribute, each.name_attribute) for each in Dimension)
_ID = {member.dimension: attrgetter(member.id) for member in MEMBERS}
_NAME = {member.dimension: attrgetter(member.name) for member in MEMBERS}
_EVERY = attrgetter(*(text for member in MEMBERS for text in (member.id, member.name)))


class FoldedTexts:
    """The ids and names of an answer, as they are compared.

    `ids[text]` is `folded_id(text)` and `names[text]` is `folded_name(text)`, "" if there is none.
    """

    __slots__ = ("_present", "ids", "names")

    def __init__(self) -> None:
        self.ids = _Remembered(folded_id)
        self.names = _Remembered(folded_name)
        self._present: set[str | None] = set()  # texts that are neither invisible nor a GUID of zeros

    def complete(self, row: UsageRow) -> bool:
        """Return True if the row has the id and the name of each member."""
        texts = _EVERY(row)
        present = self._present
        if present.issuperset(texts):
            return True
        if len(present) >= SPELLINGS_LIMIT:
            present.clear()
        for text in set(texts).difference(present):
            first = (text or "")[:1]  # most texts begin with a letter; the others are looked at in full
            if not (first.isascii() and first.isalpha()) and not self.ids[text]:
                return False
            present.add(text)
        return True

    def identities(self, row: UsageRow, members: Iterable[Member]) -> list[str]:
        """Return what identifies each of the members.

        The folded id, or the folded name if the row has no id; a GUID of zeros is no id.
        """
        ids, names = self.ids, self.names
        return [ids[getattr(row, id_)] or names[getattr(row, name)] for _, id_, name in members]

    def identity(self, row: UsageRow, dimension: Dimension) -> str:
        """Return what identifies one member, see `identities`."""
        return self.ids[_ID[dimension](row)] or self.names[_NAME[dimension](row)]

    def alike(self, one: UsageRow, other: UsageRow, member: Member) -> bool:
        """Return True if two rows have the same member of a dimension."""
        _, id_, name = member
        ids = self.ids
        first, second = ids[getattr(one, id_)], ids[getattr(other, id_)]
        if first and second:
            return first == second
        names = self.names
        return (first or names[getattr(one, name)]) == (second or names[getattr(other, name)])

    def id(self, row: UsageRow, dimension: Dimension) -> str:
        """Return the id as the row has it, "" if it is none."""
        found: str | None = _ID[dimension](row)
        return found if found and self.ids[found] else ""

    def name(self, row: UsageRow, dimension: Dimension) -> str:
        """Return the name as the row has it.

        "" if it has only blanks and invisible characters.
        """
        found: str | None = _NAME[dimension](row)
        return found if found and self.names[found] else ""


class _Remembered(dict[str | None, str]):
    """The results of a function.

    It is a dict because reading one needs no call of a Python function.
    """

    __slots__ = ("_fold",)

    def __init__(self, fold: Callable[[str | None], str]) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, text: str | None) -> str:
        if len(self) >= SPELLINGS_LIMIT:
            self.clear()
        folded = self[text] = self._fold(text)
        return folded
