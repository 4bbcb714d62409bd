"""The measures of questions about sold licenses, as a command has them. Pure.

The report of these has what was sold in place of what is qualified, and what is assigned in place of what is
active, see `bot.domain.report_kind`: the conditions and the order of such a question have the measures of usage.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.commands.answer_kind import AnswerKind
from bot.commands.meaning import Condition, Keep, Meaning, Measure, Unit
from bot.domain.licensing import DEPLOYMENT_FIELDS, Dimension
from bot.domain.report_kind import SeatMeasure
from bot.language.reading.limits.command_limits import FLIPPED
from bot.language.reading.not_offered import NotOffered
from bot.query.filters.filter_matcher import fields

WORKLOAD = "seats_workload"  # the report of sold licenses has no workloads
SOLD_OVER_DAYS = "sold_over_days"  # the report has what is held on a day, not what was sold in a month
MIXED = "seats_and_usage"  # one question cannot ask both reports
_SEATS: Mapping[Measure, SeatMeasure] = MappingProxyType(
    {
        Measure.UNASSIGNED: SeatMeasure.UNASSIGNED,
        Measure.SOLD: SeatMeasure.SOLD,
        Measure.ASSIGNED: SeatMeasure.ASSIGNED,
        Measure.OVERASSIGNED: SeatMeasure.ASSIGNED,
    }
)
_OF_USAGE: Mapping[Measure, Measure] = MappingProxyType(
    {
        Measure.SOLD: Measure.QUALIFIED,
        Measure.ASSIGNED: Measure.ACTIVE,
        Measure.UNASSIGNED: Measure.UNUSED,
        Measure.OVERASSIGNED: Measure.BEYOND,
    }
)
_OF_SEATS = MappingProxyType({usage: seats for seats, usage in _OF_USAGE.items()})
_SAID = MappingProxyType({seats: measure for measure, seats in _SEATS.items() if measure is not Measure.OVERASSIGNED})


def seats_of(meaning: Meaning) -> SeatMeasure | None:
    """Return which number of sold licenses is asked about; None for usage."""
    if meaning.kind in (AnswerKind.RENEWALS, AnswerKind.SOLD_USE):  # "when do the licenses we sold to Fabrikam renew?"
        return None
    keep = () if meaning.keep is None else (meaning.keep.measure,)
    said = (meaning.measure, *keep, *(each.measure for each in meaning.conditions))
    if meaning.measure not in (None, Measure.SHARE):
        return _SEATS.get(meaning.measure)
    return next((_SEATS[each] for each in said if each in _SEATS), None)


def in_figures(meaning: Meaning, seats: SeatMeasure | None) -> Meaning | NotOffered:
    """Return the question with the measures of usage in its conditions and its order.

    Or what no report can answer: a workload of sold licenses, and conditions of both reports.
    """
    if meaning.kind is AnswerKind.SOLD_USE:
        return replace(meaning, conditions=tuple(map(_of_sold_use, meaning.conditions)), keep=_kept(meaning.keep))
    said = {each.measure for each in meaning.conditions} | ({meaning.keep.measure} if meaning.keep else set())
    if seats is None:
        of_renewals = {Measure.SOLD} if meaning.kind is AnswerKind.RENEWALS else set[Measure]()
        if said & (set(_SEATS) - of_renewals):
            return NotOffered(MIXED)
        return _of_quantity(meaning) if said & of_renewals else meaning
    if said & set(_OF_SEATS) or meaning.kind is not AnswerKind.FIGURES:
        return NotOffered("trend" if meaning.kind is AnswerKind.TREND else MIXED)
    if names_workload(meaning):
        return NotOffered(WORKLOAD)
    return replace(meaning, conditions=tuple(map(_figure, meaning.conditions)), keep=_kept(meaning.keep))


def _of_quantity(meaning: Meaning) -> Meaning:
    """Return a question about renewals; what was sold is the quantity of a subscription."""
    quantity = {Measure.SOLD: Measure.QUALIFIED}
    conditions = tuple(replace(each, measure=quantity.get(each.measure, each.measure)) for each in meaning.conditions)
    keep = meaning.keep and replace(meaning.keep, measure=quantity.get(meaning.keep.measure, meaning.keep.measure))
    return replace(meaning, conditions=conditions, keep=keep)


def names_workload(meaning: Meaning) -> bool:
    """Return True if a workload is named, left out, listed by or in the filter."""
    asked = frozenset[object]() if meaning.expression is None else fields(meaning.expression)
    named = any(each.dimension is Dimension.WORKLOAD for each in meaning.names)
    return named or Dimension.WORKLOAD in meaning.by or not asked <= DEPLOYMENT_FIELDS


def without_workloads(meaning: Meaning) -> Meaning:
    """Return the question without workloads.

    A filter that names one is left out as a whole.
    """
    kept = meaning if meaning.expression is None or not names_workload(Meaning(expression=meaning.expression)) else None
    return replace(
        meaning,
        names=tuple(each for each in meaning.names if each.dimension is not Dimension.WORKLOAD),
        by=tuple(each for each in meaning.by if each is not Dimension.WORKLOAD),
        expression=None if kept is None else meaning.expression,
    )


def in_seats(meaning: Meaning, seats: SeatMeasure | None) -> Meaning:
    """Return the meaning of a command: `in_figures`, turned round."""
    if seats is None:
        return meaning
    conditions = tuple(
        each if each.unit is Unit.PERCENT else replace(each, measure=_OF_SEATS.get(each.measure, each.measure))
        for each in meaning.conditions
    )
    keep = meaning.keep and replace(meaning.keep, measure=_OF_SEATS.get(meaning.keep.measure, meaning.keep.measure))
    return replace(meaning, measure=_SAID[seats], conditions=conditions, keep=keep)


def of_assigned(condition: Condition) -> Condition:
    """Return a percentage of unassigned licenses as that of the assigned ones."""
    if condition.unit is not Unit.PERCENT or condition.measure not in (Measure.SHARE, Measure.UNASSIGNED):
        return condition
    return Condition(Measure.SHARE, FLIPPED[condition.operator], 100 - condition.value, Unit.PERCENT)


def _of_sold_use(condition: Condition) -> Condition:
    """Return a condition on the use of sold licenses: `sold` is what the active ones are a part of."""
    sold = condition.measure is Measure.SOLD
    return replace(condition, measure=Measure.QUALIFIED) if sold else condition


def _figure(condition: Condition) -> Condition:
    """Return a condition; a percentage is the assigned part of what was sold."""
    if condition.unit is Unit.PERCENT:
        return (
            of_assigned(condition)
            if condition.measure is Measure.UNASSIGNED
            else replace(condition, measure=Measure.SHARE)
        )
    return replace(condition, measure=_OF_USAGE.get(condition.measure, condition.measure))


def _kept(keep: Keep | None) -> Keep | None:
    return keep and replace(keep, measure=_OF_USAGE.get(keep.measure, keep.measure))
