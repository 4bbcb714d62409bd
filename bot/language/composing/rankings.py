"""Read what only the first lines are asked for.

`top 10`, `the 5 with most unused licenses`, `at risk`. Pure.
"""

from bot.commands.meaning import Keep, Measure
from bot.language.composing.judgement import KEEP, judged
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind
from bot.language.marking.number_marks import Amount

_LARGEST, _SMALLEST = "largest", "smallest"
_BEST, _WORST = "best", "worst"  # they judge: the worst have most unused licenses
_WASTED = (Measure.UNUSED, Measure.BEYOND)
PEOPLE = frozenset({"people", "staff"})  # who use licenses; staff may also be who works there
_BETWEEN = ("dim", "seats", "who", "measure", "prep", "have", "use")


def ranking(stream: MarkStream, *, counted: bool = False) -> Keep | None:
    """Take the ranking of the sentence; None if there is none.

    `counted`: customers are counted. How many are at risk is not known, only which are the first ones.
    """
    at = stream.first("rank")
    if at is None:
        return _sorted(stream) or (None if counted else judged(stream))
    top = stream.value(at) in ("top", _LARGEST, _BEST)
    measure = _measure(stream, at) or _by_measure(stream) or _of_size(stream, at)
    if measure is None or (measure is Measure.QUALIFIED and stream.first("risk") is not None):  # "wastes most licenses"
        measure = Measure.UNUSED if _is_of_waste(stream, at) else Measure.SHARE
    if stream.value(at) in (_BEST, _WORST) and measure in _WASTED:
        top = not top
    if stream.is_(at - 1, "each"):  # "sortiert nach niedrigster Nutzung"
        stream.take(KEEP, at - 1)
    same = list(stream.all_of("rank", value=stream.value(at)))  # "least … the most" is not one ranking
    n = next((n for each in same if (n := _count(stream, each)) is not None), None)
    stream.take(KEEP, *same, *stream.all_of("first", "sort", "risk"))
    return Keep(top, n, measure)


def _is_of_waste(stream: MarkStream, at: int) -> bool:
    """Return True for `top 10 at risk`, and for `wasted licenses of the five worst`, who waste the most."""
    if stream.value(at) in (_BEST, _WORST):
        return stream.first("measure", value=Measure.UNUSED) is not None
    counted = any(label == KEEP and stream.marks[each].kind == "seats" for each, label in stream.taken.items())
    return (counted or stream.value(at) in ("top", _LARGEST)) and stream.first("risk") is not None


def _of_size(stream: MarkStream, at: int) -> Measure | None:
    """Return the number of licenses for `the largest customers` and `the biggest renewals`: how large they are."""
    after = at + 1 + stream.is_(at + 1, MarkKind.NUMBER)
    sized = stream.value(at) in (_LARGEST, _SMALLEST)
    has_size = {("dim", "customer"), ("kind", "renewals")}
    beside = [each for each in (after, at - 1) if stream.is_(each, "dim", "kind")]
    sizes = any((stream.marks[each].kind, stream.value(each)) in has_size for each in beside)
    return Measure.QUALIFIED if sized and sizes else None


def _sorted(stream: MarkStream) -> Keep | None:
    """Read `rank the customers by unused licenses`, `rank the customers` and `unused licenses first`."""
    for at in stream.all_of("each"):
        if stream.has("kind", value="renewals") and stream.is_(at + 1, "seats"):  # "renewals sorted by seats"
            stream.take(KEEP, at, at + 1)
            return Keep(True, None, Measure.QUALIFIED)
    for at in (*stream.all_of("sort", "first"), *stream.all_of("nth", value="1")):
        after = stream.is_(at, "sort")
        near = range(at + 1, at + 4) if after else range(at - 1, at - 3, -1)
        measure = next(
            (each for each in near if stream.is_(each, "measure") or (after and _is_usage(stream, each))), None
        )
        if measure is not None:
            keep = Keep(True, None, _measure_of(stream, measure))
            stream.take(KEEP, *(each for each in range(at, measure) if stream.is_(each, "each")))
            stream.take(KEEP, at, measure, *stream.all_of("risk"))
            return keep
        if after and stream.is_(at + 1, "dim", MarkKind.NAME):
            stream.take(KEEP, at)
            return Keep(True, None)
        if not after and (n := _taken(stream, at + 1)) is not None:  # "the first three"
            stream.take(KEEP, at)
            return Keep(True, n)
    return None


