"""A name that a user typed, and the clause that holds it. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Clause(StrEnum):
    """The clause that holds a name.

    It decides in which dimensions the name is looked up.
    """

    FOR = "for"  # a customer
    ON = "on"  # a workload, else a service, else a product
    IN = "in"  # a product
    VIA = "via"  # a channel


@dataclass(frozen=True, slots=True)
class Name:
    """A name as typed.

    `at` is its 0-based offset in the text, None if a program made it. Equality ignores `at`. `id` is the id of the
    entry that the name was found to mean, None if it was typed. While an entry has this id, the name means that
    entry, whatever the entry is called then.
    """

    text: str
    at: int | None = None
    id: str | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Name) and (self.text, self.id) == (other.text, other.id)

    def __hash__(self) -> int:
        return hash((self.text, self.id))
