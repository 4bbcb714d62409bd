"""Choose the marks that explain a whole sentence best, and the next best.

Pure.

Every piece belongs to exactly one mark; one that no mark explains is unknown, which costs most. The cheapest cover is
found from left to right; what is expected after a mark (`expectations`) costs less there. The next best covers are each
the cheapest with one mark that the best one does not have: nothing is looked up again for them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from bot.language.marking.costs import Costs
from bot.language.marking.expectations import NOTHING, Expectations
from bot.language.marking.mark_stream import SILENT
from bot.language.marking.marks import Mark, MarkKind
from bot.language.marking.pieces import Piece
from bot.language.text.reading_effort import ReadingEffort, Work

MOST = 8  # covers of a sentence
_UNKNOWN = 1.0  # what the other costs are measured by
_TRIED = 4 * MOST  # many covers are the same but for words without meaning


@dataclass(frozen=True, slots=True)
class Cover:
    """Marks that cover a whole sentence, and what they cost together."""

    marks: tuple[Mark, ...]
    cost: float


class _Node:
    """A place in the sentence with what is expected there.

    `arrivals` are the marks that end here with the node before them, the best first. `rest` is what the best way to the
    end costs, which begins with `onward`.
    """

    __slots__ = ("arrivals", "cost", "onward", "rest")

    def __init__(self, cost: float) -> None:
        self.cost = cost
        self.arrivals: list[tuple[float, Mark, _Node]] = []
        self.rest = inf
        self.onward: tuple[Mark, _Node] | None = None


def covers(
    pieces: Sequence[Piece],
    found: Sequence[Sequence[Mark]],
    costs: Costs,
    margin: float | None = None,
    effort: ReadingEffort | None = None,
) -> Iterator[Cover]:
    """Yield the cheapest covers of all pieces, the best first, at most MOST of them.

    `found[i]` are the marks that begin with piece i. No two covers have the same marks with meaning, and none costs
    more than the best one by `margin` (by default the widest). All but the first are worked out when asked for. Raises
    TooManyStepsError if that is more than `effort` allows.
    """
    margin = costs.margins.widest if margin is None else margin
    nodes = _lattice(pieces, found, costs, margin, effort or ReadingEffort())
    last = min(nodes[-1].values(), key=lambda node: node.cost, default=_Node(0.0))
    best = Cover(_before(last), last.cost)
    yield best
    seen = {_meant(best.marks)}
    for cost, mark, before, after in _detours(nodes, best, margin)[:_TRIED]:
        marks = (*_before(before), mark, *_after(after))
        if (meant := _meant(marks)) not in seen:
            seen.add(meant)
            yield Cover(marks, cost)
        if len(seen) == MOST:
            return


def _lattice(
    pieces: Sequence[Piece], found: Sequence[Sequence[Mark]], costs: Costs, margin: float, effort: ReadingEffort
) -> list[dict[str, _Node]]:
    """Return for each place what may be expected there, with the cheapest ways to it."""
    table = Expectations.of(costs)
    nodes: list[dict[str, _Node]] = [{} for _ in range(len(pieces) + 1)]
    nodes[0][NOTHING] = _Node(0.0)
    for at in range(len(pieces)):
        here = nodes[at]
        if not here:
            continue
        marks = [*found[at], _alone(pieces, at, costs)]
        effort.spend(Work.WAY, len(here) * len(marks))
        for state, node in here.items():
            for mark in marks:
                cost = node.cost + mark.cost + table.fit(state, mark)
                there, after = nodes[mark.end], table.after(state, mark)
                reached = there.get(after)
                if reached is None:
                    reached = there[after] = _Node(cost)
                    reached.arrivals.append((cost, mark, node))
                elif cost < reached.cost:
                    reached.cost = cost
                    reached.arrivals.insert(0, (cost, mark, node))
                elif cost <= reached.cost + margin:
                    reached.arrivals.append((cost, mark, node))
    return nodes


def _detours(nodes: Sequence[dict[str, _Node]], best: Cover, margin: float) -> list[tuple[float, Mark, _Node, _Node]]:
    """Return the marks with meaning that the best cover does not have, and what the cheapest cover with each costs.

    Each has the nodes before and after it. The cheapest is the first.
    """
    found: list[tuple[float, Mark, _Node, _Node]] = []
    for node in nodes[-1].values():
        node.rest = 0.0
    dearest = best.cost + margin
    had = set(map(id, best.marks))
    for here in reversed(nodes):
        for node in here.values():
            if node.cost + node.rest > dearest:
                continue
            for cost, mark, before in node.arrivals:
                rest = node.rest + cost - before.cost
                if rest < before.rest:
                    before.rest, before.onward = rest, (mark, node)
                if cost + node.rest <= dearest and mark.kind not in SILENT and id(mark) not in had:
                    found.append((cost + node.rest, mark, before, node))
    return sorted(found, key=lambda detour: detour[0])


def _before(node: _Node) -> tuple[Mark, ...]:
    """Return the marks of the best way to the node."""
    marks: list[Mark] = []
    while node.arrivals:
        _, mark, node = node.arrivals[0]
        marks.append(mark)
    return tuple(reversed(marks))


def _after(node: _Node) -> Iterator[Mark]:
    """Yield the marks of the best way from the node to the end."""
    while node.onward is not None:
        mark, node = node.onward
        yield mark


def _meant(marks: Sequence[Mark]) -> tuple[tuple[str, object], ...]:
    return tuple((mark.kind, mark.value) for mark in marks if mark.kind not in SILENT)


def _alone(pieces: Sequence[Piece], at: int, costs: Costs) -> Mark:
    """Return the mark of a piece that nothing else explains."""
    piece = pieces[at]
    if piece.is_sign or not any(character.isalnum() for character in piece.text):
        cost = costs.places.sign if piece.is_sign else costs.places.picture
        return Mark(at, at + 1, MarkKind.SIGN, piece.text, cost)
    return Mark(at, at + 1, MarkKind.UNKNOWN, piece.text, _UNKNOWN)
