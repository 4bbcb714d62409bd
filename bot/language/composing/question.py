"""Put the parts of a question together. Pure."""

from dataclasses import replace
from itertools import chain

from bot.commands.meaning import Act, Condition, Keep, Meaning, Measure, Unit
from bot.domain.licensing import Dimension
from bot.language.composing.conditions import CONDITIONS, conditions
from bot.language.composing.grouping import grouping
from bot.language.composing.lacking import lacking
from bot.language.composing.rankings import ranking
from bot.language.composing.scope import scope
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind, NameMark
from bot.language.marking.pieces import Piece

_NOBODY = Condition(Measure.SHARE, "<=", 0, Unit.PERCENT)
_ONCE_MORE = "again"  # a negation that denies nothing twice
_BEHIND = "behind"  # a number of what is before it
_NOT_ALL = Condition(Measure.SHARE, "<", 100, Unit.PERCENT)
_BETWEEN = ("it", "dim", "seats", "prep", "and", "who", "measure", "all", MarkKind.NAME, MarkKind.TIME)
_SOMEBODY = Condition(Measure.SHARE, ">", 0, Unit.PERCENT)
# What may be left over without changing what is asked.
HARMLESS = frozenset(
    {"use", "have", "seats", "total", "it", "to", "and", "prep", "inof", "same", "also", "follow", "again",
     "everyone", "which", "many", "only", "all", "small", "closing", "seelist", "instead", "now"}
)  # fmt: skip


def question(stream: MarkStream, text: str, pieces: tuple[Piece, ...]) -> Meaning:
    """Take everything that belongs to a question about usage."""
    _or_not(stream)
    output = _output(stream)
    limits = conditions(stream)
    keep = ranking(stream)
    limits += lacking(stream)
    names = scope(stream, text, pieces)
    counted = _is_count(stream)
    limits += _unused(stream)
    limits += _having(stream, keep)
    measure = _measure(stream)
    by = grouping(stream)
    said_acts = {stream.value(at) for at in stream.all_of("act")}
    act = _act(stream)
    _between_names(stream)
    _events(stream)
    _relations(stream)
    if output or (by and not names) or "compare" in said_acts:
        stream.take("output", *stream.all_of("do", value="change"))  # `zet dat in Excel`, `… naast elkaar`
    if keep is not None and measure is not None and keep.measure is Measure.SHARE:
        keep = replace(keep, measure=measure)  # "top 3 by number of unused licenses"
    if counted and by:
        output = output or "count"
    if keep is not None and not by and stream.has("risk"):
        by = (Dimension.CUSTOMER,)
    made = Meaning(names=names, measure=measure, by=by, keep=keep, conditions=tuple(limits), output=output)
    if output == "csv":
        made = replace(made, act=Act.EXPORT)
    return replace(made, act=act) if act is not None else made


def _output(stream: MarkStream) -> str:
    found = ""
    for at in stream.all_of("output"):
        found = found or stream.value(at)
        stream.take("output", at)
    for at in stream.all_of("act", value="export"):
        found = found or "csv"
        stream.take("act", at)
    return "" if found == "card" else found


def _is_count(stream: MarkStream) -> bool:
    """Return True for `how many customers` and `number of reseller customers`, and not for `how many licenses`."""
    return any(_counts_lines(stream, at) for at in stream.all_of("many"))


def _counts_lines(stream: MarkStream, at: int) -> bool:
    """Return True for `how many customers`, and for `ügyfelek száma`, which counts what is before it."""
    return stream.is_(at + 1 + _is_name(stream, at + 1), "dim") or (
        stream.value(at) == _BEHIND and stream.is_(at - 1, "dim")
    )


def _or_not(stream: MarkStream) -> None:
    """Take the `or not` of `do they use Teams or not?`: it denies nothing."""
    for at in list(stream.all_of("and", value="or")):
        if stream.is_(at + 1, "not") and (at + 2 >= len(stream) or stream.is_(at + 2, "prep")):
            stream.take("", at, at + 1)


