"""In which language a turn answers: chosen, written, or that of Teams."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.commands.command import ChooseLanguage
from bot.domain.conversation import Caller
from bot.simulator.connector import ADA
from bot.teams.turn.card_renderer import CardRenderer
from bot.usage.addressed_buttons import payloads
from bot.usage.command_buttons import ask_button
from cards.views.answer_views import LanguageChoice, LanguageView
from cards.wording.locale_words import LocaleWords
from tests.integration.teams.buttons import asks, wants_more

DUTCH = "welke klanten gebruiken Exchange niet?"


def ada(locale: str) -> Caller:
    return Caller(ADA.tenant_id, ADA.object_id, ADA.name, locale)


def texts(key: str, language: str) -> str:
    return LocaleWords.load(language).say(key)


async def test_chosen_language_answers_whatever_teams_speaks(stage: Any) -> None:
    await stage.answers.languages.choose(ada("en-US"), "nl")
    await stage.client.say("usage")
    assert stage.connector.transcript.messages[-1].activity["locale"] == "nl"
    assert stage.answers.asked[-1][1].locale == "nl"
    delivered = await stage.client.press(asks("usage"))
    assert delivered.body["value"] == texts("working.posted", "nl")


async def test_region_of_teams_stays_when_its_language_is_chosen(stage: Any) -> None:
    await stage.answers.languages.choose(ada("en-US"), "nl")
    await stage.client.say("usage", from_=replace(ADA, locale="nl-BE"))
    assert stage.answers.asked[-1][1].locale == "nl-BE"


async def test_sentence_in_another_language_is_answered_in_it(stage: Any) -> None:
    await stage.client.say(DUTCH)
    assert stage.connector.transcript.messages[-1].activity["locale"] == "nl"
    caller = stage.answers.asked[-1][1]
    assert (caller.locale, caller.own_locale) == ("nl", "en-US")


async def test_button_of_such_an_answer_is_answered_in_the_language_too(stage: Any) -> None:
    view = LanguageView("client", "nl", (LanguageChoice("en", ask_button(ChooseLanguage("en"))),))
    drawn, usual = (
        json.loads(bytes(CardRenderer().draw(view, LocaleWords.load("nl"), passing=passing).card))
        for passing in (True, False)
    )
    assert [each.get("in") for each in payloads(usual)] == [None] * len(list(payloads(drawn)))
    assert {each.get("in") for each in payloads(drawn)} == {"nl"}
    await stage.client.press(wants_more("usage") | {"in": "nl"})
    assert stage.answers.pressed[-1][1].locale == "nl"


async def test_next_english_sentence_is_answered_in_the_language_of_teams(stage: Any) -> None:
    await stage.client.say(DUTCH)
    await stage.client.say("usage for Fabrikam on Exchange")
    assert stage.connector.transcript.messages[-1].activity["locale"] == "en-US"


async def test_english_sentence_is_answered_in_the_language_of_teams(stage: Any) -> None:
    await stage.client.say("usage for Fabrikam on Exchange", from_=replace(ADA, locale="nl-NL"))
    assert stage.connector.transcript.messages[-1].activity["locale"] == "nl-NL"


@pytest.mark.parametrize("mark", [7, None, [], {}, "xx", "nl" * 40, "../../nl"])
async def test_mark_of_no_language_is_ignored(mark: Any, stage: Any) -> None:
    delivered = await stage.client.press(wants_more("usage") | {"in": mark})
    assert delivered.card is not None
    assert stage.answers.pressed[-1][1].locale == "en-US"
