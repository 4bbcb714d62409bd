"""The cards of the message extension: its form, and what a person posts."""

from typing import Any

import pytest

from bot.commands.command import Customers
from bot.usage.command_buttons import ask_button
from cards.answers.posted_card import as_posted
from cards.answers.question_form_card import EVERYTHING, question_form
from cards.draw import draw
from cards.parts.share_text import preview_in_words
from cards.views.answer_views import Choice, ErrorView, PickerView
from cards.views.button_payload import FillButton
from cards.views.usage_views import Figures
from cards.wording.locale_words import LocaleWords
from tests.contract.cards.oracle import parts, problems

WORDS = LocaleWords.load("en")
ASK = ask_button(Customers())


@pytest.mark.parametrize("locale", ["en", "qps-ploc"])
@pytest.mark.parametrize("problem", ["", "No customer has that name."])
def test_form_is_a_valid_card(locale: str, problem: str) -> None:
    card = question_form([("Exchange", "EXO"), ("\u202e", "x")], problem, LocaleWords.load(locale))
    # In a dialog the values of its inputs are what is submitted, so its button needs no command.
    assert [each for each in problems(card) if "unpacks to nothing" not in each] == []
    assert problem in str(card)


def test_form_offers_every_workload_that_has_a_name() -> None:
    card = question_form([("Exchange", "EXO"), ("\u202e", "x")], "", WORDS)
    (box,) = [each for each in card["body"] if each.get("id") == "workload"]
    assert [each["value"] for each in box["choices"]] == [EVERYTHING, "EXO"]
    assert box["value"] == EVERYTHING


@pytest.mark.parametrize(
    "view",
    [
        ErrorView("service_down", again=ASK),
        PickerView(
            "con", "customer", (Choice("Contoso", "0112", ASK), Choice("Context", "7", ASK)), 2, FillButton({}, "c")
        ),
    ],
)
def test_posted_card_has_no_button_and_no_input(view: Any) -> None:
    drawn = draw(view, WORDS)
    kinds = {part["type"] for _, part in parts(drawn, "card")}
    assert any(kind.startswith(("Action.", "Input.")) for kind in kinds)
    card = as_posted(drawn, "As Ada sees it.")
    assert problems(card) == []
    assert not any(part["type"].startswith(("Action", "Input.")) for _, part in parts(card, "card"))
    assert "As Ada sees it." in str(card["body"][-1])


def test_row_that_is_a_button_stays_as_text() -> None:
    row = {
        "type": "Container",
        "items": [{"type": "TextRun", "text": "Contoso"}],
        "selectAction": {"type": "Action.Execute"},
    }
    only = {"type": "Container", "items": [{"type": "ActionSet", "actions": [{"type": "Action.Execute"}]}]}
    card = as_posted({"type": "AdaptiveCard", "refresh": {}, "body": [row, only]}, "")
    assert card == {"type": "AdaptiveCard", "body": [{"type": "Container", "items": row["items"]}]}


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (Figures(62, 62, 100, 38), "38 unused · 62 of 100"),
        (Figures(71, 62, 100, 38, workload="Exchange", several=True), "Exchange: 38 unused · 62 of 100"),
        (Figures(None, 0, 0, 0), WORDS.say("usage.none_qualified")),
        (None, WORDS.say("extension.no_figures")),
    ],
)
def test_preview_says_what_is_unused_and_of_how_many(figures: Figures | None, told: str) -> None:
    assert preview_in_words(figures, WORDS) == told
