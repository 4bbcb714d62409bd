"""The points of a trend, and its gaps."""

from dataclasses import replace
from datetime import date

import pytest

from bot.commands.answer_kind import AnswerKind, TrendStep
from bot.commands.command import Name, NewDigest, Usage
from bot.domain.licensing import Dimension, Entry, Field, ServiceDate
from bot.query.filters.expression import Eq
from bot.query.reports.day_figures import DayFigures
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.usage_query import UsageQuery
from bot.usage.command_buttons import press_of
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.trend.trend_answer import TrendAnswer
from bot.usage.kinds.trend.trend_asking import BY, unpack
from bot.usage.kinds.trend.trend_days import TrendPlan
from bot.usage.kinds.trend.trend_points import GapKind, TrendPoint, came_and_went, day_figures, is_of_several, points_of
from bot.usage.query_plan import QueryPlan
from cards.views.kinds.trend_view import TrendView
from tests.compared_answers import Row, row
from tests.shown_figures import of

AUGUST, SEPTEMBER, OCTOBER = (date(2018, month, 14) for month in (8, 9, 10))
PLAN = TrendPlan((AUGUST, SEPTEMBER, OCTOBER), TrendStep.MONTH, AUGUST)
EXCHANGE, TEAMS = (Entry(Dimension.WORKLOAD, each.upper(), each) for each in ("Exchange", "Teams"))
E1, E3 = (Entry(Dimension.PRODUCT, each, each) for each in ("E1", "E3"))
COMMAND = Usage(subjects=(Name("Exchange"),), kind=AnswerKind.TREND)


def figures(day: date, active: int = 62, *workloads: Entry, products: tuple[Entry, ...] = (E3,)) -> DayFigures:
    return DayFigures(day, of(active, 100), workloads or (EXCHANGE,), products)


def report_of(*rows: Row, day: date = OCTOBER):
    tally = RowAggregator(BY)
    tally.add([row(*each, day) for each in rows])
    return tally.report()


def test_days_of_the_service_are_points() -> None:
    answers = {AUGUST: figures(date(2018, 8, 12)), SEPTEMBER: figures(SEPTEMBER), OCTOBER: figures(OCTOBER)}
    points = points_of(PLAN, answers)
    assert [each.day for each in points] == [date(2018, 8, 12), SEPTEMBER, OCTOBER]
    assert all(each.gap is None for each in points)


def test_equal_days_are_one_point_and_the_rest_a_gap() -> None:
    old = figures(AUGUST)
    points = points_of(PLAN, {AUGUST: old, SEPTEMBER: old, OCTOBER: figures(OCTOBER)})
    assert [each.found and each.found.day for each in points] == [AUGUST, None, OCTOBER]
    assert points[1].gap is GapKind.NONE


def test_figures_belong_to_their_day_whichever_was_asked_for() -> None:
    points = points_of(PLAN, {AUGUST: GapKind.FAILED, SEPTEMBER: figures(AUGUST), OCTOBER: figures(OCTOBER)})
    assert [each.gap for each in points] == [None, GapKind.NONE, None]


@pytest.mark.parametrize("gap", GapKind)
def test_day_without_figures_is_a_gap_and_never_zero(gap: GapKind) -> None:
    points = points_of(PLAN, {AUGUST: figures(AUGUST), SEPTEMBER: gap, OCTOBER: figures(OCTOBER)})
    assert points[1] == TrendPoint(SEPTEMBER, gap=gap)


def test_figures_of_the_service_go_before_what_was_kept() -> None:
    kept = [replace(figures(each, 9), seen=each) for each in (date(2018, 8, 13), SEPTEMBER)]
    points = points_of(PLAN, {AUGUST: figures(AUGUST), SEPTEMBER: GapKind.NONE, OCTOBER: figures(OCTOBER)}, kept)
    assert [each.found and each.found.seen for each in points] == [None, SEPTEMBER, None]


def test_answer_of_rows_has_its_day_and_its_members() -> None:
    found = day_figures(report_of(("A", "Exchange", 62, 100), ("B", "Exchange", 3, 10)))
    assert isinstance(found, DayFigures)
    assert (found.day, found.figures) == (OCTOBER, of(65, 110))
    assert [each.name for each in (*(found.workloads or ()), *(found.products or ()))] == [
        "Exchange",
        "OFFICE 365 ENTERPRISE E3",
    ]


def test_answer_without_rows_has_no_figures() -> None:
    assert day_figures(report_of()) is GapKind.NONE


def test_answer_with_unknown_figures_is_not_complete() -> None:
    assert day_figures(report_of(("A", "Exchange", 62, 100), ("B", "Exchange", None, 10))) is GapKind.INCOMPLETE


