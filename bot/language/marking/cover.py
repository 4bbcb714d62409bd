"""Choose the marks that explain a whole sentence best. Pure.

Every piece belongs to exactly one mark; one that no mark explains is unknown, which costs most. The cheapest cover is
found from left to right; a preposition makes the kind of name likelier that it usually precedes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.licensing import Dimension
from bot.language.marking.marks import Mark, MarkKind, NameMark
from bot.language.marking.pieces import Piece

_UNKNOWN = 1.0
_RANGE = -0.03
_NUMBER = "number"
# What a word means between numbers: `20 à 40`, `9 sur 10`.
_AFTER_NUMBERS = ("to", "inof", "tail")
_PICTURE = 0.3  # emoji, and signs that mean nothing here
_EXPECTED = -0.06
_UNEXPECTED = 0.03
_COMPARISON = "cmp"  # `über 50 %` is a limit, `über Fabrikam` is not
_GREETING = "hello"
_SELDOM = 0.5
_GREETED = -0.01
_INNER = 0.3  # a name known by a word that does not begin it
_PLACE = 0.9  # "in Europe" is no customer
# What a preposition usually precedes.
_AFTER: Mapping[str, frozenset[Dimension]] = {
    "customer": frozenset({Dimension.CUSTOMER}),
    "subject": frozenset({Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT}),
    "product": frozenset({Dimension.PRODUCT, Dimension.WORKLOAD}),
    "channel": frozenset({Dimension.CHANNEL}),
}


# Other marks after which something is expected: `in` is also a preposition, and a name may follow a greeting.
_OTHERS: Mapping[tuple[str, object], str] = {("inof", "in"): "product", ("small", _GREETING): _GREETING}


@dataclass(frozen=True, slots=True)
class _Node:
    cost: float
    mark: Mark | None = None
    before: "_Node | None" = None


def best_cover(pieces: Sequence[Piece], found: Sequence[Sequence[Mark]]) -> tuple[tuple[Mark, ...], float]:
    """Return the cheapest marks that cover all pieces, and their cost.

    `found[i]` are the marks that begin with piece i.
    """
    nodes: list[dict[str, _Node]] = [{} for _ in range(len(pieces) + 1)]
    nodes[0][""] = _Node(0.0)
    for at in range(len(pieces)):
        here = nodes[at]
        if not here:
            continue
        marks = [*found[at], _alone(pieces, at)]
        for state, node in here.items():
            for mark in marks:
                cost = node.cost + mark.cost + _fit(state, mark)
                after = _state(state, mark)
                reached = nodes[mark.end].get(after)
                if reached is None or cost < reached.cost:
                    nodes[mark.end][after] = _Node(cost, mark, node)
    best = min(nodes[-1].values(), key=lambda node: node.cost, default=_Node(0.0))
    marks_back: list[Mark] = []
    last: _Node | None = best
    while last is not None and last.mark is not None:
        marks_back.append(last.mark)
        last = last.before
    return tuple(reversed(marks_back)), best.cost


def _alone(pieces: Sequence[Piece], at: int) -> Mark:
    """Return the mark of a piece that nothing else explains."""
    piece = pieces[at]
    if piece.is_sign or not any(character.isalnum() for character in piece.text):
        return Mark(at, at + 1, MarkKind.SIGN, piece.text, 0.02 if piece.is_sign else _PICTURE)
    return Mark(at, at + 1, MarkKind.UNKNOWN, piece.text, _UNKNOWN)


def may_be_a_first_name(mark: Mark) -> bool:
    """Return True for an unknown word, and for one that seldom is a time: `Jan`."""
    return mark.kind == MarkKind.UNKNOWN or (
        mark.kind == MarkKind.TIME and mark.end == mark.start + 1 and mark.cost > _SELDOM
    )


def _state(before: str, mark: Mark) -> str:
    """Return what the next mark follows: a number, a comparison, a greeting, or the kind of a preposition."""
    if mark.kind == MarkKind.NUMBER or (mark.kind == "percent" and before == _NUMBER):
        return _NUMBER
    if mark.kind == "prep":
        return str(mark.value)
    if mark.kind in (_COMPARISON, "than"):
        return _COMPARISON
    if (mark.kind, mark.value) in _OTHERS:
        return _OTHERS[mark.kind, mark.value]
    return before if _keeps(before, mark) else ""


def _keeps(before: str, mark: Mark) -> bool:
    """Return True for an article, and for the hyphen of `10-ből 9`."""
    if before == _NUMBER:
        return mark.kind == "article" or (mark.kind == MarkKind.SIGN and mark.value == "-")
    return bool(before) and mark.kind in ("article", "filler")


def _fit(state: str, mark: Mark) -> float:
    """Return what a mark costs less or more in this place."""
    if state == _NUMBER and mark.kind in _AFTER_NUMBERS:
        return _RANGE
    if state == _COMPARISON and mark.kind in (MarkKind.NUMBER, "share"):
        return _EXPECTED
    if state == _GREETING and may_be_a_first_name(mark):  # `Beste Jan`
        return _GREETED
    return _fit_of_name(state, mark) if state and isinstance(mark.value, NameMark) else 0.0


def _fit_of_name(state: str, mark: Mark) -> float:
    """Return what a name costs less or more after a preposition."""
    expected = _AFTER.get(state)
    if expected is None or not isinstance(mark.value, NameMark) or not mark.value.entries:
        return 0.0
    if state == "product" and mark.cost >= _INNER and Dimension.CUSTOMER in {e.dimension for e in mark.value.entries}:
        return _PLACE
    return _EXPECTED if mark.value.entries[0].dimension in expected else _UNEXPECTED
