"""Read what is to be done with digests.

`stop 3 and 4`, `pause digest 2`, `make it tuesday`. Pure.
"""

from bot.commands.meaning import Act, Meaning
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind
from bot.language.marking.number_marks import Amount

DO, TARGET = "act", "target"
_WEAKEST = "change"  # "mets le 2 en pause": another verb says more
_OBJECTS = (
    "digests",
    "sign",
    "it",
    "all",
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
    at = next((each for each in stream.all_of("do") if stream.value(each) != _WEAKEST), stream.first("do"))
    noun = stream.has("digests") or any(_is_digest(stream, each) for each in range(len(stream)))
    numbers = _numbers(stream)
    if at is None:
        if not (noun and _numbered(stream)) or not all(_is_object(stream, each) for each in range(len(stream))):
            return None
        do = "run" if stream.has("again", "now") else "open"
    else:
        do = stream.value(at)
        retimed = do == "change" and stream.has(MarkKind.TIME)
        if not (noun or numbers or retimed or stream.has("it", "all") or len(stream) == 1):
            return None
        if do == "open" and not (noun and numbers):
            return None
        if do == "change" and not (numbers or retimed or stream.has("it")):
            return None
    target: tuple[int, ...] | str = numbers
    if not numbers and stream.has("all"):
        target = "all"
    elif not numbers and (stream.has("it") or (do == "change" and not noun)):
        target = "last"
    for position in range(len(stream)):
        if stream.is_(position, "do") and stream.value(position) in (do, _WEAKEST):
            stream.take(DO, position)
        elif _is_object(stream, position):
            stream.take(TARGET, position)
    return Meaning(act=Act.MANAGE, do=do, target=target)


def _is_object(stream: MarkStream, at: int) -> bool:
    return stream.is_(at, *_OBJECTS) or _is_digest(stream, at)


def _is_digest(stream: MarkStream, at: int) -> bool:
    """Return True for a digest, and for a word that is a digest or a question: `Bericht`, `overzicht`."""
    return stream.is_(at, "report") or (stream.is_(at, "act") and stream.value(at) == "digest")


def _numbered(stream: MarkStream) -> bool:
    """Return True for `digest 3`, `digest no. 3` and `3-as jelentés`, and not for `a digest of customers below 50`."""
    nouns = [at for at in range(len(stream)) if stream.is_(at, "digests") or _is_digest(stream, at)]
    behind = (at + 1 + stream.is_(at + 1, "sign") for at in nouns)
    return any(stream.is_(at, MarkKind.NUMBER) for at in (*behind, *(at - 1 for at in nouns)))


def _numbers(stream: MarkStream) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for at in stream.all_of(MarkKind.NUMBER):
        amount = stream.marks[at].value
        if isinstance(amount, Amount) and amount.value == int(amount.value) and not stream.is_(at + 1, "percent"):
            found[int(amount.value)] = None
    return tuple(found)
