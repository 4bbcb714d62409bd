"""Which days a trend is made of."""

from datetime import date

from bot.commands.answer_kind import AnswerKind, TrendStep
from bot.commands.command import Usage
from bot.domain.compared_days import DayRange
from bot.usage.kinds.trend.trend_days import most_days, step_of, trend_plan

NEWEST = date(2018, 10, 14)


def asked(period: DayRange | None = None, step: TrendStep | None = None) -> Usage:
    return Usage(kind=AnswerKind.TREND, period=period, step=step)


def test_six_months_by_month_are_usual() -> None:
    plan = trend_plan(asked(), NEWEST)
    assert [str(each) for each in plan.days] == [f"2018-{month:02}-14" for month in range(4, 11)]
    assert (plan.step, plan.every) == (TrendStep.MONTH, 1)


def test_eight_weeks_are_usual_by_week() -> None:
    plan = trend_plan(asked(step=TrendStep.WEEK), NEWEST)
    assert (len(plan.days), plan.days[0], plan.days[-1]) == (9, date(2018, 8, 19), NEWEST)


def test_short_range_is_by_week_and_a_long_one_by_month() -> None:
    assert step_of(asked(DayRange(date(2018, 9, 1))), NEWEST) is TrendStep.WEEK
    assert step_of(asked(DayRange(date(2018, 6, 1))), NEWEST) is TrendStep.MONTH
    assert step_of(asked(DayRange(date(2018, 6, 1)), TrendStep.WEEK), NEWEST) is TrendStep.WEEK


def test_first_day_of_the_range_is_asked_for_if_the_others_are_far() -> None:
    assert trend_plan(asked(DayRange(date(2018, 6, 20))), NEWEST).days[0] == date(2018, 6, 20)
    assert trend_plan(asked(DayRange(date(2018, 6, 10))), NEWEST).days[0] == date(2018, 6, 14)


def test_long_range_is_shown_with_every_second_step_or_fewer() -> None:
    plan = trend_plan(asked(DayRange(date(2018, 1, 1)), TrendStep.WEEK), NEWEST)
    assert plan.every == 4
    assert len(plan.days) <= 14
    assert {(later - earlier).days for earlier, later in zip(plan.days[1:], plan.days[2:], strict=False)} == {28}


def test_month_after_the_last_of_january_is_the_last_of_february() -> None:
    days = trend_plan(asked(DayRange(date(2018, 1, 1))), date(2018, 3, 31)).days
    assert date(2018, 2, 28) in days


def test_only_the_newest_day_is_left_if_the_range_begins_after_it() -> None:
    plan = trend_plan(asked(DayRange(date(2018, 11, 1))), NEWEST)
    assert plan.days == (NEWEST,)


def test_fewer_days_are_asked_for_when_each_has_many_pages() -> None:
    assert [most_days(pages) for pages in (0, 1, 2, 40)] == [14, 14, 7, 4]
