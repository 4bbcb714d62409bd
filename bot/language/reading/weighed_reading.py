"""The best reading of a sentence beside the next best one, and what decided. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.language.marking.cover import Cover
from bot.language.marking.marks import Mark, NameMark
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import Reading
from bot.language.reading.rivals import Dispute

FARTHEST = 0.3  # a reading that is dearer by more is of no interest


@dataclass(frozen=True, slots=True)
class WeighedMark:
    """Words, what they were considered, and what that costs."""

    words: str
    taken_for: str
    cost: float


@dataclass(frozen=True, slots=True)
class WeighedReading:
    """A reading of a sentence, and the next best that leads elsewhere.

    `next_best` is None if there is none. `dearer`: by how much it costs more. `mine` and `theirs`: what the two
    readings consider otherwise.
    """

    reading: Reading
    next_best: Reading | None = None
    dearer: float = 0.0
    mine: tuple[WeighedMark, ...] = ()
    theirs: tuple[WeighedMark, ...] = ()


def weighed(
    reading: Reading,
    cover: Cover,
    others: Iterable[Cover],
    read: Callable[[Cover], Reading],
    said: Callable[[Mark], str],
) -> WeighedReading:
    """Return the reading beside the first of the others that leads elsewhere."""
    led = None if reading.meaning is None else command_of(reading.meaning)

    def told(mark: Mark) -> WeighedMark:
        named = mark.value.entries[0].dimension.value if isinstance(mark.value, NameMark) and mark.value.entries else ""
        return WeighedMark(said(mark), named or mark.kind, mark.cost)

    for other in others:
        found = read(other)
        if found.meaning is None or command_of(found.meaning) == led:
            continue
        dispute = Dispute.between(cover, other)
        mine, theirs = (tuple(map(told, marks)) for marks in (dispute.mine, dispute.theirs))
        return WeighedReading(reading, found, other.cost - cover.cost, mine, theirs)
    return WeighedReading(reading)
