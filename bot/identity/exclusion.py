"""Something that is left out of answers until it is taken back. Pure."""

from dataclasses import dataclass

from bot.domain.conversation import Caller
from bot.domain.identifier import folded_id
from bot.domain.key_hash import key_hash
from bot.domain.licensing import Entry

MOST_EXCLUSIONS = 100  # of one person, and of one conversation
TRIALS = "trials"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A customer, or trials if there is none.

    `digests`: it is left out of digests only. `by` is the key of the person who asked for it.
    """

    customer: Entry | None = None
    digests: bool = False
    by: tuple[str, str] = ("", "")

    @property
    def subject(self) -> str:
        """Return what is left out, as a text: in a scope it is there once."""
        return TRIALS if self.customer is None else f"customer|{folded_id(self.customer.id)}"


def scope_of(caller: Caller) -> str:
    """Return the hash of where the exclusions of an answer are kept.

    That is the conversation if others read the answer there, else the person.
    """
    tenant, person = caller.key
    return key_hash("|".join(("conversation", tenant, caller.place) if caller.place else ("person", tenant, person)))
