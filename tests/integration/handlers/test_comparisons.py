"""Questions that compare two days.

The simulated Partner Center keeps a snapshot of each week.
"""

from datetime import date

import pytest

from bot.commands.command import Usage
from bot.domain.conversation import Conversation, ConversationKind
from bot.simulator.partner_center.faults.fault_types import Refuse
from bot.usage.command_buttons import press_of
from cards.draw import draw, summary
from cards.views.answer_views import ErrorView, UsageView
from cards.wording.locale_words import LocaleWords

CHAT = Conversation("19:a", ConversationKind.GROUP, "{}")
WORDS = LocaleWords.load("en-US")


@pytest.fixture
def say(desk):
    async def say(text, caller=desk.ann):
        return await desk.engine.answers.answer(text, caller, here=CHAT)

    return say


async def figures_of(say, day):
    """Return the figures of each customer on a day, asked for alone."""
    view = await say(f"usage on Teams by customer as of {day}")
    found = {}
    while True:
        found |= {item.name: item.figures for item in view.items}
        if len(found) >= view.matched:
            return found
        view = await say("more")


async def test_both_days_are_fetched_as_the_caller(desk, say):
    before = len(desk.usage_requests())
    view = await say("usage on Teams by customer compared with 2018-09-16")
    assert isinstance(view, UsageView)
    asked = [dict(each.params) for each in desk.usage_requests()[before:]]
    assert [each.get("processedDateTime") for each in asked] in ([None, "2018-09-16"], ["2018-09-16", None])
    assert len({each["filter"] for each in asked}) == 1
    assert view.compared.as_of[0].day == date(2018, 9, 16)


async def test_differences_are_those_of_two_single_answers(say):
    later, earlier = await figures_of(say, "2018-10-14"), await figures_of(say, "2018-08-19")
    view = await say("usage on Teams by customer as of 2018-10-14 compared with 2018-08-19")
    assert view.matched == len(later)
    for item in view.items:
        assert (item.figures, item.before) == (later[item.name], earlier[item.name])
    moves = [item.figures.active - item.before.active for item in view.items]
    assert moves == sorted(moves)


async def test_later_day_is_that_of_the_figures_in_either_order(say):
    one = await say("compare Exchange on 2018-08-19 with 2018-10-14")
    other = await say("compare Exchange on 2018-10-14 with 2018-08-19")
    assert one.items == other.items
    assert one.compared.day == date(2018, 8, 19)


async def test_range_is_its_last_figures_compared_with_its_first(say):
    view = await say("usage on Exchange from 2018-09-01 to 2018-09-30")
    assert [each.day for each in view.as_of] == [date(2018, 9, 30)]
    assert [each.day for each in view.compared.as_of] == [date(2018, 8, 26)]
    assert "Figures of September 30, 2018, compared with August 26, 2018" in summary(view, WORDS)


async def test_only_what_dropped_is_listed(say):
    every = await say("usage on Exchange by customer compared with 2018-06-01")
    view = await say("which customers dropped on Exchange compared with 2018-06-01")
    assert 0 < view.matched < every.matched
    for item in view.items:
        moved = item.figures.active - item.before.active
        assert moved < 0 or (moved == 0 and item.figures.percent < item.before.percent)


async def test_day_without_figures_says_so_and_nothing_is_new(say):
    view = await say("usage on Exchange by customer compared with 2017-01-01")
    assert view.compared.nothing
    assert {item.change for item in view.items} == {""}
    card = str(draw(view, WORDS))
    assert "no figures for this on or before January 1, 2017" in card
    assert "New:" not in card


async def test_no_figures_at_all_are_said_as_of_single_days(say):
    view = await say("usage on Exchange as of 2017-02-01 compared with 2017-01-01")
    assert isinstance(view, ErrorView)
    assert view.problem == "no_rows_on_day"


async def test_same_figures_on_both_days_offer_an_earlier_day(desk, say):
    view = await say("usage on Exchange by customer compared with yesterday")
    assert view.compared.same_days
    assert {item.change for item in view.items} == {"same"}
    pressed = press_of(view.compared.earlier)
    assert isinstance(pressed.asked, Usage)
    earlier = await desk.engine.answers.press(pressed, desk.ann)
    assert not earlier.compared.same_days


async def test_follow_up_compares_the_last_question(say):
    await say("usage for Fabrikam on Teams")
    view = await say("compare with 2018-09-16")
    assert view.scope == ("Fabrikam", "Teams")
    assert view.compared.as_of[0].day == date(2018, 9, 16)
    view = await say("and Exchange?")
    assert view.scope == ("Fabrikam", "Exchange")
    assert view.compared.as_of[0].day == date(2018, 9, 16)


async def test_day_after_a_comparison_is_what_it_compares_with(say):
    await say("usage for Fabrikam on Teams compared with 2018-09-16")
    view = await say("and 2018-08-19?")
    assert view.compared.as_of[0].day == date(2018, 8, 19)


async def test_more_rows_of_a_comparison_are_not_fetched_again(desk, say):
    view = await say("usage on Exchange by customer compared with 2018-09-16")
    before = len(desk.usage_requests())
    rest = await desk.engine.answers.press(press_of(view.more), desk.ann, here=CHAT)
    assert len(desk.usage_requests()) == before
    assert all(item.before is not None for item in rest.items)


async def test_error_of_one_day_is_the_error_of_the_answer(desk, say):
    await say("usage on Exchange")
    desk.fault(Refuse(times=1))
    view = await say("usage on Exchange compared with 2018-09-16")
    assert isinstance(view, ErrorView)


async def test_nothing_dropped_says_so(say):
    view = await say("usage for TEST COMPANY on Exchange dropped compared with 2018-09-16")
    assert isinstance(view, ErrorView)
    assert view.problem == "none_dropped"
    assert "September 16, 2018" in summary(view, WORDS) or "2018-09-16" in summary(view, WORDS)


async def test_nothing_is_said_to_have_dropped_where_there_is_nothing_newer(say):
    """The newest figures are of October 14, 2018: a month ago has the same ones."""
    view = await say("which customers dropped on Exchange since last month")
    assert isinstance(view, ErrorView)
    assert view.problem == "same_days"
    assert "October 14, 2018" in summary(view, WORDS)
