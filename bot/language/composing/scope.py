"""Read which names a sentence includes and leaves out. Pure."""

from bot.commands.meaning import Named
from bot.domain.licensing import Dimension
from bot.language.composing.conditions import CONDITIONS
from bot.language.composing.relations import dimension_of
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind, NameMark
from bot.language.marking.pieces import Piece

_COMMAS = frozenset(",;/&")
_INSTEAD = "instead"


def scope(stream: MarkStream, text: str, pieces: tuple[Piece, ...]) -> tuple[Named, ...]:
    """Take every name that the directory knows, with those that are excluded."""
    negative = _excluded(stream, pieces)
    found: dict[tuple[object, ...], Named] = {}
    for at in stream.all_of(MarkKind.NAME):
        mark = stream.marks[at]
        named = mark.value
        if not isinstance(named, NameMark) or not named.entries:
            continue
        typed = text[pieces[mark.start].left : pieces[mark.end - 1].right].strip()
        stream.take(named.entries[0].dimension.value, at)
        partly = not (named.exact or named.corrected)
        one = Named(typed, named.entries, at in negative, named.corrected, partly)
        found.setdefault((one.entries, one.negative), one)
    return tuple(found.values())


def _excluded(stream: MarkStream, pieces: tuple[Piece, ...]) -> set[int]:
    """Return the positions of names that are left out: those after `except`, up to the next other word."""
    found: set[int] = set()
    for at in stream.all_of("except_after", "except", "not", "do"):
        around = stream.value(at) == "around" and stream.is_(at + 1, MarkKind.NAME)  # `beste op Teams na Fabrikam`
        if (stream.is_(at, "except_after") and not around) or _is_behind(
            stream, at
        ):  # `a Skype kivételével`: after its name
            names = _before(stream, at, pieces)
            if names and not _is_of_others(stream, names):
                stream.take("filter", at)
                found |= names
        removed = stream.is_(at, "do") and stream.value(at) == "remove"  # `enlève Skype`
        if not (removed or stream.is_(at, "except") or (stream.is_(at, "not") and _leaves_out(stream, at, pieces))):
            continue
        names = _after(stream, at + 1, pieces, listed=stream.value(at) != _INSTEAD)
        if names and not _is_of_others(stream, names):
            stream.take("filter", at)
            found |= names
    return found


def _is_of_others(stream: MarkStream, names: set[int]) -> bool:
    """Return True for the Skype of `customers with Teams but without Skype`, and of `below 50% on Teams, not on Skype`.

    No row of Teams is of Skype: it is the customers that are meant, and which of them use it is another question.
    """
    denied = {dimension_of(stream.marks[at].value) for at in names}
    others = {
        dimension_of(mark.value)
        for at, mark in enumerate(stream.marks)
        if mark.kind == MarkKind.NAME and at not in names
    }
    chosen = stream.lists_customers or CONDITIONS in stream.taken.values()
    return chosen and bool(denied & others & {Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT})


def _is_behind(stream: MarkStream, at: int) -> bool:
    """Return True for an exclusion that may be on either side, and has no name after it."""
    return stream.is_(at, "except") and stream.value(at) == "either" and not stream.is_(_skip(stream, at + 1), "name")


def _leaves_out(stream: MarkStream, at: int, pieces: tuple[Piece, ...]) -> bool:
    """Return True for `not Exchange`, and not for `nutzt Fabrikam nicht auf Exchange`, where the verb is denied.

    Nor for `die nicht mit Exchange arbeiten`.
    """
    after = _skip(stream, at + 1)
    if stream.value(at) in ("verb", "again") or not stream.is_(after, MarkKind.NAME):
        return False
    if not stream.asides.isdisjoint(range(stream.marks[at].end, stream.marks[after].start)):  # "not urgent, Teams"
        return False
    while stream.is_(after, "prep", "dim", "and", "seats", MarkKind.NAME):
        after += 1
    if after < len(stream) and stream.marks[after].kind in ("use", "refused", "kind"):
        return False
    if stream.is_(after, "measure") and stream.value(after) == "active":
        return False
    begin = stream.marks[at].start
    if begin and pieces[begin - 1].text in _COMMAS:
        return True
    before = at - 1
    while stream.is_(before, "prep", "dim", "seats", MarkKind.NAME):
        before -= 1
    return not stream.is_(before, "use")


def _skip(stream: MarkStream, at: int) -> int:
    while stream.is_(at, "prep", "dim"):
        at += 1
    return at


def _after(stream: MarkStream, at: int, pieces: tuple[Piece, ...], *, listed: bool) -> set[int]:
    """Return the names of a list: after a comma or `and` it continues, after a preposition alone it does not.

    After a comma only with names of one kind: `not at Atlas, Teams usage` leaves out Atlas. Not `listed`: after a comma
    it ends, as in `instead of Atlas, Fabrikam`.
    """
    found: set[int] = set()
    kinds: set[str] = set()
    comma = False
    end = 0
    while True:
        at = _skip(stream, at)
        if not stream.is_(at, MarkKind.NAME) or (comma and _kind(stream, at) not in kinds):
            return found
        if comma and not stream.asides.isdisjoint(range(end, stream.marks[at].start)):
            return found
        found.add(at)
        kinds.add(_kind(stream, at))
        end = stream.marks[at].end
        at += 1
        comma = not stream.is_(at, "and")
        if not comma:
            at += 1
        elif not listed or end >= len(pieces) or pieces[end].text not in _COMMAS:
            return found


def _kind(stream: MarkStream, at: int) -> str:
    """Return `customer` or `channel`, and "" for what is used, which may be a workload beside a product."""
    named = stream.marks[at].value
    entries = named.entries if isinstance(named, NameMark) else ()
    own = (Dimension.CUSTOMER, Dimension.CHANNEL)
    return next((entry.dimension.value for entry in entries if entry.dimension in own), "")


def _before(stream: MarkStream, at: int, pieces: tuple[Piece, ...]) -> set[int]:
    """Return the names of a list that ends here: `Teams, Skype és SharePoint nélkül`."""
    found: set[int] = set()
    at -= 1
    while stream.is_(at, MarkKind.NAME):
        found.add(at)
        begin = stream.marks[at].start
        at -= 1
        if stream.is_(at, "and"):
            at -= 1
        elif not begin or pieces[begin - 1].text not in _COMMAS:
            return found
    return found
