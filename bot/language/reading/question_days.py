"""Which days a question is about.

The day of its figures, and the day with which they are compared. Pure.
"""

from dataclasses import dataclass
from datetime import date

from bot.commands.meaning import Act, Meaning, Versus
from bot.domain.compared_days import Comparison, DayRange
from bot.language.reading.not_offered import NotOffered


@dataclass(frozen=True, slots=True)
class QuestionDays:
    """The days of a question, as the fields of the command that asks it."""

    as_of: date | None = None
    period: DayRange | None = None
    versus: Comparison | None = None


def question_days(meaning: Meaning) -> QuestionDays | NotOffered:
    """Return the days that were said.

    The later one is the day of the figures, whichever was said first: `compare october with november`.
    """
    versus = meaning.versus
    if versus is None:
        return QuestionDays(meaning.day, _range(meaning))
    if versus.first is None or (meaning.act is Act.DIGEST and versus.ago is not None):
        return QuestionDays(meaning.day, versus=Comparison(days=versus.ago, only=meaning.moved))
    later, earlier = _later(meaning), versus.taken
    if earlier is None or (later is not None and earlier > later):
        later, earlier = earlier, later
    if earlier is None:  # the newest figures with the newest figures
        return NotOffered("compare")
    return QuestionDays(later, versus=Comparison(day=earlier, only=meaning.moved))


def said_versus(versus: Comparison | None) -> Versus | None:
    """Return what a question is compared with as a sentence says it."""
    return None if versus is None else Versus(versus.day, taken=versus.day, ago=versus.days)


def _range(meaning: Meaning) -> DayRange | None:
    if meaning.period is None:
        return None
    first, last = meaning.period
    return DayRange(first, None if meaning.goes_on else last)


def _later(meaning: Meaning) -> date | None:
    """Return the day of the figures; None for the newest ones."""
    if meaning.day is not None or meaning.period is None or meaning.goes_on:
        return meaning.day
    return meaning.period[1]
