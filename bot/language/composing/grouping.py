"""Read by what the lines of the answer are listed.

`by customer`, `which products`, `who`. Pure.
"""

from bot.domain.licensing import Dimension
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind, NameMark

BY = "by"


def grouping(stream: MarkStream) -> tuple[Dimension, ...]:
    """Take the dimensions that the lines are listed by."""
    found: dict[Dimension, None] = {}
    _adjectives(stream)
    for at in stream.all_of("who"):
        stream.take(BY, at)
        found[Dimension.CUSTOMER] = None
    for at in list(stream.all_of("dim")):
        if _takes(stream, at):
            found[Dimension(stream.value(at))] = None
    for at in list(stream.all_of("per")):  # `ügyfelenként` is one word
        stream.take(BY, at)
        found[Dimension(stream.value(at))] = None
    if found:
        stream.take(BY, *stream.all_of("split"))
    for at in list(stream.all_of("each", value="by")):  # "exchange by Fabrikam": some say so for "at"
        if at + 1 < len(stream) and stream.marks[at + 1].kind == MarkKind.NAME:
            stream.take(BY, at)
    return tuple(found)


def _takes(stream: MarkStream, at: int) -> bool:
    """Take a dimension with the words before it. Return True if the lines are listed by it."""
    if _is_everyone(stream, at):
        stream.take("filter", at)
        return False
    listed = at > 0 and stream.marks[at - 1].kind == "dim" and stream.taken.get(at - 1) == BY  # "by product, channel"
    if stream.value(at) == Dimension.CHANNEL and not listed and not stream.is_(at - 1, "each", "which", "and"):
        return False  # Teams has channels too
    stream.take(BY, at)
    for before in (at - 1, at - 2):
        if stream.is_(before, "each", "which", "many"):
            stream.take(BY, before)
    return True


def _is_everyone(stream: MarkStream, at: int) -> bool:
    """Return True for `across all customers`: everything is asked about, not a line for each."""
    return stream.is_(at - 1, "everyone")


def _adjectives(stream: MarkStream) -> None:
    """Take a dimension that only says what a name is: `the reseller channel`, `customer Fabrikam`."""
    for at in list(stream.all_of("dim")):
        for beside in (at - 1, at + 1):
            if not (0 <= beside < len(stream)) or stream.marks[beside].kind != MarkKind.NAME:
                continue
            named = stream.marks[beside].value
            if not isinstance(named, NameMark) or not named.entries:
                continue
            same = named.entries[0].dimension.value == stream.value(at)
            if same and not stream.is_(at - 1, "each", "which") and at not in stream.taken:
                stream.take(named.entries[0].dimension.value, at)
