"""Put the parts of a question together. Pure."""

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import pairwise

from bot.commands.answer_kind import AnswerKind
from bot.commands.meaning import SEAT_MEASURES, Act, Condition, Keep, Meaning, Measure, Unit
from bot.domain.licensing import Dimension
from bot.domain.subscriptions import Renewing
from bot.language.composing.comparison import BETTER
from bot.language.composing.conditions import conditions
from bot.language.composing.grouping import grouping
from bot.language.composing.kinds.seat_limits import seat_limits
from bot.language.composing.kinds.sold_use import denied_use, with_sold_use
from bot.language.composing.kinds.unused_sold import of_unused_sold
from bot.language.composing.lacking import lacking
from bot.language.composing.rankings import PEOPLE, ranking
from bot.language.composing.relations import is_name, or_not, relations
from bot.language.composing.scope import scope
from bot.language.composing.unused import denied_verb, having, is_unassigned, unused
from bot.language.marking.mark_stream import MINE, MarkStream
from bot.language.marking.marks import MarkKind
from bot.language.marking.pieces import Piece

_SHOWN = {Measure.ACTIVE, Measure.QUALIFIED, Measure.UNUSED}
FILES = frozenset({"csv", "xlsx"})
_BEHIND = "behind"  # a number of what is before it
# What may be left over without changing what is asked.
HARMLESS = frozenset(
    {"use", "have", "seats", "total", "it", "to", "and", "prep", "inof", "same", "also", "follow", "again",
     "everyone", "which", "many", "only", "all", "small", "closing", "seelist", "instead", "now"}
)  # fmt: skip


def question(stream: MarkStream, text: str, pieces: tuple[Piece, ...]) -> Meaning:
    """Take everything that belongs to a question about usage."""
    or_not(stream)
    for at in stream.all_of(MINE):
        stream.take("mine", at)
    output = _output(stream)
    limits = conditions(stream)
    counted = _is_count(stream)
    keep = ranking(stream, counted=counted)
    limits += lacking(stream)
    limits += denied_use(stream)
    names = scope(stream, text, pieces)
    denied = unused(stream, counted=counted)
    limits += having(stream, keep)
    measure, denied = of_unused_sold(stream, _measure(stream), denied)
    measure, limits = seat_limits(stream, measure, limits + denied, keep)
    by = grouping(stream)
    said_acts = {stream.value(at) for at in stream.all_of("act")}
    act = _act(stream)
    relations(stream)
    if output or (by and not names) or "compare" in said_acts:
        stream.take("output", *stream.all_of("do", value="change"))  # `zet dat in Excel`, `… naast elkaar`
    if keep is not None and measure is not None and keep.measure is Measure.SHARE and not _by_percentage(stream):
        keep = replace(keep, measure=measure)  # "top 3 by number of unused licenses"
    if not stream.has("measure", value=Measure.QUALIFIED):
        limits, keep = _of_sold(measure, limits, keep)
    if not by and _counts_them(stream) and measure is None:
        counted, by = True, (Dimension.CUSTOMER,)
    if counted and by:
        output = output or "count"
    if keep is not None and not by and stream.has("risk", "praise"):
        by = (Dimension.CUSTOMER,)
    made = Meaning(names=names, measure=measure, by=by, keep=keep, conditions=tuple(limits), output=output)
    made = replace(_of_kind(stream, made), mine=stream.mine)
    if output in FILES:
        made = replace(made, act=Act.EXPORT)
    if act is not None:
        made = replace(made, act=act)
    made = with_sold_use(stream, made)
    of_trend = "trend" in said_acts if act is Act.DIGEST else act is Act.TREND and _develops(stream, made, said_acts)
    return replace(made, kind=AnswerKind.TREND) if of_trend else made


def _develops(stream: MarkStream, made: Meaning, acts: AbstractSet[str]) -> bool:
    """Return False for `how can I increase Teams usage` and `is Fabrikam or Atlas worse`, which ask for no trend."""
    if "trend" in acts:
        return True
    if any(mark.kind == "change" and mark.value == BETTER for mark in stream.marks):
        return False
    several = Counter(each.dimension for each in made.names if not each.negative)
    return max(several.values(), default=0) <= 1


def _by_percentage(stream: MarkStream) -> bool:
    """Return True for `licenses sold top 3 by percentage`, which is not by what was sold."""
    kinds = [mark.kind for mark in stream.marks]
    return any({one, other} == {"each", "percent"} for one, other in pairwise(kinds))


def _of_sold(
    measure: Measure | None, limits: list[Condition], keep: Keep | None
) -> tuple[list[Condition], Keep | None]:
    """Return the conditions and the order: of sold licenses, `more than 100 licenses` are sold ones.

    A percentage of `unassigned licenses by product above 30%` is of those that are not assigned.
    """
    said = (measure, *(each.measure for each in limits), *(() if keep is None else (keep.measure,)))
    if not set(said) & set(SEAT_MEASURES):
        return limits, keep
    meant = {(Measure.QUALIFIED, Unit.LICENSES): Measure.SOLD}
    if measure is Measure.UNASSIGNED:
        meant[Measure.SHARE, Unit.PERCENT] = Measure.UNASSIGNED
    sold = [replace(each, measure=meant.get((each.measure, each.unit), each.measure)) for each in limits]
    if keep is not None and keep.measure is Measure.QUALIFIED:
        keep = replace(keep, measure=Measure.SOLD)
    return sold, keep


