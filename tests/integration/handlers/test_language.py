"""A person chooses the language in which sentences are read first."""

from dataclasses import replace

import pytest

from bot.usage.command_buttons import press_of
from cards.views.answer_views import LanguageView, NotUnderstoodView, UsageView

DUTCH = "klantoverzicht teams"  # in English, the first word is unknown


@pytest.fixture
def say(desk):
    async def say(text, caller=desk.ann):
        found = await desk.engine.answers.locale_of(caller)
        return await desk.engine.answers.answer(text, found.of(caller))

    return say


async def test_chosen_language_replaces_that_of_teams(say, desk):
    assert isinstance(await say(DUTCH), NotUnderstoodView)
    changed = await say("language nl")
    assert (changed.state, changed.used) == ("changed", "nl")
    assert isinstance(await say(DUTCH), UsageView)
    assert isinstance(await say(DUTCH, replace(desk.ann, object_id="someone-else")), NotUnderstoodView)


async def test_english_is_read_whatever_was_chosen(say):
    await say("nyelv magyar")
    assert isinstance(await say("usage for TEST COMPANY on Exchange"), UsageView)


@pytest.mark.parametrize(
    ("locale", "state", "used"),
    [("nl-BE", "client", "nl"), ("en-US", "client", "en"), ("sv-SE", "foreign", "en"), ("", "foreign", "en")],
)
async def test_language_alone_says_which_is_used_and_which_there_are(say, desk, locale, state, used):
    view = await say("language", replace(desk.ann, locale=locale))
    assert (view.state, view.used) == (state, used)
    assert {each.code for each in view.others} == {"en", "nl", "fr", "hu", "de"} - {used}


async def test_language_alone_says_that_it_was_chosen(say):
    await say("taal frans")
    view = await say("language")
    assert (view.state, view.used) == ("chosen", "fr")


async def test_button_chooses_a_language(say, desk):
    view = await say("language")
    pressed = press_of(next(each.ask for each in view.others if each.code == "nl"))
    changed = await desk.engine.answers.press(pressed, desk.ann)
    assert (changed.state, changed.used) == ("changed", "nl")
    assert isinstance(await say(DUTCH), UsageView)


@pytest.mark.parametrize("text", ["language klingon", "language spanish", "switch to italian"])
async def test_language_that_is_not_read_changes_nothing(say, text):
    view = await say(text)
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == "not_offered.tongue"
    assert {each.text for each in view.suggestions} == {f"language {code}" for code in ("en", "nl", "fr", "hu", "de")}
    assert (await say("language")).state == "client"


async def test_button_with_an_unknown_language_changes_nothing(say, desk):
    view = await say("language")
    button = press_of(view.others[0].ask)
    unknown = replace(button, asked=replace(button.asked, code="xx"))
    answer = await desk.engine.answers.press(unknown, desk.ann)
    assert isinstance(answer, LanguageView)
    assert (answer.state, answer.used) == ("unknown", "en")
    assert (await say("language")).state == "client"


async def test_forget_me_erases_the_choice(say):
    await say("language nl")
    await say("forget me")
    assert (await say("language")).state == "client"


async def test_names_that_were_loaded_do_not_show_a_language(say, desk):
    asked = "test company"  # German has the word "test", English has not
    assert (await desk.engine.answers.locale_of(desk.ann, asked)).tag == "de"
    await say("usage for TEST COMPANY on Exchange")
    assert (await desk.engine.answers.locale_of(desk.ann, asked)).tag == desk.ann.locale


async def test_further_rows_are_headed_in_the_language_of_the_one_who_reads_now(say, desk):
    english = await say("usage by customer")
    pressed = press_of(english.more)
    dutch = await desk.engine.answers.press(pressed, replace(desk.ann, locale="nl-NL"))
    again = await desk.engine.answers.press(pressed, desk.ann)
    assert (english.question, dutch.question, again.question) == (
        "usage by customer",
        "gebruik per klant",
        english.question,
    )
    assert len(desk.usage_requests()) == 1
