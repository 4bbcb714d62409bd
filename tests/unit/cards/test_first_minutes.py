"""The first cards a person sees: few words, and something to tap."""

import json
from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.handlers.help_handler import first_help, hello
from bot.handlers.remembering.own_examples import examples
from cards.draw import draw, plain_text
from cards.views.answer_views import HelloView, HelpView, View
from cards.views.button_payload import payload_of
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en-US")
MOST_WORDS = 60
WELCOME = hello(Caller("tenant", "person", "Robin van der Velden"))
FIRST = [WELCOME, first_help(), first_help(keeps_misses=False)]


@pytest.mark.parametrize("view", FIRST, ids=["welcome", "help", "help again"])
def test_a_first_card_has_at_most_sixty_words(view: View, lines: Any) -> None:
    card = draw(view, WORDS)
    shown = [*lines(card), *(each["title"] for part in card["body"] for each in part.get("actions", []))]
    counted = [word for line in shown for word in line.split() if any(map(str.isalnum, word))]
    assert len(counted) <= MOST_WORDS, len(counted)


@pytest.mark.parametrize("view", [WELCOME, first_help()], ids=["welcome", "help"])
def test_a_first_card_has_three_tiles_and_the_way_to_more(view: View) -> None:
    body = draw(view, WORDS)["body"]
    tiles = [part["selectAction"] for part in body if "selectAction" in part]
    assert [each["title"].partition(",")[0] for each in tiles] == [
        "Ask: Where is Exchange unused?", "Ask: Usage for one customer", "Ask: Get a digest",
    ]  # fmt: skip
    (more,) = [action for part in body for action in part.get("actions", [])]
    assert more["title"] == "More"
    assert payload_of(more["data"])["replace"] is True


def test_a_first_card_without_its_card_has_the_sentences() -> None:
    for view in (WELCOME, first_help()):
        assert [line for line in plain_text(view, WORDS).split("\n\n")[1:] if "digest" in line]


def test_help_keeps_its_notice_about_sentences_on_both_cards() -> None:
    first = first_help(keeps_misses=True)
    for view in (first, HelpView(None, first.examples, keeps_misses=True)):
        assert "without names" in json.dumps(draw(view, WORDS))


def test_a_greeting_without_anything_to_tap_is_drawn(lines: Any) -> None:
    assert len(lines(draw(HelloView("", ()), WORDS))) == 3


def test_examples_are_three_and_the_last_is_a_digest() -> None:
    assert [each.title for each in examples()] == ["tile.unused", "tile.customer", "tile.digest"]
