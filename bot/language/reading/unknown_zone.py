"""Find a time zone that does not exist: `Europe/Atlantis`. Pure."""

from collections.abc import Sequence

from bot.language.marking.marks import Mark, MarkKind
from bot.language.marking.pieces import Piece
from bot.language.moments.builtin_rules import REGIONS

_JOINTS = frozenset("/_-+")


def unknown_zone(pieces: Sequence[Piece], unknown: Sequence[Mark]) -> Mark | None:
    """Return the pieces that are written as a time zone, if some are `unknown`.

    None if there are none.
    """
    for start in range(len(pieces) - 2):
        end = _end(pieces, start)
        if end is not None and any(start <= mark.start and mark.end <= end for mark in unknown):
            return Mark(start, end, MarkKind.UNKNOWN)
    return None


def _end(pieces: Sequence[Piece], start: int) -> int | None:
    """Return the end of a word that begins with a region and a slash; None if there is none."""
    if pieces[start].folded not in REGIONS or not (pieces[start + 1].text == "/" and pieces[start + 1].glued):
        return None
    end = start + 2
    while end < len(pieces) and pieces[end].glued and (pieces[end].text.isalnum() or pieces[end].text in _JOINTS):
        end += 1
    return end if end > start + 2 else None
