"""Read what is to be done with digests.

`stop 3 and 4`, `pause digest 2`, `make it tuesday`. Pure.
"""

from bot.commands.meaning import Act, Meaning
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import Mark, MarkKind
from bot.language.marking.number_marks import Amount
from bot.language.marking.time_marks import TimeMark
from bot.language.moments.time_values import AtTime, OnceAt, Recurring

DO, TARGET = "act", "target"
_THINGS = "things"  # "everything" is all of them, "everyone" is all customers
_LONGEST = 20  # digests of a range: "stop 2-4"
_WEAKEST = "change"  # "mets le 2 en pause": another verb says more
_SAME = {"remove": "stop"}  # a digest is stopped, a name is left out of the question before
_OBJECTS = (
    "digests",
    "sign",
    "it",
    "all",
    "range",
    "again",
    "and",
    MarkKind.NUMBER,
    "to",
    "prep",
    "only",
    "small",
    "now",
    "which",
)


def management(stream: MarkStream) -> Meaning | None:
    """Take a sentence about digests that exist; None if it is none."""
    numbers = _numbers(stream)
    do = _done(stream, numbers)
    if not do:
        return None
    said, do = do, _SAME.get(do, do)
    target = _target(stream, do, numbers)
    stream.take(TARGET, *[at for at in range(len(stream)) if _is_alert(stream, at)])
    for position in range(len(stream)):
        if stream.is_(position, "do") and (stream.value(position) in (do, _WEAKEST) or stream.value(position) == said):
            stream.take(DO, position)
        elif stream.is_(position, MarkKind.NUMBER) and _is_beside(stream, position):
            continue
        elif _is_object(stream, position):
            stream.take(TARGET, position)
    stream.take(TARGET, *stream.all_of("everyone", value=_THINGS))
    return Meaning(act=Act.MANAGE, do=do, target=target)


def retimed(stream: MarkStream) -> Meaning | None:
    """Take `tuesday instead`: another time for the digest before.

    None for anything else.
    """
    others = (mark for mark in stream.marks if mark.kind not in (MarkKind.TIME, "instead", "small", "follow"))
    if not stream.has("instead") or not stream.has(MarkKind.TIME) or any(others):
        return None
    stream.take(DO, *stream.all_of("instead", "follow"))
    return Meaning(act=Act.MANAGE, do="change", target="last")


def _done(stream: MarkStream, numbers: tuple[int, ...]) -> str:
    """Return what is to be done; "" if the sentence is about something else."""
    at = next((each for each in stream.all_of("do") if stream.value(each) != _WEAKEST), stream.first("do"))
    noun = _has_noun(stream)
    if at is None:
        if noun and _numbered(stream) and _is_retimed(stream):
            return "change"
        once_more = bool(numbers) and stream.has("again")  # `send 3 again`
        if not (once_more or (noun and _numbered(stream))) or not _is_all_objects(stream):
            return ""
        return "run" if stream.has("again", "now") else "open"
    do = stream.value(at)
    retimed = do == "change" and any(map(_is_schedule, stream.marks))
    if do == "open":
        return do if noun and numbers else ""
    if do == "change":
        reshaped = stream.has("output") and not numbers  # `zet dat in excel`
        return do if not reshaped and (numbers or retimed or stream.has("it")) else ""
    alone = all(stream.is_(each, "do", MarkKind.TIME) for each in range(len(stream)))
    return do if noun or numbers or stream.has("it", "all") or _everything(stream) or alone else ""


def _is_schedule(mark: Mark) -> bool:
    """Return True for a time that a digest can have: `friday`, and not `since september`."""
    values = mark.value.values if isinstance(mark.value, TimeMark) else ()
    return any(isinstance(value, Recurring | OnceAt | AtTime) for value in values)


def _is_retimed(stream: MarkStream) -> bool:
    """Return True for `digest 2 every friday at 9 instead`: a digest, and nothing but another time for it."""
    positions = range(len(stream))
    objects = all(_is_object(stream, each) or stream.is_(each, MarkKind.TIME, "instead") for each in positions)
    return objects and stream.has(MarkKind.TIME) and not stream.has("prep")


