"""The days of any trend, and the points made of whatever was found for them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.answer_kind import AnswerKind, TrendStep
from bot.commands.command import Usage
from bot.domain.compared_days import DayRange
from bot.query.reports.day_figures import DayFigures
from bot.usage.kinds.trend.trend_days import trend_plan
from bot.usage.kinds.trend.trend_points import GapKind, points_of
from tests.shown_figures import of

DAYS = st.dates(date(2, 1, 1), date(2100, 1, 1))
COMMANDS = st.builds(
    lambda first, step: Usage(kind=AnswerKind.TREND, period=None if first is None else DayRange(first), step=step),
    st.none() | DAYS,
    st.none() | st.sampled_from(TrendStep),
)


@given(COMMANDS, DAYS, st.integers(1, 20))
def test_days_are_few_in_order_and_within_the_range(command: Usage, newest: date, most: int) -> None:
    plan = trend_plan(command, newest, most)
    assert 1 <= len(plan.days) <= most
    assert plan.days[-1] == newest
    assert list(plan.days) == sorted(set(plan.days))
    assert len(plan.days) == 1 or plan.days[0] >= plan.first


@given(COMMANDS, DAYS, st.data())
def test_every_point_is_what_was_found_or_a_gap(command: Usage, newest: date, data: st.DataObject) -> None:
    plan = trend_plan(command, newest)

    def before(day: date) -> st.SearchStrategy[DayFigures | GapKind]:
        back = st.integers(0, min(400, day.toordinal() - 1))
        made = st.builds(
            lambda days, active: DayFigures(day - timedelta(days), of(active, 100)), back, st.integers(0, 99)
        )
        return st.sampled_from(GapKind) | made

    answers = {day: data.draw(before(day)) for day in plan.days}
    points = points_of(plan, answers)
    found = [each for each in answers.values() if isinstance(each, DayFigures)]
    shown = [each.found for each in points if each.found is not None]
    assert [each.asked for each in points] == list(plan.days)
    assert all((each.found is None) is (each.gap is not None) for each in points)
    assert all(each in found for each in shown)
    assert [each.day for each in shown] == sorted({each.day for each in shown})
