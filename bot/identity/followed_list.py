"""How the list of customers that a person follows changes. Pure."""

from collections.abc import Iterable, Sequence

from bot.domain.identifier import folded_id
from bot.domain.licensing import Entry

MOST_FOLLOWED = 200  # customers of one person


def changed_list(kept: Iterable[Entry], added: Sequence[Entry], removed: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the list after a change.

    It has each id once, with its newest name, and at most `MOST_FOLLOWED` of them.
    """
    gone = {folded_id(each.id) for each in removed}
    found = {folded_id(each.id): each for each in kept}
    for each in added:
        if folded_id(each.id) in found or len(found) < MOST_FOLLOWED:
            found[folded_id(each.id)] = each
    return tuple(each for identity, each in found.items() if identity not in gone)
