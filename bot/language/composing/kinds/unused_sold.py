"""Read what was sold and is not used.

`licenses sold to Fabrikam that nobody uses`. Pure.
"""

from bot.commands.meaning import Condition, Measure, Unit
from bot.language.composing.kinds.sold_use import is_of_sold_use
from bot.language.composing.unused import is_of_use
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind


def of_unused_sold(
    stream: MarkStream, measure: Measure | None, denied: list[Condition]
) -> tuple[Measure | None, list[Condition]]:
    """Return the measure and the conditions of licenses that are not used.

    `licenses sold to Fabrikam that are not used` are its unused ones.
    Of assigned licenses that are not used, both reports would be asked: the measures say so.
    """
    if is_of_sold_use(stream):  # a kind of its own
        return measure, denied
    said = {mark.value for mark in stream.marks if mark.kind == "measure"}
    lines = any(mark.kind in ("dim", "who", "many") for mark in stream.marks)
    if measure is None and stream.has("seats") and not lines and any(map(is_of_use, denied)) and stream.has("none"):
        return Measure.UNUSED, []  # `licenses of Fabrikam that nobody uses`
    if not said & {Measure.SOLD, Measure.ASSIGNED} or not (any(map(is_of_use, denied)) or measure is Measure.UNUSED):
        return measure, denied
    left = Condition(Measure.UNUSED, ">", 0, Unit.LICENSES)
    if Measure.ASSIGNED in said:
        return (Measure.UNASSIGNED, []) if _is_assigned_to_none(stream) else (Measure.ASSIGNED, [left])
    if not any(mark.kind in ("dim", "who") for mark in stream.marks) or _by_lines(stream):
        return Measure.UNUSED, []
    counted = stream.has("seats") or any(mark.kind == "measure" and mark.end - mark.start > 1 for mark in stream.marks)
    of_customers = counted and stream.lists_customers and not stream.has(MarkKind.NAME)
    return (measure if measure is Measure.UNUSED else None), [left] if of_customers and denied else denied


def _is_assigned_to_none(stream: MarkStream) -> bool:
    """Return True for `assigned to nobody`."""
    none = next((at for at, mark in enumerate(stream.marks) if mark.kind == "none"), 0)
    before = none - 1 - (stream.marks[none - 1].kind in ("to", "prep"))
    return none > 0 and before >= 0 and stream.marks[before].value == Measure.ASSIGNED


def _by_lines(stream: MarkStream) -> bool:
    """Return True if each `dim` is behind `by`: it says what the lines are."""
    return all(
        mark.kind not in ("dim", "who") or (at and stream.marks[at - 1].kind == "each")
        for at, mark in enumerate(stream.marks)
    )
