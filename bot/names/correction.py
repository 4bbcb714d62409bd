"""A name that was typed otherwise than it is spelled. Pure."""

from dataclasses import dataclass

from bot.domain.licensing import Entry
from bot.names.name_folding import loose
from bot.names.name_index import Found, Unique

_FORMATTING = " *_~`|"


@dataclass(frozen=True, slots=True)
class Correction:
    """A name as typed, and the entry that it was considered to mean.

    `assumed`: only the beginning of the name was typed. Otherwise it was misspelled.
    """

    typed: str
    entry: Entry
    assumed: bool = False


def correction_of(typed: str, found: Found) -> Correction | None:
    """Return what the answer must say about a name.

    None if the name was typed as it is. Formatting characters around a name are no error.
    """
    if not isinstance(found, Unique) or not (found.corrected or found.begun):
        return None
    bare = typed.strip(_FORMATTING)
    if loose(bare) == loose(found.entry.name):
        return None
    return Correction(bare, found.entry, assumed=not found.corrected)
