"""Conditions without a number: `not using`, `customers with unused licenses`.

Pure.
"""

from itertools import chain

from bot.commands.meaning import Condition, Keep, Measure, Unit
from bot.language.composing.conditions import CONDITIONS
from bot.language.composing.relations import dimension_of, is_name
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind

_NOBODY = Condition(Measure.SHARE, "<=", 0, Unit.PERCENT)
_NOT_ALL = Condition(Measure.SHARE, "<", 100, Unit.PERCENT)
_ALL = Condition(Measure.SHARE, ">=", 100, Unit.PERCENT)
_SOMEBODY = Condition(Measure.SHARE, ">", 0, Unit.PERCENT)
_TOO_MANY, _LEFT = (Measure.BEYOND, Measure.OVERASSIGNED), (Measure.UNUSED, Measure.UNASSIGNED)
_ONCE_MORE = "again"  # a negation that denies nothing twice
_BETWEEN = ("it", "dim", "seats", "prep", "and", "who", "measure", "all", MarkKind.NAME, MarkKind.TIME)


def unused(stream: MarkStream, *, counted: bool) -> list[Condition]:
    """Take `not using`, `nobody`, `zero usage`; and `starts using`.

    `counted`: customers are counted, not licenses.
    """
    found: list[Condition] = []
    asked = stream.has("many") and not counted
    for at in stream.all_of("none", "not", "except", "start"):
        if found and stream.is_(at, "none", "not"):
            continue  # Denied twice: what is denied twice is not understood
        said = _denied(stream, at, asked=asked) if stream.is_(at, "not") else _lacked(stream, at)
        found = [said] if said is not None else found
    return found or _using_all(stream)


def _lacked(stream: MarkStream, at: int) -> Condition | None:
    """Take `nobody`, `zero usage`, `no active users`; and the `starts using` of an alert."""
    if stream.is_(at, "none", "except") and stream.is_(at + 1, "measure") and not is_unassigned(stream, at):
        stream.take(CONDITIONS, at, at + 1)
        return Condition(Measure(stream.value(at + 1)), "<=", 0, Unit.LICENSES)
    if stream.is_(at, "none") and not (
        _is_of_limit(stream, at) or _is_of_another(stream, at) or _is_an_answer(stream, at)
    ):
        stream.take(CONDITIONS, at)  # `nobody below 50%` is not what is below it
        return _NOBODY
    if stream.is_(at, "start") and stream.has("act", value="alert"):
        stream.take(CONDITIONS, at)
        return _SOMEBODY
    return None


def is_unassigned(stream: MarkStream, at: int) -> bool:
    """Return True for the `not` of `and not assigned?` and `nog niet zijn toegewezen`."""
    near = (at + 1, at + 2) if not stream.is_(at, "none") else ()
    return any(stream.is_(each, "measure") and stream.value(each) == Measure.ASSIGNED for each in near)


def _denied(stream: MarkStream, at: int, *, asked: bool) -> Condition | None:
    """Take `not` with its verb: `not using`, `not all of them used`, `not started with`."""
    if stream.is_(at + 1, "everyone") or _is_of_another(stream, at):
        return None  # "not all customers use Teams": which of them do not?
    if stream.is_(at + 1, "start"):
        stream.take(CONDITIONS, at, at + 1)
        return _NOBODY
    every, use = _all_of_it(stream, at), denied_verb(stream, at)
    if use is None or (not every and (asked or (stream.has("seats") and not _has_lines(stream)))):
        return None
    if every:
        stream.take(CONDITIONS, at, every, use)
        return _NOT_ALL
    again = (
        each for each in (use + 1, use + 2) if stream.is_(each, "not") and stream.value(each) == _ONCE_MORE
    )  # `nem használták soha`
    stream.take(CONDITIONS, at, use, *again)
    return _NOBODY


def is_of_use(denied: Condition) -> bool:
    """Return True for the condition of licenses that are not used at all."""
    return denied == _NOBODY or denied == Condition(Measure.ACTIVE, "<=", 0, Unit.LICENSES)


def _using_all(stream: MarkStream) -> list[Condition]:
    """Return the condition of `customers that use all of their Exchange licenses`."""
    for at in stream.all_of("use") if stream.has("who", "dim") else ():
        end = at + 2
        while end < len(stream) and stream.marks[end].kind in ("prep", MarkKind.NAME):
            end += 1
        if stream.is_(at + 1, "all") and stream.is_(end, "seats"):
            stream.take(CONDITIONS, at, at + 1, end)
            return [_ALL]
    return []


def _has_lines(stream: MarkStream) -> bool:
    """Return True for `customers not using …`, and not for `licenses not in use by customer`."""
    dims = (at for at, mark in enumerate(stream.marks) if mark.kind == "dim")
    return stream.has("who") or any(stream.marks[at - 1].kind != "each" for at in dims)


def _is_of_limit(stream: MarkStream, at: int) -> bool:
    """Return True before a limit: `nobody at 0%`, `no customers below 50%`."""
    after = at + 1
    while stream.is_(after, "dim", "prep"):
        after += 1
    return stream.taken.get(after) == CONDITIONS


def _is_of_another(stream: MarkStream, at: int) -> bool:
    """Return True for the `no` of `Teams but no SharePoint`: one question cannot ask for both."""
    after = at + 1
    while stream.is_(after, "prep", "use"):
        after += 1
    denied = dimension_of(stream.marks[after].value) if after < len(stream) else None
    return denied is not None and any(dimension_of(mark.value) is denied for mark in stream.marks[:at])


def _is_an_answer(stream: MarkStream, at: int) -> bool:
    """Return True for the `no` of `Exchange yes, Teams no`: not both of them are meant."""
    names = sum(mark.kind == MarkKind.NAME for mark in stream.marks)
    return names > 1 and at + 1 == len(stream) and is_name(stream, at - 1)


def _all_of_it(stream: MarkStream, at: int) -> int | None:
    """Return where `all` is in `not all`, `not using all`; None if it does not."""
    for each in (at + 1, at + 2):
        if stream.is_(each, "all"):
            return each
    return None


def denied_verb(stream: MarkStream, at: int) -> int | None:
    """Return the verb that `not` at this position denies.

    The next one, or the one before it.
    """
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


def having(stream: MarkStream, keep: Keep | None) -> list[Condition]:
    """Return the condition of `customers with unused licenses`.

    There is one license at least.

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
        of_seats = counted or had > at + 1 or stream.is_(had + 1 + is_name(stream, had + 1), "seats")
        if said in _TOO_MANY or (said in _LEFT and of_seats):
            return [Condition(said, ">", 0, Unit.LICENSES)]
    return []
