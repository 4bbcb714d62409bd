"""Read which lines to show first from words that judge.

`at risk`, `doing well`. Pure.
"""

from bot.commands.meaning import Keep, Measure
from bot.domain.licensing import Dimension
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import NameMark

KEEP = "keep"


def judged(stream: MarkStream) -> Keep | None:
    """Take the words that judge.

    None if there are none, or if they only ask, as in `is Fabrikam doing well`.
    """
    return _risk(stream) or _praise(stream)


def _risk(stream: MarkStream) -> Keep | None:
    """Return the customers with most unused licenses: they are whom to call."""
    if stream.first("risk") is None:
        return None
    stream.take(KEEP, *stream.all_of("risk"))
    return Keep(True, None, Measure.UNUSED)


def _praise(stream: MarkStream) -> Keep | None:
    """Return those that use the most for `customers doing well`; None for `is Fabrikam doing well`, which asks."""
    lines = stream.has("who", "dim", "which") and stream.first("praise") is not None
    stream.take(KEEP, *stream.all_of("praise"))
    return Keep(True, None) if lines and not _names_customer(stream) else None


def _names_customer(stream: MarkStream) -> bool:
    named = (mark.value for mark in stream.marks)
    return any(
        isinstance(each, NameMark) and any(entry.dimension is Dimension.CUSTOMER for entry in each.entries)
        for each in named
    )