def _target(stream: MarkStream, do: str, numbers: tuple[int, ...]) -> tuple[int, ...] | str:
    every = stream.has("all")
    if numbers:  # "stop 2 or 4", "stop all digests and digest 3", "stop 2-900": which ones?
        doubtful = every or (len(numbers) > 1 and stream.has("and", value="or")) or _is_endless(stream)
        return () if doubtful else numbers
    if every or _everything(stream):
        return "all"
    return "last" if stream.has("it") or (do == "change" and not _has_noun(stream)) else ()


def _has_noun(stream: MarkStream) -> bool:
    nouns = (stream.first("report"), stream.first("act", value="digest"))
    alert = stream.first("act", value="alert")
    named = alert is not None and _is_alert(stream, alert)
    return named or stream.has("digests") or any(at is not None for at in nouns)


def _everything(stream: MarkStream) -> bool:
    """Return True for `stop everything`, and for `de tous les résumés`."""
    return stream.has("everyone", value=_THINGS) or any(
        stream.is_(at + 1, "digests") or _is_digest(stream, at + 1) for at in stream.all_of("everyone")
    )


def _is_beside(stream: MarkStream, at: int) -> bool:
    """Return True for the 3 of `pause 2 for 3` and `stop 2 of 3`: it is no further digest."""
    earlier = any(stream.marks[each].kind == MarkKind.NUMBER for each in range(at - 1))
    return earlier and stream.marks[at - 1].kind in ("prep", "inof")


def _is_object(stream: MarkStream, at: int) -> bool:
    return stream.is_(at, *_OBJECTS) or _is_digest(stream, at)


def _is_all_objects(stream: MarkStream) -> bool:
    return all(_is_object(stream, each) for each in range(len(stream)))


def _is_digest(stream: MarkStream, at: int) -> bool:
    """Return True for a digest, an alert, and a word that is a digest or a question: `Bericht`, `overzicht`."""
    return stream.is_(at, "report") or (stream.is_(at, "act") and stream.value(at) == "digest") or _is_alert(stream, at)


def _is_alert(stream: MarkStream, at: int) -> bool:
    """Return True for `alert 3` and `pause the alert`, and not for `alert me if Fabrikam stops using Skype`."""
    if not stream.is_(at, "act") or stream.value(at) != "alert":
        return False
    others = (each for each in range(len(stream)) if each != at)
    return all(stream.is_(each, "do", MarkKind.TIME, *_OBJECTS) for each in others)


def _numbered(stream: MarkStream) -> bool:
    """Return True for `digest 3`, `digest no. 3` and `3-as jelentés`, and not for `a digest of customers below 50`."""
    nouns = [at for at in range(len(stream)) if stream.is_(at, "digests") or _is_digest(stream, at)]
    behind = (at + 1 + stream.is_(at + 1, "sign") for at in nouns)
    return any(stream.is_(at, MarkKind.NUMBER) for at in (*behind, *(at - 1 for at in nouns)))


def _numbers(stream: MarkStream) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for at in stream.all_of(MarkKind.NUMBER):
        number = _number(stream, at)
        if number is None:
            continue
        first = _beginning(stream, at)
        if first is not None and 0 < number - first <= _LONGEST:  # "stop 2-4"
            found.update(dict.fromkeys(range(first, number)))
        found[number] = None
    return tuple(found)


def _beginning(stream: MarkStream, at: int) -> int | None:
    """Return the 2 of `stop 2-4`, for the place of the 4; None for a number that ends no range."""
    joined = stream.is_(at - 1, "range") or (stream.is_(at - 1, "to") and not stream.has("do", value=_WEAKEST))
    return _number(stream, at - 2) if joined else None


def _is_endless(stream: MarkStream) -> bool:
    """Return True for `stop 2-900` and `stop 4-2`: the numbers at its ends are not what is meant."""
    ends = ((_beginning(stream, at), _number(stream, at)) for at in stream.all_of(MarkKind.NUMBER))
    return any(first is not None and last is not None and not 0 <= last - first <= _LONGEST for first, last in ends)


def _number(stream: MarkStream, at: int) -> int | None:
    amount = stream.marks[at].value if stream.is_(at, MarkKind.NUMBER) else None
    if not isinstance(amount, Amount) or amount.value != int(amount.value) or stream.is_(at + 1, "percent"):
        return None
    return int(amount.value)
