"""Change the last question by a sentence that is not whole by itself.

`and SharePoint?`, `only under 40`. Pure.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.meaning import SEAT_MEASURES, Act, Keep, Meaning, Measure, Named, Versus
from bot.domain.licensing import Dimension
from bot.language.composing.comparison import compared_with
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind, NameMark
from bot.language.moments.time_values import Period
from bot.language.reading.choices.chosen_entry import ambiguous_name
from bot.language.reading.limits.kind_limits import SOLD
from bot.language.reading.limits.seat_measures import of_assigned, seats_of

_QUESTIONS = frozenset(Act) - {Act.LIST, Act.MANAGE, Act.ACCOUNT, Act.HELP}
_AGAINST = "versus"
_MARKS = ("follow", "also", "only", "same", "again", "instead", "it")
_REFERS = ("follow", "also", "same", "instead", "it")  # to what was asked, also in a whole sentence
_ABOUT = frozenset({"dim", "who", "everyone", MarkKind.NAME})  # what a condition is about, if they are in it
_ALL = frozenset({"all", "it", "inof", "and", "only", "small", "closing"})
_REPORTED = frozenset({Act.DIGEST, Act.ALERT})
# The kinds of names that replace each other.
_GROUPS = (
    frozenset({Dimension.CUSTOMER}),
    frozenset({Dimension.WORKLOAD, Dimension.SERVICE}),
    frozenset({Dimension.PRODUCT}),
    frozenset({Dimension.CHANNEL}),
)


def follows(stream: MarkStream, said: Meaning, before: Meaning) -> bool:
    """Return True if the sentence continues with the question `before`."""
    if before.act not in _QUESTIONS or said.act not in _QUESTIONS:
        return False
    return fills(said, before) is not None or _continues(stream, said, before)


def _continues(stream: MarkStream, said: Meaning, before: Meaning) -> bool:
    whole = stream.has("report", "kind") or stream.has("act", value="usage") or _asks_for_sold(said)
    whole = whole or said.kind is AnswerKind.SOLD_USE  # "usage of licenses sold to Atlas"
    whole = whole or (said.act is Act.TREND and stream.has("everyone"))  # "trend for everybody"
    back = stream.points_back and before.kind in SOLD  # "those below 40%" are of those that are shown
    begins = bool(stream.marks) and stream.marks[0].kind in ("and", _AGAINST, *_MARKS)
    if whole and not begins:
        return stream.has("same", "it") and not said.names
    if said.act in _REPORTED and (said.by or any(not each.negative for each in said.names)):
        return begins or refers(stream)  # "digest every friday by customer" says what it is about
    if begins or (back and not whole) or stream.has(*_MARKS) or stream.has("except", value="instead"):
        return True
    if _stands_alone(stream, said):
        return False
    if any(not each.negative for each in said.names):
        return _is_fragment(stream) and before.act is not Act.DIGEST
    return not stream.has("use")  # "without E1" is no question by itself


def _asks_for_sold(said: Meaning) -> bool:
    """Return True for `unassigned licenses by customer`, as for `usage by customer`; `unassigned` alone follows."""
    return said.measure in SEAT_MEASURES and bool(said.by or any(not each.negative for each in said.names))


def refers(stream: MarkStream) -> bool:
    """Return True for `make that weekly`: it speaks of what was asked before."""
    return stream.has(*_REFERS)


def stands_beside(stream: MarkStream, rest: MarkStream) -> bool:
    """Return True for `tell me every friday when any customer drops below 40%`.

    Its condition says what it is about. `rest` is the sentence without the condition. `only if a customer …` restricts
    what was asked before.
    """
    beside = {mark.start for mark in rest.given}
    clause = [mark for mark in stream.given if mark.start not in beside]
    about = any(mark.kind in _ABOUT for mark in clause)
    asks = rest.has("act") or (rest.has(MarkKind.TIME) and clause[0].kind != "only")
    return about and asks and not rest.has("do") and not refers(rest) and rest.marks[0].kind != "and"


def _stands_alone(stream: MarkStream, said: Meaning) -> bool:
    """Return True for `customers below 50%` and `top 10 by customer`, which say what the lines are."""
    begins = bool(stream.marks) and stream.marks[0].kind in ("dim", "which", "who")
    if begins and not said.names and not stream.has("use", "act", "dim", "seats"):
        return False  # "which ones are below 50%", "who is the worst"
    return begins or (said.keep is not None and bool(said.by))


def _is_fragment(stream: MarkStream) -> bool:
    """Return True for `on Teams`, `Teams not Exchange` and `for Atlas`: names that ask for nothing by themselves.

    A customer alone is a question: everything about that customer.
    """
    if {mark.kind for mark in stream.marks} - {
        "prep",
        "small",
        "and",
        "not",
        "except",
        "now",
        MarkKind.NAME,
        MarkKind.TIME,
    }:
        return False
    named = [mark.value for mark in stream.marks if isinstance(mark.value, NameMark)]
    customers = any(entry.dimension is Dimension.CUSTOMER for each in named for entry in each.entries)
    return stream.marks[0].kind == "prep" or not customers


def fills(said: Meaning, before: Meaning) -> Named | None:
    """Return the name that answers the question which of several was meant.

    None if it is no such answer.
    """
    several = ambiguous_name(before)
    if several is None or len(said.names) != 1 or len(said.names[0].entries) != 1:
        return None
    if said.conditions or said.by or said.keep or said.schedule or said.measure:
        return None
    return said.names[0] if said.names[0].dimension is several.dimension else None


def continued(stream: MarkStream, said: Meaning, before: Meaning, today: date) -> Meaning:
    """Return the question `before` with what was said replaced or added."""
    said = _compared(said, before, today)
    before = _of_report(stream, said, before)
    if before.measure is Measure.UNASSIGNED:
        said = replace(said, conditions=tuple(map(of_assigned, said.conditions)))
    names = _names(stream, said, before)
    measures = {each.measure for each in said.conditions}
    freed = before.keep is None and {mark.kind for mark in stream.marks} <= _ALL  # "all of them", after a limit
    kept = tuple(each for each in before.conditions if each.measure not in measures and not freed)
    if (beside := _beside(stream, said, before)) is not None:
        return beside
    other = (before.kind in SOLD and said.kind is not before.kind) or _leaves_sold_use(stream, said, before)
    act = said.act if said.act is not Act.USAGE or other else before.act
    if act is Act.TREND and before.versus is not None:
        before = _developing(before)
    counted = before.kind not in SOLD and _counts(stream, before)  # their cards say how many there are
    output = said.output or ("count" if counted else before.output)
    return replace(
        before,
        act=act,
        names=names,
        mine=said.mine or (before.mine and _stays_mine(stream, said)),
        measure=said.measure or before.measure,
        by=said.by or before.by,
        keep=_kept(stream, said, before),
        conditions=(*kept, *said.conditions),
        day=said.day or (None if said.period else before.day),
        period=said.period or (None if said.day or said.ahead is not None else before.period),
        goes_on=said.goes_on if said.period else before.goes_on,
        versus=said.versus or before.versus,
        kind=said.kind if said.kind is not AnswerKind.FIGURES or other else before.kind,
        step=said.step or before.step,
        moved=said.moved or before.moved,
        schedule=said.schedule or before.schedule,
        output=output,
        ahead=said.ahead if said.ahead is not None or said.period or said.day else before.ahead,
        renewing=said.renewing or before.renewing,
    )


def _of_report(stream: MarkStream, said: Meaning, before: Meaning) -> Meaning:
    """Return the question before, without numbers of the other report.

    `and sold?` after usage, `and used?` after what was sold.
    """
    to_seats = said.measure in SEAT_MEASURES
    to_usage = said.measure is not None or stream.has("use") or stream.has("act", value="usage")
    was_seats = seats_of(before) is not None
    if to_seats is was_seats or not (to_seats or to_usage):
        return before
    return replace(
        before, measure=None, conditions=(), keep=before.keep and replace(before.keep, measure=Measure.SHARE)
    )


def _leaves_sold_use(stream: MarkStream, said: Meaning, before: Meaning) -> bool:
    """Return True for `and unassigned?` and `and the usage?`, which one report answers."""
    if before.kind is not AnswerKind.SOLD_USE or said.kind is not AnswerKind.FIGURES:
        return False
    return said.measure in SEAT_MEASURES or (stream.has("act", value="usage") and not said.conditions)


def _stays_mine(stream: MarkStream, said: Meaning) -> bool:
    return stream.has("also") or not (said.names_customers or stream.has("everyone"))


def without_kept(asked: Meaning, said: Meaning) -> Meaning | None:
    """Return what is asked without the limits that only the question before names.

    None if there are none of them.
    """
    freed = replace(asked, conditions=said.conditions, moved=said.moved)
    return None if freed == asked else freed


def _compared(said: Meaning, before: Meaning, today: date) -> Meaning:
    """Return a day or period that was said after a comparison as what is compared with."""
    if before.versus is None or said.versus is not None or said.act is not Act.USAGE:
        return said
    if said.day is not None:
        return replace(said, day=None, versus=Versus(said.day, taken=said.day))
    if said.period is None:
        return said
    return replace(said, period=None, goes_on=False, versus=compared_with(Period(*said.period), today))


def _developing(before: Meaning) -> Meaning:
    """Return a comparison as a question about the time since the earlier day, for a trend."""
    first = None if before.versus is None else before.versus.taken or before.versus.first
    period = (first, before.day or date.max) if first is not None else before.period
    goes_on = before.day is None if first is not None else before.goes_on
    return replace(before, versus=None, moved=None, day=None, period=period, goes_on=goes_on)


def _beside(stream: MarkStream, said: Meaning, before: Meaning) -> Meaning | None:
    """Return the question with names beside its own: `how does that compare to Atlas?`, `vs Atlas`.

    None if it is no comparison; one of two days is a question of its own.
    """
    against = stream.is_(0, _AGAINST)
    if not (against or said.act is Act.COMPARE) or said.versus is not None or not said.names:
        return None
    dimension = said.names[0].dimension
    if not before.called(dimension) or any(each.dimension is not dimension or each.negative for each in said.names):
        return None
    stream.take("by", *([0] if against else []))
    return replace(before, names=tuple(dict.fromkeys((*before.names, *said.names))), by=(dimension,))


def _kept(stream: MarkStream, said: Meaning, before: Meaning) -> Keep | None:
    """Return the ranking: `top 20` after a ranking by unused licenses is by them, too; `the first three` are of it."""
    if said.keep is None and stream.has("all"):  # "all", after a ranking
        return None
    if said.keep is None and before.keep is not None and said.measure is not None:  # "by unused"
        return replace(before.keep, measure=said.measure)
    if said.keep is not None and before.measure in SEAT_MEASURES and said.keep.measure is Measure.SHARE:
        said = replace(said, keep=replace(said.keep, measure=said.measure or before.measure))
    if said.keep is None or before.keep is None:
        return said.keep or before.keep
    if not stream.has("rank"):
        return replace(before.keep, n=said.keep.n)
    named = said.measure is not None or stream.has("each") or said.keep.measure is not Measure.SHARE
    keep = said.keep if said.keep.n is not None else replace(said.keep, n=before.keep.n)  # "bottom", after "top 5"
    return keep if named or keep.top is not before.keep.top else replace(keep, measure=before.keep.measure)


def _counts(stream: MarkStream, before: Meaning) -> bool:
    """Return True for `how many is that?` after a list of customers."""
    asked = {mark.kind for mark in stream.marks} <= {"many", "it", "follow", "and", "seelist", "small", "have"}
    return asked and stream.has("many") and not before.called(Dimension.CUSTOMER)


def _names(stream: MarkStream, said: Meaning, before: Meaning) -> tuple[Named, ...]:
    if (stream.has("everyone", "all") or said.mine) and not said.called(Dimension.CUSTOMER):
        before = replace(before, names=tuple(each for each in before.names if each.dimension is not Dimension.CUSTOMER))
    if stream.has("also") or (stream.is_(0, "and") and stream.value(0) == "plus"):
        return tuple(dict.fromkeys((*before.names, *said.names)))
    said = replace(said, names=tuple(_corrected(stream, said, before)))
    left_out = {each.entries for each in said.names if each.negative}
    before = replace(before, names=tuple(each for each in before.names if each.entries not in left_out))
    named = [each for each in said.names if not each.negative]
    replaced = {dimension for each in named for group in _GROUPS if each.dimension in group for dimension in group}
    kept = [each for each in before.names if each.dimension not in replaced or each.negative]
    return (*kept, *said.names)


def _corrected(stream: MarkStream, said: Meaning, before: Meaning) -> Iterator[Named]:
    """Yield what was said.

    SharePoint is asked for in `not Teams, SharePoint` after a question on Teams.
    """
    asked = {each.entries for each in before.names if not each.negative}
    corrects = stream.marks[0].kind == "not" and any(each.negative and each.entries in asked for each in said.names)
    for each in said.names:
        yield replace(each, negative=False) if corrects and each.entries not in asked else each
