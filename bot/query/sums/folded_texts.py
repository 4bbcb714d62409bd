"""How ids and names compare, worked out once for each spelling. Pure.

Ten thousand rows have a hundred thousand ids and names, and only some hundreds that differ.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import NamedTuple

from bot.domain.identifier import folded_id, folded_name, is_shown
from bot.domain.licensing import Dimension, UsageRow
from bot.query.sums.member_label import NAMED, MemberLabel

# Spellings that are remembered. A service that writes an id in ever new ways must not exhaust the memory.
SPELLINGS_LIMIT = 10_000


class Member(NamedTuple):
    """The attributes of a row that have the id and the name in one dimension."""

    dimension: Dimension
    id: str
    name: str


def members_of(dimensions: Iterable[Dimension]) -> tuple[Member, ...]:
    """Return the attributes of a row in each of `dimensions`."""
    return tuple(Member(each, each.id_attribute, each.name_attribute) for each in dimensions)


MEMBERS = members_of(Dimension)
_ID = {member.dimension: attrgetter(member.id) for member in MEMBERS}
_NAME = {member.dimension: attrgetter(member.name) for member in MEMBERS}


class FoldedTexts:
    """The ids and names of an answer, as they are compared.

    `ids[text]` is `folded_id(text)` and `names[text]` is `folded_name(text)`, "" if there is none.
    """

    __slots__ = ("ids", "names")

    def __init__(self) -> None:
        self.ids = _Remembered(folded_id)
        self.names = _Remembered(folded_name)

    def identities(self, row: UsageRow, members: Iterable[Member]) -> list[str]:
        """Return what identifies each of the members, see `MemberLabel`."""
        ids = self.ids
        return [ids[getattr(row, id_)] or self._named(getattr(row, name)) for _, id_, name in members]

    def identity(self, row: UsageRow, dimension: Dimension) -> str:
        """Return what identifies one member."""
        return self.ids[_ID[dimension](row)] or self._named(_NAME[dimension](row))

    def _named(self, name: str | None) -> str:
        folded = self.names[name]
        return NAMED + folded if folded else ""


def label_of(id_: str | None, name: str | None) -> MemberLabel:
    """Return the label of a member with this id and name."""
    folded = folded_id(id_)
    shown = name if name and is_shown(name) else ""
    if id_ and folded:
        return MemberLabel(folded, id_, shown)
    return MemberLabel(NAMED + folded_name(name) if shown else "", "", shown)


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
