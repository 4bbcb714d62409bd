"""The card about the language of sentences."""

import pytest

from bot.commands.command import ChooseLanguage
from bot.language.vocabulary.vocabulary import languages
from bot.usage.command_buttons import ask_button, pressed
from cards.answers.language_card import STATES
from cards.draw import draw, plain_text, summary
from cards.views.answer_views import LanguageChoice, LanguageView
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en")
VIEW = LanguageView("chosen", "nl", (LanguageChoice("fr", ask_button(ChooseLanguage("fr"))),))


def test_card_says_which_language_is_used_and_offers_the_others() -> None:
    card = draw(VIEW, WORDS)
    assert (
        summary(VIEW, WORDS)
        == "I answer in Dutch (Nederlands), and read your sentences in it first, because you chose it."
    )
    (button,) = [each for item in card["body"] for each in item.get("actions", ())]
    assert button["title"] == "French (Français)"
    asked = pressed(button["data"])
    assert asked is not None
    assert asked.asked == ChooseLanguage("fr")


def test_text_without_a_card_says_what_to_type() -> None:
    assert "“language fr”: French (Français)" in plain_text(VIEW, WORDS)


@pytest.mark.parametrize("state", STATES)
def test_every_state_names_the_language(state: str) -> None:
    assert "Dutch" in summary(LanguageView(state, "nl", ()), WORDS)


def test_every_language_has_a_name_and_is_in_the_refusal_of_others() -> None:
    for code in languages():
        name = WORDS.say(f"language.{code}").partition(" ")[0]
        assert name in WORDS.say("problem.not_offered.tongue")
