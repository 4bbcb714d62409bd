"""How figures developed.

The simulated Partner Center keeps a snapshot of each of 26 weeks.
"""

from datetime import date

import pytest

from bot.commands.command import NewDigest
from bot.domain.conversation import Conversation, ConversationKind
from bot.simulator.partner_center.faults.fault_types import Refuse, Throttle
from bot.usage.command_buttons import press_of
from cards.draw import draw, plain_text, summary
from cards.views.answer_views import ErrorView, NotUnderstoodView, UsageView
from cards.views.kinds.trend_view import TrendView
from cards.wording.locale_words import LocaleWords

CHAT = Conversation("19:a", ConversationKind.GROUP, "{}")
WORDS = LocaleWords.load("en-US")


@pytest.fixture
def say(desk):
    async def say(text, caller=desk.ann):
        return await desk.engine.answers.answer(text, caller, here=CHAT)

    return say


async def test_few_days_are_asked_for_as_the_caller(desk, say):
    await say("customers")
    before = len(desk.usage_requests())
    view = await say("trend on Teams")
    assert isinstance(view, TrendView)
    asked = [dict(each.params) for each in desk.usage_requests()[before:]]
    assert asked[0].get("processedDateTime") is None
    assert sorted(each["processedDateTime"] for each in asked[1:]) == [f"2018-{month:02}-14" for month in range(4, 10)]
    assert {each["filter"] for each in asked} == {"workloadCode eq 'TEAMS'"}


async def test_points_are_the_figures_of_single_days(say):
    view = await say("trend on Teams by week")
    assert len(view.known) == 9
    for point in view.known[::4]:
        alone = await say(f"usage on Teams as of {point.day}")
        assert (alone.as_of[0].day, alone.total) == (point.day, point.figures)


async def test_day_that_the_service_has_not_is_a_gap_and_said(say):
    view = await say("trend on Teams")
    assert [each.gap for each in view.points] == ["none", *[""] * 6]
    text = plain_text(view, WORDS)
    assert "April 14, 2018: no figures" in text
    assert "Partner Center has no figures for April 14, 2018." in text
    assert "Chart.Line" not in str(draw(view, WORDS))


async def test_line_is_drawn_when_there_is_no_gap(say):
    card = draw(await say("trend on Teams by week"), WORDS)
    chart = next(each for each in card["body"] if each["type"] == "Chart.Line")
    assert [line["legend"] for line in chart["data"]] == ["Active", "Qualified"]
    assert chart["fallback"]["type"] == "Container"


@pytest.mark.parametrize(
    "fault", [Throttle(retry_after=900, after=2, times=1), Refuse(status=400, code="3000", after=2)]
)
async def test_day_without_an_answer_is_a_gap_and_said(desk, say, fault):
    await say("customers")
    desk.fault(fault)
    view = await say("trend on Teams by week")
    assert "failed" in {each.gap for each in view.points}
    assert view.points[-1].figures is not None
    assert "Partner Center did not answer for" in plain_text(view, WORDS)


async def test_service_that_is_down_is_not_asked_for_every_day(desk, say):
    await say("customers")
    desk.fault(Throttle(retry_after=900, after=1, times=None))
    before = len(desk.usage_requests())
    view = await say("trend on Teams by week")
    assert [each.gap for each in view.points] == [*["failed"] * 8, ""]
    assert len(desk.usage_requests()) - before < 9


async def test_refusal_of_the_person_is_no_gap(desk, say):
    await say("customers")
    desk.fault(Refuse(code="900150", after=1, times=None))
    view = await say("trend on Teams by week")
    assert isinstance(view, ErrorView)


async def test_newest_figures_that_cannot_be_had_are_an_error(desk, say):
    await say("customers")
    desk.fault(Throttle(retry_after=900, times=None))
    assert isinstance(await say("trend on Teams"), ErrorView)


async def test_several_workloads_are_compared_by_their_percentage(say):
    view = await say("trend of everything by week")
    assert view.several
    assert all(each.figures.several for each in view.known)
    assert "over all workloads" in summary(view, WORDS)
    assert "active of" not in summary(view, WORDS)