def _is_usage(stream: MarkStream, at: int) -> bool:
    """Return True for the `usage` of `by usage`, which is the percentage."""
    return stream.is_(at, "act") and stream.value(at) == "usage"


def _measure_of(stream: MarkStream, at: int) -> Measure:
    return Measure(stream.value(at)) if stream.marks[at].kind == "measure" else Measure.SHARE


def is_ranked_by(stream: MarkStream, before: int) -> bool:
    """Return True if the lines are ranked by a measure after `before`."""
    at = stream.first("rank")
    return at is not None and _begins(stream, at) == before + 1


def _by_measure(stream: MarkStream) -> Measure | None:
    """Read `top 5 customers by unused licenses`."""
    for at in stream.all_of("each"):
        if stream.is_(at + 1, "measure", "percent") or _is_usage(stream, at + 1):
            stream.take(KEEP, at, at + 1)
            return _measure_of(stream, at + 1)
        if stream.is_(at - 1, "percent", "measure") and not stream.is_(at + 1, "dim"):  # `százalék szerint`
            stream.take(KEEP, at, at - 1)
            return _measure_of(stream, at - 1)
    return None


def _measure(stream: MarkStream, at: int) -> Measure | None:
    """Return the measure that follows `most` or `top 10 customers by`."""
    start = _begins(stream, at)
    found = None if start is None else named_measure(stream, start)
    if start is None or found is None:
        return None
    end = _end(stream, start)
    behind = stream.is_(end, "each") and not stream.is_(end + 1, "dim", "measure", "seats")  # `licencek szerint`
    stream.take(KEEP, start - 1 if _is_by(stream, start - 1) else start, *range(start, end + behind))
    return found


def _begins(stream: MarkStream, at: int) -> int | None:
    """Return where the measure of the ranking at `at` begins, None if there is none."""
    after = at + 1
    if stream.is_(after, MarkKind.NUMBER):
        after += 1
    if stream.is_(after, "measure", "seats"):
        return after
    if stream.is_(after, "dim"):
        after += 1
    return after + 1 if _is_by(stream, after) and stream.is_(after + 1, "measure", "seats") else None


def _is_by(stream: MarkStream, at: int) -> bool:
    return stream.is_(at, "each") or (stream.is_(at, "prep") and stream.value(at) == "of")


def named_measure(stream: MarkStream, at: int) -> Measure | None:
    """Return the measure that begins here.

    `active users`, `licenses`, `licenses beyond what is qualified`.
    """
    said = range(at, _end(stream, at))
    measures = [Measure(stream.value(each)) for each in said if stream.is_(each, "measure")]
    if measures:
        return measures[-1]
    if not said:
        return None
    return Measure.ACTIVE if stream.value(at) in PEOPLE else Measure.QUALIFIED


def _end(stream: MarkStream, at: int) -> int:
    while stream.is_(at, "measure", "seats"):
        at += 1
    return at


def _count(stream: MarkStream, at: int) -> int | None:
    """Return the number beside the ranking: `top 10`, `3 best`, `10 customers with the most …`."""
    after, before = at + 1, at - 1
    if stream.is_(after, MarkKind.NUMBER):
        return _taken(stream, after)
    while after < len(stream) and (stream.is_(after, *_BETWEEN) or after in stream.taken):
        after += 1  # `a legtöbb kihasználatlan licenccel rendelkező 10 ügyfél`
    if stream.is_(after, MarkKind.NUMBER) and stream.is_(after + 1, "dim"):
        return _taken(stream, after)
    while before >= 0 and (stream.is_(before, *_BETWEEN) or before in stream.taken):
        before -= 1
    return _taken(stream, before) if stream.is_(before, MarkKind.NUMBER) else None


def _taken(stream: MarkStream, at: int) -> int | None:
    amount = stream.marks[at].value if stream.is_(at, MarkKind.NUMBER) else None
    if not isinstance(amount, Amount) or amount.value != int(amount.value) or amount.percent or amount.value < 1:
        return None
    stream.take(KEEP, at)
    return int(amount.value)
