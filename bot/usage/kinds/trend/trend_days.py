"""The days whose figures make a trend. Pure.

The newest figures are fetched first, and the days are counted back from theirs: they are then as far apart as the step
says, whatever day it is today.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.commands.answer_kind import TrendStep
from bot.commands.command import Usage
from bot.domain.compared_days import months_before

MOST_DAYS = 14  # a request for each, with that for the newest
FEWEST_DAYS = 4  # also of answers with many pages
USUAL = {TrendStep.MONTH: 6, TrendStep.WEEK: 8}  # steps, if no range was said
_WEEK = 7
_SHORT = 70  # days of a range that is shown by week


@dataclass(frozen=True, slots=True)
class TrendPlan:
    """The days of a trend, the oldest first; the last is that of the newest figures.

    They are `every` steps apart. `first` is the first day of the range.
    """

    days: tuple[date, ...]
    step: TrendStep
    first: date
    every: int = 1

    def begin_of(self, at: int) -> date:
        """Return the first day whose figures count for the day at this position.

        It is the one after the day before.
        """
        before = self.days[at - 1] if at else stepped_back(self.days[0], self.step, self.every)
        return before if before == date.min else before + timedelta(days=1)


def step_of(command: Usage, newest: date) -> TrendStep:
    """Return how far the days are apart.

    As was said, else weeks for a short range and months for others.
    """
    if command.step is not None:
        return command.step
    if command.period is None:
        return TrendStep.MONTH
    return TrendStep.WEEK if (newest - command.period.first).days < _SHORT else TrendStep.MONTH


def trend_plan(command: Usage, newest: date, most: int = MOST_DAYS) -> TrendPlan:
    """Return at most `most` days, and at least the `newest`.

    A range with more steps than that is shown with every second step, every third …
    """
    step = step_of(command, newest)
    first = command.period.first if command.period is not None else stepped_back(newest, step, USUAL[step])
    every, days = 1, _days(first, newest, step, 1, most)
    while len(days) > max(most, 1):
        every += 1
        days = _days(first, newest, step, every, most)
    return TrendPlan(tuple(reversed(days)), step, first, every)


def most_days(pages: int) -> int:
    """Return how many days may be asked for if the figures of each have so many pages."""
    return max(MOST_DAYS // max(pages, 1), FEWEST_DAYS)


def stepped_back(day: date, step: TrendStep, count: int) -> date:
    """Return the day so many steps before.

    The first day that there is, if that is too early.
    """
    if step is TrendStep.MONTH:
        return months_before(day, count)
    return date.fromordinal(max(day.toordinal() - _WEEK * count, 1))


def _days(first: date, newest: date, step: TrendStep, every: int, most: int) -> list[date]:
    """Return the days from the newest to the first, at most one more than `most`.

    The first day of the range is one of them if it is at least half a step before the others.
    """
    days = [newest]
    while len(days) <= most:
        before = stepped_back(newest, step, every * len(days))
        if before < first or before == days[-1]:
            length = (days[-1] - before).days
            if 2 * (days[-1] - first).days >= length > 0:
                days.append(first)
            break
        days.append(before)
    return days
