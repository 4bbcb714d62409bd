"""Read questions about the use of sold licenses: `sold but not used`. Pure."""

from dataclasses import replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.meaning import SEAT_MEASURES, Act, Condition, Meaning, Measure, Unit
from bot.domain.licensing import Dimension
from bot.language.composing.conditions import CONDITIONS
from bot.language.composing.unused import denied_verb
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import NameMark

_IDLE = Condition(Measure.UNUSED, ">", 0, Unit.LICENSES)
_USED = (Measure.ACTIVE, Measure.UNUSED)
_WORKLOADS = frozenset({Dimension.WORKLOAD, Dimension.SERVICE})
_ACTS = frozenset({Act.USAGE, Act.DIGEST, Act.EXPORT, Act.ALERT})
_NEAR = 3  # marks between `but not` and its verb


def is_of_sold_use(stream: MarkStream) -> bool:
    """Return True if the sentence speaks of sold licenses and of their use.

    With a workload it is about usage: what is sold is not counted by workload.
    """
    if not stream.has("measure", value=Measure.SOLD) or _names_workload(stream):
        return False
    used = stream.has("use", "none") or stream.has("act", value="usage") or _denies_used_by(stream)
    return used or any(stream.has("measure", value=each) for each in _USED)


def denied_use(stream: MarkStream) -> list[Condition]:
    """Take `but not used`, `not in use`: licenses that are sold and not active."""
    if not is_of_sold_use(stream):
        return []
    for at in stream.all_of("except", "not"):
        use = denied_verb(stream, at) if stream.is_(at, "not") else _verb_behind(stream, at)
        if use is not None and not stream.is_(at + 1, "all", "everyone"):
            stream.take(CONDITIONS, at, use)
            return [_IDLE]
    return []


def with_sold_use(stream: MarkStream, made: Meaning) -> Meaning:
    """Return the question as one about the use of sold licenses, if it is one."""
    if made.kind is not AnswerKind.FIGURES or made.act not in _ACTS or not is_of_sold_use(stream):
        return made
    stream.take("measure", *(at for at in stream.all_of("versus") if _is_between(stream, at)))
    conditions = tuple(_of_share(each) for each in made.conditions)
    if made.measure is Measure.UNUSED and made.keep is None and not conditions:
        conditions = (_IDLE,)
    measure = None if made.measure in (*SEAT_MEASURES, *_USED) else made.measure
    return replace(made, kind=AnswerKind.SOLD_USE, measure=measure, conditions=conditions)


def _of_share(condition: Condition) -> Condition:
    """Return a percentage of sold licenses as that of the active ones."""
    of_sold = condition.unit is Unit.PERCENT and condition.measure is Measure.SOLD
    return replace(condition, measure=Measure.SHARE) if of_sold else condition


def _verb_behind(stream: MarkStream, at: int) -> int | None:
    """Return the verb that `but not` denies; None if it leaves something out."""
    if _is_used_by(stream, at + 1):
        return at + 1
    for each in range(at + 1, at + 1 + _NEAR):
        if stream.is_(each, "use") or (stream.is_(each, "measure") and stream.value(each) == Measure.ACTIVE):
            return each
        if not stream.is_(each, "it", "have", "prep"):
            return None
    return None


def _denies_used_by(stream: MarkStream) -> bool:
    """Return True for `but not used by`, also where it was taken."""
    return any(mark.kind == "except" and _is_used_by(stream, at + 1) for at, mark in enumerate(stream.marks))


def _is_used_by(stream: MarkStream, at: int) -> bool:
    """Return True for `used by`, which is one preposition."""
    found = stream.marks[at] if at < len(stream) else None
    return found is not None and found.kind == "prep" and found.end - found.start > 1


def _is_between(stream: MarkStream, at: int) -> bool:
    """Return True for `sold vs used`."""
    return 0 < at < len(stream) - 1 and all(
        stream.marks[each].kind in ("measure", "use", "seats") for each in (at - 1, at + 1)
    )


def _names_workload(stream: MarkStream) -> bool:
    named = [mark.value for mark in stream.marks if isinstance(mark.value, NameMark)]
    return any(entry.dimension in _WORKLOADS for each in named for entry in each.entries)
