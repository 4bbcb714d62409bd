"""Find two questions in one: `Fabrikam on Teams and Hawthorn on Exchange`.

One question asks about every name with every other; what was said of pairs would be answered as something else. Pure.
"""

from collections.abc import Iterator

from bot.domain.licensing import Dimension
from bot.language.composing.conditions import CONDITIONS
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind, NameMark

_GROUPS = {Dimension.SERVICE: Dimension.WORKLOAD}
_PAIRS = 4


_LEAVES_OUT = frozenset({"except", "not"})
_LISTED = frozenset({"prep", "inof", "dim", "and", MarkKind.NAME})


def crossed(stream: MarkStream) -> bool:
    """Return True if two kinds of things take turns, each time another one."""
    said = list(_said(stream))
    for start in range(len(said) - _PAIRS + 1):
        kinds = [kind for kind, _ in said[start : start + _PAIRS]]
        one, other, one_more, other_more = (value for _, value in said[start : start + _PAIRS])
        if kinds[0] == kinds[2] != kinds[1] == kinds[3] and one != one_more and other != other_more:
            return True
    return False


def _said(stream: MarkStream) -> Iterator[tuple[object, object]]:
    """Yield the names and conditions that were understood, those of one kind beside each other as one.

    What is left out belongs to no pair.
    """
    last: object = None
    values: list[object] = []
    leaves_out = False
    for at, mark in enumerate(stream.marks):
        leaves_out = mark.kind in _LEAVES_OUT or (leaves_out and mark.kind in _LISTED)
        if leaves_out:
            continue
        kind, value = _of(stream, at, mark.kind, mark.value)
        if kind is None:
            continue
        if kind != last and values:
            yield last, tuple(values)
            values = []
        last = kind
        values.append(value)
    if values:
        yield last, tuple(values)


def _of(stream: MarkStream, at: int, kind: str, value: object) -> tuple[object, object]:
    if stream.taken.get(at) == CONDITIONS:
        return CONDITIONS, at
    if kind == MarkKind.NAME and isinstance(value, NameMark) and value.entries:
        dimension = value.entries[0].dimension
        return _GROUPS.get(dimension, dimension), value.entries
    return None, None
