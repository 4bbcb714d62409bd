"""One entry for each id, whatever its names. Pure.

A service may write the name of one thing in several ways: with other blanks, in other case, or before and after it was
renamed. Whichever rows have which name, and in whichever order they come, the same one is shown.
"""

from collections.abc import Iterable

from bot.domain.identifier import folded_id, spelling_rank
from bot.domain.licensing import Entry


def one_for_each_id(entries: Iterable[Entry]) -> dict[Entry, Entry]:
    """Return for each entry of a dimension the one that is shown in its place.

    It has the best spelling of the id and of the names: one without odd blanks and invisible characters, of these the
    first by code points. An id in place of a name is used only if there is no name.
    """
    by_id: dict[str, list[Entry]] = {}
    for entry in entries:
        by_id.setdefault(folded_id(entry.id) or entry.id, []).append(entry)
    return {each: shown for same in by_id.values() for shown in [_best(same)] for each in same}


def _best(same: list[Entry]) -> Entry:
    if len(same) == 1:
        return same[0]
    id_ = min((each.id for each in same), key=spelling_rank)
    name = min(same, key=lambda each: (each.name == each.id, spelling_rank(each.name))).name
    return Entry(same[0].dimension, id_, name)
