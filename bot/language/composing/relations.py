"""Words that only tie other words, or say why something is asked.

`or not`, `better than` between names, `meeting with`. Pure.
"""

from bot.domain.licensing import Dimension
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind, NameMark


def relations(stream: MarkStream) -> None:
    """Take the words between names, and the events."""
    _between_names(stream)
    _events(stream)
    _ties(stream)


def or_not(stream: MarkStream) -> None:
    """Take the `or not` of `do they use Teams or not?`: it denies nothing."""
    for at in list(stream.all_of("and", value="or")):
        if (
            stream.is_(at + 1, "not")
            and not stream.is_(at - 1, "and")
            and (at + 2 >= len(stream) or stream.is_(at + 2, "prep"))
        ):
            stream.take("", at, at + 1)


def is_name(stream: MarkStream, at: int) -> bool:
    """Return True if there is a name at this position, taken or not."""
    return 0 <= at < len(stream) and stream.marks[at].kind == MarkKind.NAME


def dimension_of(named: object) -> Dimension | None:
    """Return the dimension of the value of a mark, None if it names no entry."""
    return named.entries[0].dimension if isinstance(named, NameMark) and named.entries else None


def _between_names(stream: MarkStream) -> None:
    """Take the `versus` and `better than` between two names: they say no more than `and`."""
    for at in list(stream.all_of("versus", "cmp", "than")):
        if at and at + 1 == len(stream) and stream.is_(at, "versus"):  # `en Teams dan?`: with nothing
            stream.take("by", at)
            continue
        if stream.lists_customers and _is_than(stream, at):
            continue
        before = at - 1
        while stream.marks[before].kind in ("use", "act", "more") and before > 0:
            before -= 1
        if is_name(stream, before) and is_name(stream, at + 1) and _are_alike(stream, before, at + 1):
            stream.take("by", at)
    several = [one for one in _dimensions(stream) if _dimensions(stream).count(one) > 1]
    if several and not stream.lists_customers:  # "which is used more, Exchange or Teams?"
        stream.take("by", *stream.all_of("more"))
    if stream.has("except"):  # "leave out Fabrikam, show Teams for the rest"
        stream.take("filter", *stream.all_of("more"))


def _are_alike(stream: MarkStream, one: int, other: int) -> bool:
    """Return False for the names of `Fabrikam uses less Teams`, which are not compared with each other."""
    customers = [dimension_of(stream.marks[at].value) is Dimension.CUSTOMER for at in (one, other)]
    return customers[0] is customers[1]


def _is_than(stream: MarkStream, at: int) -> bool:
    """Return True for the `than` of `customers using Teams more than Skype`: not all of them do."""
    return not stream.is_(at, "versus") or stream.value(at) == "than"


def _dimensions(stream: MarkStream) -> list[Dimension]:
    return [one for mark in stream.marks if (one := dimension_of(mark.value)) is not None]


def _events(stream: MarkStream) -> None:
    """Take `meeting with` before a name and a question: the meeting is only why it is asked."""
    for at in list(stream.all_of("event")):
        named = next((each for each in range(at + 1, min(at + 3, len(stream))) if is_name(stream, each)), None)
        before = any(is_name(stream, each) or stream.marks[each].kind == "act" for each in range(at))
        if named is not None and not before and any(_asks(stream, each) for each in range(named + 1, len(stream))):
            stream.take("", at)


def _ties(stream: MarkStream) -> None:
    """Take words that only tie others: the `where` of `customers where …`, the `called` of `customer called …`.

    Who `started using` something uses it.
    """
    lines = stream.has("who", "dim")
    stream.take(
        "",
        *(at for at in stream.all_of("filter", value="where") if at and (lines or stream.marks[at - 1].kind == "act")),
    )
    stream.take("", *(at for at in stream.all_of("search") if is_name(stream, at + 1)))
    if not lines and any(is_name(stream, at) for at in range(len(stream))):
        stream.take("", *stream.all_of("start"))


def _asks(stream: MarkStream, at: int) -> bool:
    return stream.marks[at].kind in ("use", "act", "everyone", MarkKind.NAME, "measure")
