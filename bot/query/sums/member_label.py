"""A member of a dimension, as the rows of an answer call it. Pure."""

from collections.abc import Iterable

import msgspec

from bot.domain.identifier import is_shown, spelling_rank
from bot.domain.licensing import Dimension, Entry

# Before the folded name of a member without an id. No folded id has it, so a name is never equal to an id.
NAMED = "\0"


class MemberLabel(msgspec.Struct, frozen=True, gc=False):
    """The id and name of a member, and its identity.

    `identity` is the folded id; without an id the folded name after a NUL, so that no name is the id of another member;
    "" if there is neither. `id` and `name` are spelled as the service does, "" if there is none.
    """

    identity: str
    id: str
    name: str

    def met(self, other: "MemberLabel") -> "MemberLabel | None":
        """Return the member that two rows have in common, None if they have none.

        Of two spellings the better one is kept (see `spelling_rank`), so the order of rows does not matter.
        """
        if self.identity != other.identity or not self.identity:
            return None
        id_, name = min(self.id, other.id, key=spelling_rank), min(self.name, other.name, key=spelling_rank)
        if id_ == self.id and name == self.name:
            return self
        return MemberLabel(self.identity, id_, name)

    def respelled(self, id_: str | None, name: str | None) -> "MemberLabel":
        """Return the label after a row of the same member that has this id and name."""
        if id_ == self.id and name == self.name:
            return self
        has_id = not self.identity.startswith(NAMED)
        said = MemberLabel(self.identity, id_ or "" if has_id else "", name if name and is_shown(name) else "")
        return (self.met(said) or self) if self.text else said

    @property
    def text(self) -> str:
        """Return the name, else the id."""
        return self.name or self.id

    def entry(self, dimension: Dimension) -> Entry:
        """Return the entry of a report.

        Without an id, it has the name in its place.
        """
        return Entry(dimension, self.id or self.name, self.text, has_id=bool(self.id))


def in_common(labels: Iterable[MemberLabel | None]) -> MemberLabel | None:
    """Return the member that all `labels` are of.

    None if there are several, or if one of them is None.
    """
    found: MemberLabel | None = None
    for number, label in enumerate(labels):
        if label is None:
            return None
        if number == 0 or label is found:
            found = label
        elif found is None or (found := found.met(label)) is None:
            return None
    return found