def _having(stream: MarkStream, keep: Keep | None) -> list[Condition]:
    """Return the condition of `customers with unused licenses`: there is one license at least.

    The measure is left for the figures, which show it.
    """
    for at in () if keep is not None else stream.all_of("dim", "who"):
        had = at + 1
        while stream.is_(had, "have", "prep", "use"):
            had += 1
        if stream.is_(at - 1, "each") or not stream.is_(had, "measure"):
            continue
        counted = stream.marks[had].end - stream.marks[had].start > 1
        said = Measure(stream.value(had))
        of_seats = counted or had > at + 1 or stream.is_(had + 1 + _is_name(stream, had + 1), "seats")
        if said is Measure.BEYOND or (said is Measure.UNUSED and of_seats):
            return [Condition(said, ">", 0, Unit.LICENSES)]
    return []


def _unused(stream: MarkStream) -> list[Condition]:
    """Take `not using`, `nobody`, `zero usage`; and `starts using`."""
    found: list[Condition] = []
    asked = stream.has("many") and not _is_count(stream)
    for at in stream.all_of("none", "not", "except", "start"):
        if found and stream.is_(at, "none", "not"):
            continue  # Denied twice: what is denied twice is not understood
        if stream.is_(at, "none", "except") and stream.is_(at + 1, "measure"):
            stream.take(CONDITIONS, at, at + 1)
            found = [Condition(Measure(stream.value(at + 1)), "<=", 0, Unit.LICENSES)]
        elif stream.is_(at, "none") and not _is_of_another(stream, at):
            stream.take(CONDITIONS, at)
            found = [_NOBODY]
        elif stream.is_(at, "not") and (every := _all_of_it(stream, at)) and (use := _verb(stream, at)) is not None:
            stream.take(CONDITIONS, at, every, use)
            found = [_NOT_ALL]
        elif stream.is_(at, "not") and (use := _verb(stream, at)) is not None:
            if asked or (stream.has("seats") and not stream.has("who", "dim")):
                continue
            again = (
                each for each in (use + 1, use + 2) if stream.is_(each, "not") and stream.value(each) == _ONCE_MORE
            )  # `nem használták soha`
            stream.take(CONDITIONS, at, use, *again)
            found = [_NOBODY]
        elif stream.is_(at, "start") and stream.has("act", value="alert"):
            stream.take(CONDITIONS, at)
            found = [_SOMEBODY]
    return found


def _is_of_another(stream: MarkStream, at: int) -> bool:
    """Return True for the `no` of `Teams but no SharePoint`: one question cannot ask for both."""
    denied = _dimension(stream.marks[at + 1].value) if at + 1 < len(stream) else None
    return denied is not None and any(_dimension(mark.value) is denied for mark in stream.marks[:at])


def _dimension(named: object) -> Dimension | None:
    return named.entries[0].dimension if isinstance(named, NameMark) and named.entries else None


def _all_of_it(stream: MarkStream, at: int) -> int | None:
    """Return where `all` is in `not all`, `not using all`; None if it does not."""
    for each in (at + 1, at + 2):
        if stream.is_(each, "all"):
            return each
    return None


def _verb(stream: MarkStream, at: int) -> int | None:
    """Return the verb that `not` at this position denies: the next one, or the one before it."""
    for beside in chain((at + 1, at + 2), _ahead(stream, at), _back(stream, at)):
        if stream.is_(beside, "use") or (stream.is_(beside, "measure") and stream.value(beside) == Measure.ACTIVE):
            return beside
    return None


def _ahead(stream: MarkStream, at: int) -> range:
    """Return the positions after `not` up to its verb: `die nicht mit Exchange arbeiten`."""
    end = at + 1
    while end < len(stream) and (end in stream.taken or stream.is_(end, "prep", "and", "dim", MarkKind.NAME)):
        end += 1
    return range(at + 1, end + 1)


def _back(stream: MarkStream, at: int) -> range:
    """Return the positions before `not` up to its verb: `nutzt Fabrikam auf Exchange nicht`."""
    start = at - 1
    while start >= 0 and not stream.is_(start, "use") and (start in stream.taken or stream.is_(start, *_BETWEEN)):
        start -= 1
    return range(at - 1, max(start, 0) - 1, -1)