async def test_trend_is_continued_with_other_names_steps_and_days(say):
    await say("trend on Exchange")
    assert (await say("and Teams?")).scope == ("Teams",)
    assert (await say("by week")).step == "week"
    view = await say("since 2018-09-20")
    assert (view.scope, view.points[0].day) == (("Teams",), date(2018, 9, 23))


@pytest.mark.parametrize("text", ["as a trend", "show me the trend", "trend"])
async def test_last_question_becomes_a_trend(say, text):
    await say("usage for TEST COMPANY on Exchange")
    view = await say(text)
    assert isinstance(view, TrendView)
    assert view.scope == ("TEST COMPANY", "Exchange")


async def test_trend_becomes_a_comparison_when_that_is_asked_for(say):
    await say("trend on Exchange")
    view = await say("compared with 2018-08-01")
    assert isinstance(view, UsageView)
    assert view.compared.day == date(2018, 8, 1)


@pytest.mark.parametrize(
    ("text", "problem", "offered"),
    [
        ("trend on Exchange by customer", "not_offered.trend_lines", "usage on Exchange by customer compared with"),
        ("trend on Exchange for customers below 50%", "not_offered.trend_lines", "usage on Exchange"),
        ("trend on Exchange by day", "not_offered.step", "trend on Exchange"),
        (
            "every month trend on Exchange only if something changed",
            "not_offered.condition",
            "digest",
        ),
    ],
)
async def test_what_a_trend_has_not_is_refused_by_its_name(say, text, problem, offered):
    view = await say(text)
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == problem
    assert view.suggestions[0].text.startswith(offered)


async def test_usage_leads_to_its_trend_and_back(desk, say):
    usage = await say("usage for TEST COMPANY on Exchange")
    view = await desk.engine.answers.press(press_of(usage.trend), desk.ann, here=CHAT)
    assert isinstance(view, TrendView)
    back = await desk.engine.answers.press(press_of(view.usage), desk.ann, here=CHAT)
    assert isinstance(back, UsageView)
    assert back.scope == usage.scope


async def test_misspelt_name_is_said(say):
    view = await say("trend on Exchnage")
    assert [(each.typed, each.taken) for each in view.corrected] == [("Exchnage", "Exchange")]
    assert "Exchnage" in summary(view, WORDS)


async def test_digest_of_a_trend_is_offered_with_its_schedule(desk):
    command, _ = await desk.engine.answers.read("every month trend on Exchange by week", desk.ann)
    assert isinstance(command, NewDigest)
    assert (command.question.kind, command.question.step) == ("trend", "week")


async def test_trend_shows_the_number_that_was_asked_for(say):
    view = await say("trend of unused licenses on Teams by week")
    usual = await say("trend on Teams by week")
    assert (view.question, view.measure, usual.measure) == (
        "trend unused licenses on Teams by week",
        "unused",
        "active",
    )
    assert [each.figures for each in view.known] == [each.figures for each in usual.known]
    text = f"{plain_text(view, WORDS)} {draw(view, WORDS)}"
    last = view.known[-1].figures
    assert "Unused licenses by week" in text
    assert f"{last.unused} unused" in text


async def test_licenses_of_several_workloads_are_not_added_and_it_is_said(say):
    view = await say("trend of unused licenses for TEST COMPANY by week")
    assert view.several
    assert "Numbers of licenses of several workloads are not added" in plain_text(view, WORDS)


async def test_old_figures_are_said_in_words(say):
    text = plain_text(await say("trend on Teams"), WORDS)
    assert "years old" in text


@pytest.mark.parametrize("question", ["what renews", "whom should I call?"])
async def test_old_figures_are_said_in_words_beside_renewals_and_calls(say, question):
    view = await say(question)
    assert view.age.unit == "years"
    assert "years old" in plain_text(view, WORDS)
    assert "years old" in str(draw(view, WORDS))
