"""Read the words of a clause behind its `if`: `a customer drops below 50%`. Pure."""

from dataclasses import dataclass, replace

from bot.commands.documents.condition_document import MOST_UNUSED
from bot.commands.meaning import SEAT_MEASURES, Condition, Measure, Unit
from bot.commands.run_condition import RunCondition
from bot.domain.licensing import Dimension
from bot.language.composing.conditions import FALLING, condition_at
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import Mark, MarkKind

_SUBJECTS = frozenset({"dim", "who", "measure", "seats"})
_BESIDE = ("prep", "have", "use", "inof", "it", "which")  # what says nothing by itself
_USAGE = ("act", "usage")
_FALLS = "falls"  # a verb that says so behind a limit, and nothing elsewhere
_WHOLE = 100.0  # percent
_SEATS = {Measure.UNUSED: False, Measure.ACTIVE: False, **dict.fromkeys(SEAT_MEASURES, True)}
_OF_USAGE = {Measure.UNASSIGNED: Measure.UNUSED}
_PERCENTAGES = {Measure.UNASSIGNED: Measure.UNUSED, Measure.ASSIGNED: Measure.SHARE}


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """What the first `end` marks say.

    `found`: a condition is in them, `condition` is one that can be tested. `subject`: they say what is to meet it,
    `lines` of which dimension. `named`: they name a line, or say all of them; a condition is about any line. `seats`:
    they speak of sold licenses, or of usage; None for neither.
    """

    end: int = 0
    found: bool = False
    condition: RunCondition | None = None
    subject: bool = False
    lines: Dimension | None = None
    named: bool = False
    seats: bool | None = None


def clause_words(stream: MarkStream, *, changed: bool, any_line: bool) -> ClauseWords:
    """Read the marks from the first one on.

    `changed`: what is before them says that something changed; `any_line`: that it is about something.
    """
    read = ClauseWords(found=True, condition=RunCondition(changed=True)) if changed else _one(stream, 0)
    read = replace(read, subject=read.subject or any_line)
    while read.found and (end := _another(stream, read.end)):
        read = replace(read, end=end, condition=None)  # no digest has two
    return read


def _another(stream: MarkStream, at: int) -> int:
    """Return where a further condition ends, such as `and below 50%`; 0 if there is none."""
    if stream.is_(at, "and"):
        other = _one(stream, at + 1)
        return other.end if other.found else 0
    further = condition_at(stream, at)
    return 0 if further is None else max([further[1], *(each + 1 for each in stream.taken)])


def _one(stream: MarkStream, start: int) -> ClauseWords:
    """Read one condition, and what is before it."""
    said, at, falling = ClauseWords(start), start, False
    while at < len(stream):
        if (limit := condition_at(stream, at)) is not None:
            return _limited(stream, said, limit, start, falling=falling)
        mark = stream.marks[at]
        if mark.kind == "change" and mark.value != "down":
            condition = RunCondition(changed=True) if mark.value == "any" else None
            return replace(said, end=at + 1, found=True, condition=condition)
        if mark.kind in (MarkKind.NAME, "everyone", "each"):  # one line, or all of them: a condition is about any
            said = replace(said, named=True, subject=True)
        elif mark.kind == "change":
            falling = True
            stream.take(FALLING, at)  # a limit behind it is no other thing: "dropped below 50%"
        elif mark.kind in _SUBJECTS or (mark.kind, mark.value) == _USAGE:
            lines = Dimension.CUSTOMER if mark.kind == "who" else None
            lines = Dimension(stream.value(at)) if mark.kind == "dim" else lines
            said = replace(said, subject=True, lines=said.lines or lines)
        elif mark.kind not in _BESIDE:
            break
        at += 1
        said = replace(said, end=at)
    return replace(said, found=falling)  # "if something dropped"


def _limited(
    stream: MarkStream, said: ClauseWords, limit: tuple[list[Condition], int], start: int, *, falling: bool
) -> ClauseWords:
    """Return the words with their limit, and with the verb that may be behind it."""
    found, end = limit
    end = max([end, *(at + 1 for at in stream.taken)])
    if stream.is_(end, "change") and stream.value(end) == "down":  # `unter 50 % fällt`
        falling, end = True, end + 1
    elif stream.is_(end, "have"):  # `mehr als 20 ungenutzte Lizenzen hat`
        end += 1
    elif (verb := _verb(stream, end)) is not None:  # `onder 50% komt`
        falling = falling or verb.value == _FALLS
    marks = stream.marks[start:end]
    falling = falling or any(mark.kind in ("cmp", "tail") and mark.value == FALLING for mark in marks)
    return replace(
        said,
        end=end,
        found=True,
        condition=tested(found, falling=falling),
        seats=_SEATS.get(found[0].measure),
        named=said.named or any(mark.kind == MarkKind.NAME for mark in marks),
    )


def _verb(stream: MarkStream, end: int) -> Mark | None:
    """Return the mark without meaning that is behind so many marks with meaning; None if there is none."""
    behind = next((mark for mark in stream.given if mark.start == stream.marks[end - 1].end), None)
    return behind if behind is not None and behind.kind == "filler" else None


def tested(found: list[Condition], *, falling: bool) -> RunCondition | None:
    """Return what a digest can test.

    None for `at least 50%`, `between 20 and 40%` and the like.
    """
    if len(found) != 1:
        return None
    measure, operator, value, unit = found[0].measure, found[0].operator, found[0].value, found[0].unit
    if measure in SEAT_MEASURES:  # which report it is about is decided by the question
        measure = _OF_USAGE.get(measure, measure) if unit is Unit.LICENSES else _PERCENTAGES.get(measure, measure)
    if (measure, operator, unit) == (Measure.UNUSED, ">", Unit.PERCENT):  # the same as less than the rest in use
        measure, operator, value = Measure.SHARE, "<", _WHOLE - value
    if (measure, operator, unit) == (Measure.SHARE, "<", Unit.PERCENT):
        share = round(value / _WHOLE, 6)
        if not 0 < share <= 1:
            return None
        return RunCondition(drops_below=share) if falling else RunCondition(below=share)
    if measure is not Measure.UNUSED or unit is not Unit.LICENSES or falling:
        return None
    most = int(value) - (operator == ">=")
    fits = operator in (">", ">=") and value == int(value) and 0 <= most <= MOST_UNUSED
    return RunCondition(unused_above=most) if fits else None
