"""A question's limits and order: what a meaning says, as a command has it. Pure."""

from math import ceil, floor

from bot.commands.meaning import Condition, Keep, Measure
from bot.domain.figures import LicenseMeasure
from bot.language.reading.not_offered import Contradiction, NotOffered
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import ShareRange, TopBottom

_MOST_LINES = 10_000
_FIRST_TEN = 10  # "the worst customers": no number was said
_NUMBERS = {Measure(each.value): each for each in LicenseMeasure}
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


def line_order(keep: Keep | None, *, by_unused: bool = True) -> TopBottom | NotOffered | Contradiction | None:
    """Return the order of the lines, and how many are left.

    `by_unused`: the answer has the lines with most unused licenses first anyway.
    """
    if keep is not None and keep.n is not None and not 1 <= keep.n <= _MOST_LINES:
        return Contradiction() if keep.n < 1 else NotOffered("count")
    if keep is None or (by_unused and keep.measure is Measure.UNUSED and keep.top and keep.n is None):
        return None
    if keep.measure is Measure.SHARE:
        return TopBottom(keep.n or _FIRST_TEN, lowest=not keep.top)
    measure = _NUMBERS.get(keep.measure)
    if measure is None:
        return NotOffered(keep.measure.value)
    return TopBottom(keep.n or _FIRST_TEN, not keep.top, measure)


def amount_ranges(conditions: tuple[Condition, ...]) -> tuple[AmountRange, ...] | NotOffered | Contradiction:
    """Return the numbers of licenses that are left, one range for each measure."""
    made: dict[LicenseMeasure, AmountRange] = {}
    for condition in conditions:
        measure = _NUMBERS.get(condition.measure)
        if measure is None:
            return NotOffered(condition.measure.value)
        one = _amounts(measure, condition)
        made[measure] = made[measure].within(one) if measure in made else one
        if made[measure].is_empty:
            return Contradiction()
    return tuple(made.values())


def _amounts(measure: LicenseMeasure, condition: Condition) -> AmountRange:
    """Return a condition as whole numbers.

    No customer has less than 0 licenses, or a part of one.
    """
    value = condition.value
    match condition.operator:
        case "<":
            return AmountRange(measure, high=ceil(value) - 1)
        case "<=":
            return AmountRange(measure, high=floor(value))
        case ">":
            return AmountRange(measure, low=max(floor(value) + 1, 0))
        case ">=":
            return AmountRange(measure, low=max(ceil(value), 0))
    return AmountRange(measure, max(ceil(value), 0), floor(value))


def share_range(conditions: tuple[Condition, ...]) -> ShareRange | NotOffered | Contradiction | None:
    """Return the range of percentages that is left, None for no condition."""
    made: ShareRange | None = None
    for condition in conditions:
        one = _range(condition)
        if one is None:
            return NotOffered(condition.measure.value)
        made = one if made is None else _both(made, one)
    if made is not None and made.low is not None and made.high is not None:
        open_end = made.low == made.high and not (made.low_included and made.high_included)
        if made.low > made.high or open_end:
            return Contradiction()
    return made


def _range(condition: Condition) -> ShareRange | None:
    operator, value = condition.operator, condition.value
    if condition.measure is Measure.UNUSED:
        operator, value = FLIPPED[operator], 100 - value
    elif condition.measure is not Measure.SHARE:
        return None
    share = round(value / 100, 12)
    match operator:
        case "<" | "<=":
            return ShareRange(high=share, high_included=operator == "<=" or share == 0)
        case ">" | ">=":
            return ShareRange(low=share, low_included=operator == ">=")
    return ShareRange(low=share, high=share)


def _both(one: ShareRange, other: ShareRange) -> ShareRange:
    """Return the range within both."""
    low = max(
        ((each.low, not each.low_included) for each in (one, other) if each.low is not None), default=(None, False)
    )
    high = min(((each.high, each.high_included) for each in (one, other) if each.high is not None),
               default=(None, True))  # fmt: skip
    return ShareRange(low[0], high[0], not low[1], high[1])