def _measure(stream: MarkStream) -> Measure | None:
    found: Measure | None = None
    for at in stream.all_of("not"):
        if (use := _verb(stream, at)) is not None:
            stream.take("measure", at, use)
            found = Measure.UNUSED
    said = {Measure(stream.value(at)) for at in stream.all_of("measure")}
    stream.take("measure", *(at - 1 for at in stream.all_of("measure") if stream.is_(at - 1, "each")))  # "by unused"
    stream.take("measure", *stream.all_of("measure"))
    if found or Measure.UNUSED in said:
        return Measure.UNUSED
    if said & {Measure.SOLD, Measure.ASSIGNED}:  # what was sold and is used: the percentage
        return None if stream.has("use") or Measure.ACTIVE in said else next(iter(said))
    if not said and _is_held(stream):
        return Measure.QUALIFIED
    return next(iter(said), None)


def _is_held(stream: MarkStream) -> bool:
    """Return True for `how many seats does Fabrikam have`, which does not ask whether they are used."""
    asked = any(stream.is_(at + 1, "seats") and stream.value(at + 1) != "people" for at in stream.all_of("many"))
    return asked and stream.has("have", "seelist") and not stream.has("use", "not")


def _between_names(stream: MarkStream) -> None:
    """Take the `versus` and `better than` between two names: they say no more than `and`."""
    for at in list(stream.all_of("versus", "cmp", "than")):
        if at and at + 1 == len(stream) and stream.is_(at, "versus"):  # `en Teams dan?`: with nothing
            stream.take("by", at)
            continue
        before = at - 1
        while stream.marks[before].kind == "use" and before > 0:
            before -= 1
        if _is_name(stream, before) and _is_name(stream, at + 1):
            stream.take("by", at)
    several = [one for one in _dimensions(stream) if _dimensions(stream).count(one) > 1]
    if several:  # "which is used more, Exchange or Teams?"
        stream.take("by", *stream.all_of("more"))


def _dimensions(stream: MarkStream) -> list[Dimension]:
    return [one for mark in stream.marks if (one := _dimension(mark.value)) is not None]


def _events(stream: MarkStream) -> None:
    """Take `meeting with` before a name and a question: the meeting is only why it is asked."""
    for at in list(stream.all_of("event")):
        named = next((each for each in range(at + 1, min(at + 3, len(stream))) if _is_name(stream, each)), None)
        before = any(_is_name(stream, each) or stream.marks[each].kind == "act" for each in range(at))
        if named is not None and not before and any(_asks(stream, each) for each in range(named + 1, len(stream))):
            stream.take("", at)


def _is_name(stream: MarkStream, at: int) -> bool:
    return 0 <= at < len(stream) and stream.marks[at].kind == MarkKind.NAME


def _relations(stream: MarkStream) -> None:
    """Take words that only tie others: the `where` of `customers where …`, the `called` of `customer called …`.

    Who `started using` something uses it.
    """
    lines = stream.has("who", "dim")
    stream.take("", *(at for at in stream.all_of("filter", value="where") if at and lines))
    stream.take("", *(at for at in stream.all_of("search") if _is_name(stream, at + 1)))
    if not lines and any(_is_name(stream, at) for at in range(len(stream))):
        stream.take("", *stream.all_of("start"))


def _asks(stream: MarkStream, at: int) -> bool:
    return stream.marks[at].kind in ("use", "act", MarkKind.NAME, "measure")


def _changed_things(stream: MarkStream) -> list[int]:
    """Return the `change` of `how did Fabrikam change since September`: a name before it, and no order."""
    if not stream.has(MarkKind.TIME):
        return []
    return [at for at in stream.all_of("do", value="change") if any(_is_name(stream, each) for each in range(at))]


def _act(stream: MarkStream) -> Act | None:
    acts = {stream.value(at) for at in stream.all_of("act")}
    stream.take("act", *stream.all_of("act", "report"))
    ordered = _changed_things(stream)
    changed = stream.has("change") or bool(ordered)
    stream.take("act", *stream.all_of("change"), *ordered)
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