def _of_kind(stream: MarkStream, made: Meaning) -> Meaning:
    """Take the words that ask for subscriptions that end, or for the customers to call."""
    kinds = {stream.value(at) for at in stream.all_of("kind")}
    renewing = {stream.value(at) for at in stream.all_of("renewing")}
    if not (kinds or renewing):
        return made
    named = (at for at in stream.all_of("digests") if stream.marks[at].end - stream.marks[at].start == 1)
    stream.take("act", *stream.all_of("kind"), *named)  # `welche Abos verlängern sich`: they are no digests
    stream.take("renewing", *stream.all_of("renewing"))
    act = Act.CALLS if kinds == {Act.CALLS.value} else Act.RENEWALS
    if act is Act.CALLS:
        stream.take("act", *stream.all_of("first", "risk"))
    elif stream.is_(0, "when"):  # "when does Fabrikam renew?"
        stream.take("act", 0)
    only = Renewing(renewing.pop()) if len(renewing) == 1 else None
    return replace(made, act=act, kind=AnswerKind(act.value), renewing=only)


def _output(stream: MarkStream) -> str:
    found = ""
    for at in stream.all_of("output"):
        named = stream.value(at)
        # "export to a file, csv": any file, then which one
        found = named if not found or (found in FILES and named == "csv") else found
        stream.take("output", at)
    for at in stream.all_of("act", value="export"):
        found = found or "csv"
        stream.take("act", at)
    return "" if found == "card" else found


def _is_count(stream: MarkStream) -> bool:
    """Return True for `how many customers` and `number of reseller customers`, and not for `how many licenses`."""
    return any(_counts_lines(stream, at) for at in stream.all_of("many"))


def _counts_them(stream: MarkStream) -> bool:
    """Return True for `how many of them are resellers`."""
    return any(stream.is_(at + 1, "it") for at in stream.all_of("many")) and not stream.has("seats", "use")


def _counts_lines(stream: MarkStream, at: int) -> bool:
    """Return True for `how many customers`, and for `ügyfelek száma`, which counts what is before it."""
    after = at + 1 + is_name(stream, at + 1)
    if stream.is_(after, "measure"):  # "number of active customers"
        after += 1
    return stream.is_(after, "dim") or (stream.value(at) == _BEHIND and stream.is_(at - 1, "dim"))


def _measure(stream: MarkStream) -> Measure | None:
    if _shows_both(stream):
        return None
    found: Measure | None = None
    for at in stream.all_of("not"):
        every = stream.is_(at + 1, "everyone")  # "not all customers use Teams": which of them do not?
        if not every and (use := denied_verb(stream, at)) is not None:
            stream.take("measure", at, use)
            found = Measure.UNUSED
    said = {Measure(stream.value(at)) for at in stream.all_of("measure")}
    if denied := [at for at in stream.all_of("not", "except") if is_unassigned(stream, at)]:
        stream.take("measure", *denied)
        said = said - {Measure.ASSIGNED} | {Measure.UNASSIGNED}
    stream.take("measure", *(at - 1 for at in stream.all_of("measure") if stream.is_(at - 1, "each")))  # "by unused"
    stream.take("measure", *stream.all_of("measure"))
    if found or Measure.UNUSED in said:
        return Measure.UNUSED
    if seats := next(
        (each for each in SEAT_MEASURES if each in said), None
    ):  # what was sold and is used: the percentage
        return None if stream.has("use", "risk") or Measure.ACTIVE in said else seats
    if not said and _is_held(stream):
        return Measure.QUALIFIED
    return next(iter(said), None)


def _shows_both(stream: MarkStream) -> bool:
    """Take `active vs unused` and `licenses vs active users`: the answer has both, but not what was sold."""
    counted = ("measure", "seats")
    said = {Measure(stream.value(at)) for at in stream.all_of("measure")}
    for at in list(stream.all_of("versus")):
        if stream.is_(at - 1, *counted) and stream.is_(at + 1, *counted) and said <= _SHOWN:
            stream.take("measure", at, *stream.all_of("measure"))
            return True
    return False


def _is_held(stream: MarkStream) -> bool:
    """Return True for `how many seats does Fabrikam have`, which does not ask whether they are used."""
    asked = any(stream.is_(at + 1, "seats") and stream.value(at + 1) not in PEOPLE for at in stream.all_of("many"))
    return asked and stream.has("have", "seelist") and not stream.has("use", "not")


def _changed_things(stream: MarkStream) -> list[int]:
    """Return the `change` of `how did Fabrikam change since September`: a name before it, and no order."""
    if not stream.has(MarkKind.TIME):
        return []
    return [at for at in stream.all_of("do", value="change") if any(is_name(stream, each) for each in range(at))]


def _act(stream: MarkStream) -> Act | None:
    acts = {stream.value(at) for at in stream.all_of("act")}
    stream.take("act", *stream.all_of("act", "report"))
    if stream.has(MarkKind.NAME):
        stream.take("act", *stream.all_of("do", value="open"))  # "do they even open Teams?"
    ordered = _changed_things(stream)
    changed = stream.has("change") or bool(ordered)
    stream.take("act", *stream.all_of("change"), *ordered)
    if "alert" in acts:  # "when any customer …" belongs to it
        stream.take("act", *(at for at in stream.all_of("when") if stream.value(at) in ("", "any")))
    if {"digest", "trend"} <= acts:  # "a monthly digest of the trend on Teams"
        acts.discard("trend")
    for act in ("alert", "trend", "digest"):
        if act in acts:
            return Act(act)
    if stream.has("versus") and (changed or any(stream.all_of(MarkKind.TIME))):
        return Act.COMPARE
    if acts & {"compare", "movers", "risers", "fallers"}:
        return Act.COMPARE
    if changed:
        return Act.TREND
    return None