def test_numbers_of_several_workloads_are_not_compared() -> None:
    one, other = (TrendPoint(OCTOBER, figures(OCTOBER, 62, each)) for each in (EXCHANGE, TEAMS))
    assert not is_of_several([one, one])
    assert is_of_several([one, other])
    assert is_of_several([TrendPoint(OCTOBER, figures(OCTOBER, 62, EXCHANGE, TEAMS))])


def test_what_came_and_went_is_named() -> None:
    first = TrendPoint(AUGUST, figures(AUGUST, 62, EXCHANGE, products=(E1,)))
    last = TrendPoint(OCTOBER, figures(OCTOBER, 62, EXCHANGE, TEAMS, products=(E3,)))
    unknown = TrendPoint(SEPTEMBER, DayFigures(SEPTEMBER, of(1, 2)))
    assert came_and_went([unknown, first, TrendPoint(SEPTEMBER, gap=GapKind.NONE), last], Dimension.WORKLOAD) == (
        (TEAMS,),
        (),
    )
    assert came_and_went([first, last], Dimension.PRODUCT) == ((E3,), (E1,))
    assert came_and_went([last], Dimension.PRODUCT) == ((), ())


def answer_of(*points: TrendPoint, command: Usage = COMMAND) -> TrendAnswer:
    return TrendAnswer(command, QueryPlan(UsageQuery(), (), (EXCHANGE,)), PLAN, points)


def view_of(*points: TrendPoint, command: Usage = COMMAND) -> TrendView:
    made = answer_of(*points, command=command).view(ShownPart(20, digests=True, today=OCTOBER))
    assert isinstance(made, TrendView)
    return made


def test_answer_is_the_same_after_packing() -> None:
    answered = answer_of(TrendPoint(AUGUST, figures(AUGUST)), TrendPoint(SEPTEMBER, gap=GapKind.FAILED))
    assert unpack(answered.packed()) == answered
    assert (unpack(b"{}"), answered.rows) == (None, 2)


def test_view_has_points_and_gaps() -> None:
    made = view_of(TrendPoint(AUGUST, figures(AUGUST)), TrendPoint(SEPTEMBER, gap=GapKind.FAILED))
    assert [(each.day, each.gap) for each in made.points] == [(AUGUST, ""), (SEPTEMBER, "failed")]
    assert len(made.known) == 1
    assert (made.scope, made.step, made.question) == (("Exchange",), "month", "trend on Exchange")


def test_buttons_ask_for_other_ranges_and_steps() -> None:
    made = view_of(TrendPoint(OCTOBER, figures(OCTOBER)))
    assert made.shorter is None
    longer, stepped, usage, digest = (
        press_of(each).asked for each in (made.longer, made.stepped, made.usage, made.digest)
    )
    assert (longer.period.first, longer.kind, longer.step) == (date(2018, 6, 14), AnswerKind.TREND, TrendStep.MONTH)
    assert stepped == replace(COMMAND, step=TrendStep.WEEK)
    assert usage == replace(COMMAND, kind=AnswerKind.FIGURES)
    assert digest == NewDigest(COMMAND)


def test_figures_that_only_a_person_has_seen_are_in_no_digest() -> None:
    kept = TrendPoint(AUGUST, replace(figures(AUGUST), seen=date(2018, 8, 16)))
    points = (kept, TrendPoint(SEPTEMBER, figures(SEPTEMBER)), TrendPoint(OCTOBER, figures(OCTOBER)))
    answer = TrendAnswer(COMMAND, QueryPlan(UsageQuery(), BY, (EXCHANGE,)), PLAN, points)
    asked, posted = answer.view(ShownPart(20)), answer.view(ShownPart(5, posted=True))
    assert isinstance(asked, TrendView)
    assert isinstance(posted, TrendView)
    assert asked.points[0].seen == date(2018, 8, 16)
    assert (posted.points[0].figures, posted.points[0].gap) == (None, "none")
    assert posted.points[1:] == asked.points[1:]


def test_day_of_which_some_services_are_older_says_so() -> None:
    report = report_of(("A", "Exchange", 5, 8))
    days = (ServiceDate("Exchange", OCTOBER), ServiceDate("Teams", SEPTEMBER))
    mixed, same = day_figures(replace(report, as_of=days)), day_figures(report)
    assert isinstance(mixed, DayFigures)
    assert isinstance(same, DayFigures)
    assert (mixed.day, mixed.oldest, same.oldest) == (OCTOBER, SEPTEMBER, None)


def test_row_outside_of_the_question_makes_no_day_incomplete() -> None:
    tally = RowAggregator(BY, Eq(Field.WORKLOAD_CODE, "EXCHANGE"))
    tally.add([row("A", "Exchange", 5, 8, OCTOBER), row("B", "Teams", None, 2, OCTOBER)])
    assert isinstance(day_figures(tally.report()), DayFigures)
