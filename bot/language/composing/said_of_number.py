"""What the words around a number say of it.

`more than 10 active users`, `unused licenses on Teams above 100`. Pure.
"""

from dataclasses import dataclass, field

from bot.commands.meaning import SEAT_MEASURES, Condition, Measure, Unit
from bot.language.composing.rankings import PEOPLE, is_ranked_by, named_measure
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind

# A percentage of these is their own; any other is of the licenses in use.
OF_A_PERCENTAGE = (Measure.UNUSED, *SEAT_MEASURES)
_PART = ("of", "product")  # prepositions between a percentage and what it is of
_TAILS = ("seats", "measure", "percent", "not", "use", "have")
_USED = "used"  # a preposition with its verb: "used on"
_OF_SUBJECT = ("prep", "and", "have", MarkKind.NAME)  # between what is compared and the number


@dataclass(slots=True)
class SaidOfNumber:
    """What was said around a number."""

    positions: list[int] = field(default_factory=list)
    percent: bool = False
    seats: bool = False
    people: bool = False
    measure: Measure | None = None
    ranked: Measure | None = None  # what the lines are ranked by: "most unused licenses, over 100"

    @property
    def unitless(self) -> bool:
        """True if nothing says of what it is the number."""
        return not (self.percent or self.seats or self.measure or self.ranked)


def _is_of_use(stream: MarkStream, start: int) -> bool:
    """Return True for `uses fewer than 10 licenses` and `not using more than 20 seats`."""
    return stream.is_(start - 1, "use") or (stream.is_(start, "not") and stream.is_(start + 1, "use"))


def complete(stream: MarkStream, at: int, said: SaidOfNumber, earlier: Condition | None) -> None:
    """Note what is said before the condition at `at`.

    In an earlier condition, or of what it is the number.
    """
    if said.unitless and earlier is not None:
        said.percent = earlier.unit is Unit.PERCENT
        said.seats = not said.percent
        said.measure = earlier.measure
    elif said.seats and said.measure is None and said.ranked is None and _is_of_use(stream, at):
        said.measure = Measure.ACTIVE
    elif said.measure is None and said.ranked is None:
        _subject(stream, at, said)


def _subject(stream: MarkStream, start: int, said: SaidOfNumber) -> None:
    """Note what is compared, if names are between it and the number.

    `unused licenses on Teams above 100`.
    """
    at = start - 1
    while stream.is_(at, *_OF_SUBJECT):
        at -= 1
    found: list[int] = []
    while stream.is_(at, "seats", "measure") or (found and stream.is_(at, MarkKind.NAME)):
        found += [at] * (not stream.is_(at, MarkKind.NAME))
        at -= 1
    if is_ranked_by(stream, at):
        said.ranked = None if said.percent or not found else named_measure(stream, at + 1)
        return
    # Of a percentage only "unused" and the like say more: "active licenses below 50%" is a percentage as any other.
    unused = any(stream.is_(each, "measure") and stream.value(each) in OF_A_PERCENTAGE for each in found)
    if unused or not said.percent:
        for each in found:
            _note(stream, each, said)


def around(stream: MarkStream, start: int, end: int, *, counted: bool) -> SaidOfNumber:
    """Return what the words beside the number say of its unit and measure."""
    said = SaidOfNumber()
    named = stream.is_(end, MarkKind.NAME) and stream.is_(end + 1, "seats", "measure")
    at = end = end + named  # `more than 200 Exchange licenses`
    while stream.is_(at, *_TAILS) or (stream.is_(at, "prep") and stream.value(at) == "of"):
        if stream.is_(at, "prep") and not stream.is_(at + 1, "seats", "measure"):
            break
        if stream.is_(at, "not") and not _is_denied(stream, at + 1):
            break
        if stream.is_(at, "use") and not stream.is_(at - 1, "not"):
            if counted and at == end:
                said.measure = Measure.ACTIVE  # "more than 10 use Teams"
            else:
                break
        _note(stream, at, said)
        at += 1
    _note_behind_name(stream, at, said)
    if counted and at == end and stream.is_(at, "prep") and stream.value(at) == _USED:
        said.measure = Measure.ACTIVE  # "no more than 10 used on Skype"
    before = start - 1
    while stream.is_(before, "seats", "measure"):
        before -= 1
    if is_ranked_by(stream, before):
        said.ranked = named_measure(stream, before + 1)
        return said
    for at in range(start - 1, before, -1) if said.measure is None else ():
        _note(stream, at, said)
    return said


def _note_behind_name(stream: MarkStream, at: int, said: SaidOfNumber) -> None:
    """Note the measure behind a name: `20 licences E3 inutilisées`."""
    at += stream.is_(at, "prep")
    if said.seats and said.measure is None and stream.is_(at, MarkKind.NAME) and stream.is_(at + 1, "measure"):
        _note(stream, at + 1, said)


def note_after(stream: MarkStream, at: int, said: SaidOfNumber) -> int:
    """Note what follows `or more`: `10 or more that are not used`.

    Return where it ends.
    """
    while stream.is_(at, "seats", "measure", "not", "use"):
        if stream.is_(at, "not") and not _is_denied(stream, at + 1):
            break
        if stream.is_(at, "use") and not stream.is_(at - 1, "not"):
            break
        _note(stream, at, said)
        at += 1
    return at


def note_left(stream: MarkStream, at: int, said: SaidOfNumber) -> None:
    """Note what ends the clause of a percentage.

    The `unused` of `more than 40% of Teams is unused`, or its `not used`.
    """
    if not said.percent or said.measure is not None:
        return
    if not (
        stream.is_(at - 1, "share", "tail")
        or stream.is_(at, "inof")
        or (stream.is_(at, "prep") and stream.value(at) in _PART)
    ):
        return
    while stream.is_(at, "prep", "inof", "seats", MarkKind.NAME):
        at += 1
    if stream.is_(at, "measure") and stream.value(at) in OF_A_PERCENTAGE:
        _note(stream, at, said)
    elif stream.is_(at, "not") and stream.is_(at + 1, "use"):
        _note(stream, at, said)
        said.positions.append(at + 1)


def _is_denied(stream: MarkStream, at: int) -> bool:
    """Return True for `not used` and `not active`; `not unused` is no way to ask for anything."""
    return stream.is_(at, "use") or (stream.is_(at, "measure") and stream.value(at) not in OF_A_PERCENTAGE)


def _note(stream: MarkStream, at: int, said: SaidOfNumber) -> None:
    kind, value = stream.marks[at].kind, stream.value(at)
    said.positions.append(at)
    if kind == "percent":
        said.percent = True
    elif kind == "seats":
        said.seats = True
        said.people = said.people or value in PEOPLE
    elif kind == "measure":
        said.measure = Measure(value) if said.measure is not Measure.UNUSED else said.measure
        said.seats = said.seats or value != Measure.ACTIVE
    elif kind == "not":
        said.measure = Measure.UNUSED
