"""A sentence that is not whole by itself changes the last question."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.domain.conversation import Conversation, ConversationKind
from bot.usage.command_buttons import press_of
from cards.views.answer_views import HelloView, NotUnderstoodView, PickerView, UsageView

CHAT = Conversation("19:a", ConversationKind.GROUP, "{}")
PRIVATE = Conversation("a:1", ConversationKind.PERSONAL, "{}")
OTHER_CHAT = replace(CHAT, conversation_id="19:b")


@pytest.fixture
def say(desk):
    async def say(text, caller=desk.ann, here=CHAT):
        return await desk.engine.answers.answer(text, caller, here=here)

    return say


async def test_conversation_of_eight_turns(say):
    first = await say("usage for TEST COMPANY on Exchange")
    assert isinstance(first, UsageView)
    assert first.scope == ("TEST COMPANY", "Exchange")
    scopes = []
    for text in ("and SharePoint?", "same for Fabrikam", "by product", "only below 90%", "and now for everyone"):
        view = await say(text)
        scopes.append((text, view.scope if isinstance(view, UsageView) else tuple(view.values["scope"].split(", "))))
    assert scopes == [
        ("and SharePoint?", ("TEST COMPANY", "SharePoint")),
        ("same for Fabrikam", ("Fabrikam", "SharePoint")),
        ("by product", ("Fabrikam", "SharePoint")),
        ("only below 90%", ("Fabrikam", "SharePoint")),
        ("and now for everyone", ("SharePoint",)),
    ]
    last = await say("top 3 please")
    assert isinstance(last, UsageView)
    assert (last.scope, last.by, last.matched) == (("SharePoint",), ("product",), 3)
    assert [each.kind for each in last.narrowed] == ["below", "top"]


async def test_whole_sentence_starts_anew(say):
    await say("usage for TEST COMPANY on Exchange below 50%")
    view = await say("usage on Teams by customer")
    assert view.scope == ("Teams",)
    assert view.narrowed == ()


async def test_name_or_number_answers_which_of_several_is_meant(say):
    asked = await say("usage for Contoso on Exchange")
    assert isinstance(asked, PickerView)
    second = await say("the second one")
    assert isinstance(second, UsageView)
    assert second.scope[1] == "Exchange"
    await say("usage for Contoso on Exchange")
    assert (await say("Contoso Europe")).scope == ("Contoso Europe", "Exchange")


async def test_question_is_of_one_person_in_one_conversation(say, desk):
    await say("usage for TEST COMPANY on Exchange")
    assert isinstance(await say("by product", here=OTHER_CHAT), UsageView)
    assert (await say("by product", here=OTHER_CHAT)).scope == ()
    stranger = replace(desk.ann, object_id="someone-else")
    assert (await say("by product", caller=stranger)).scope == ()


async def test_forget_me_erases_the_last_question(say, desk):
    await say("usage for TEST COMPANY on Exchange")
    asked = await say("forget me", here=PRIVATE)
    assert (await say("by product", here=CHAT)).scope == ("TEST COMPANY", "Exchange")
    pressed = press_of(asked.confirm)
    await desk.engine.answers.press(pressed, desk.ann, here=PRIVATE)
    assert (await say("by product")).scope == ()


@pytest.mark.parametrize("text", ["the second one", "trend", "compare", "export", "digest every monday at 9"])
async def test_nothing_to_follow_is_asked_for(say, text):
    assert isinstance(await say(text), NotUnderstoodView)


async def test_thanks_keeps_the_question(say):
    await say("usage for TEST COMPANY on Exchange")
    assert isinstance(await say("thanks!"), HelloView)
    assert (await say("and SharePoint?")).scope == ("TEST COMPANY", "SharePoint")


async def test_more_shows_the_next_rows_until_all_were_shown(say):
    first = await say("usage by customer")
    assert first.matched > 24
    shown = [(first.fresh, len(first.items))]
    while isinstance(view := await say("more"), UsageView):
        shown.append((view.fresh, view.start + len(view.items)))
    assert shown[0] == (0, 20)
    assert all(start <= end for (_, end), (start, _) in pairwise(shown))  # the card may have had room for fewer rows
    assert shown[-1][1] == first.matched
    for again in (view, await say("more"), await say("more please")):
        assert (again.problem, again.values["count"]) == ("no_more_rows", str(first.matched))


async def test_more_is_asked_about_when_a_list_of_names_came_between(say):
    assert (await say("more")).problem == "missing.question"
    await say("usage by customer")
    await say("customers")
    await say("more")
    asked = await say("more")
    assert asked.problem == "missing.list"
    assert [each.text for each in asked.suggestions] == ["usage by customer"]


@pytest.mark.parametrize("text", ["no, I meant Fabrikam", "nee, ik bedoel Fabrikam", "nem, a Fabrikamra gondoltam"])
async def test_corrected_name_replaces_the_one_before(say, text):
    await say("usage for TEST COMPANY on Exchange")
    assert (await say(text)).scope == ("Fabrikam", "Exchange")


async def test_one_of_several_is_picked_also_after_a_typing_error(say):
    assert isinstance(await say("usage for Contosso on Teams"), PickerView)
    view = await say("the second one")
    assert isinstance(view, UsageView)
    assert view.scope[-1] == "Teams"


async def test_limit_of_the_question_before_is_named_and_can_be_left_out(say):
    await say("usage by customer on Exchange below 90%")
    view = await say("and on Teams?")
    assert [each.kind for each in view.kept] == ["below"]
    assert press_of(view.freed).sentence() == "usage on Teams by customer"
    named = await say("usage on Teams by customer below 90%")
    assert (named.kept, named.freed) == ((), None)


async def test_nothing_within_a_kept_limit_names_it_and_leads_on(say):
    await say("usage for TEST COMPANY on Exchange with exactly 77 unused licenses")
    view = await say("and SharePoint?")
    assert view.problem == "none_within"
    assert view.kept == view.limits
    assert [each.title for each in view.ways] == ["way.no_kept"]
    assert press_of(view.ways[0].action).sentence() == "usage for TEST COMPANY on SharePoint"
