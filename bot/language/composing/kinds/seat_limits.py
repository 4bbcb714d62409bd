"""Read conditions on sold licenses without a number.

`all licenses assigned`, `more assigned than bought`. Pure.
"""

from bot.commands.meaning import Condition, Keep, Measure, Unit
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind

ALL_ASSIGNED = Condition(Measure.SHARE, ">=", 100, Unit.PERCENT)
_TOO_MANY = Condition(Measure.OVERASSIGNED, ">", 0, Unit.LICENSES)
_SOME_LEFT = Condition(Measure.UNASSIGNED, ">", 0, Unit.LICENSES)
_BETWEEN = ("seats", "it", "have", "use", "prep", "inof", MarkKind.NAME)


def seat_limits(
    stream: MarkStream, measure: Measure | None, limits: list[Condition], keep: Keep | None
) -> tuple[Measure | None, list[Condition]]:
    """Return the measure and the conditions, also those without a number.

    `who assigned more than they bought` is about what is assigned beyond that, and `customers with all licenses
    assigned` about those that have assigned all of them.
    """
    said = {mark.value for mark in stream.marks if mark.kind == "measure"}
    if measure is Measure.ASSIGNED and Measure.BEYOND in said:
        measure = Measure.OVERASSIGNED
    if measure is Measure.OVERASSIGNED and keep is None and all(each.measure is not measure for each in limits):
        return measure, [*limits, _TOO_MANY]
    if measure is Measure.ASSIGNED and not limits and stream.lists_customers and all_assigned(stream):
        return measure, [ALL_ASSIGNED]
    if measure is Measure.UNASSIGNED and not limits and keep is None and stream.lists_customers and _says_all(stream):
        return measure, [_SOME_LEFT]  # `which customers have not assigned everything`
    return measure, limits


def _says_all(stream: MarkStream) -> bool:
    return any(mark.kind == "all" or (mark.kind, mark.value) == ("everyone", "things") for mark in stream.marks)


def all_assigned(stream: MarkStream) -> bool:
    """Return True for `all licenses assigned` and `all E3 licenses are assigned`."""
    return any(
        _assigned_beside(stream, at, 1)
        or (stream.marks[at].kind == "all" and _is_seats(stream, at + 1) and _assigned_beside(stream, at, -1))
        for at, mark in enumerate(stream.marks)
        if mark.kind == "all" or (mark.kind == "everyone" and not mark.value and _is_of_licenses(stream, at + 1))
    )


def _is_of_licenses(stream: MarkStream, at: int) -> bool:
    return at < len(stream) and stream.marks[at].kind in ("seats", "measure")


def _is_seats(stream: MarkStream, at: int) -> bool:
    return at < len(stream) and stream.marks[at].kind == "seats"


def _assigned_beside(stream: MarkStream, at: int, step: int) -> bool:
    """Return True if `assigned` is the next word that says something, in the direction of `step`."""
    at += step
    while 0 <= at < len(stream) and stream.marks[at].kind in _BETWEEN:
        at += step
    return 0 <= at < len(stream) and stream.marks[at].value == Measure.ASSIGNED
