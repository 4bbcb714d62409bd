"""Which questions an alert can watch, and which lines it watches. Pure."""

from dataclasses import replace
from datetime import time

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.domain.licensing import Dimension
from bot.domain.recurrence import EVERY_DAY, Schedule, Weekly

# When an alert looks if nothing was said. The figures change at most once a day.
EACH_DAY = Schedule(Weekly(EVERY_DAY), time(9))


def is_watchable(question: Usage) -> bool:
    """Return True if an alert can watch the question.

    It has one limit, is about the newest figures, and does not rank its lines. A number of licenses has one bound.
    `above 120%` is none that a later check could compare with. What was sold is watched by a digest with a condition.
    Of renewals it watches what ends within so many days, with a condition or without.
    """
    if question.kind is AnswerKind.RENEWALS:
        return question.ahead is not None and question.order is None and question.period is None
    if question.kind is not AnswerKind.FIGURES or question.order is not None or question.seats is not None:
        return False
    if question.day is not None or question.period is not None or question.versus is not None:
        return False
    if (question.limit is not None) + len(question.amounts) != 1:
        return False
    limit = question.limit
    if limit is not None:
        return not limit.asks_beyond or limit.low == 1
    return any((each.low is None) is not (each.high is None) for each in question.amounts)


def as_watched(question: Usage) -> Usage:
    """Return the question with its lines said.

    If nothing is said about lines, what is named is one line: `Exchange at Fabrikam` is that customer, `Teams` is the
    workload over all customers. Of "my customers" each is a line.
    """
    listed = question.by or question.kind is AnswerKind.RENEWALS
    return question if listed else replace(question, by=(_lines(question),))


def _lines(question: Usage) -> Dimension:
    if question.customers or question.mine:
        return Dimension.CUSTOMER
    if question.products and not question.subjects:
        return Dimension.PRODUCT
    if question.channels and not question.subjects:
        return Dimension.CHANNEL
    return Dimension.WORKLOAD
