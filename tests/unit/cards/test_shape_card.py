"""The card that regroups, sorts and filters a list."""

from typing import Any

from bot.gallery.samples.sample_parts import more
from cards.draw import draw, summary
from cards.views.answer_views import ShapeView
from cards.views.button_payload import ShapeButton
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en-US")
SHOW, BACK = ShapeButton({"says": "usage"}), more("usage", 40, start=20)
VIEW = ShapeView(
    ("Exchange",),
    (),
    ("customer", "workload"),
    "customer",
    ("unused", "lowest"),
    "lowest",
    ("all", "idle"),
    "kept",
    SHOW,
    BACK,
)


def test_choices_are_set_to_what_holds_now(valid_card: Any) -> None:
    card = valid_card(draw(VIEW, WORDS))
    chosen = [(each["id"], each["label"], each["value"]) for each in card["body"] if "choices" in each]
    assert chosen == [("by", "Rows", "customer"), ("order", "Order", "lowest"), ("only", "Only", "kept")]


def test_what_no_choice_says_has_one_of_its_own() -> None:
    only = next(each for each in draw(VIEW, WORDS)["body"] if each.get("id") == "only")
    assert [each["title"] for each in only["choices"]] == ["As it was asked", "All", "Not used at all"]


def test_two_buttons_show_the_list_and_lead_back(pressed: Any, lines: Any) -> None:
    card = draw(VIEW, WORDS)
    assert pressed(card) == [("Show", SHOW), ("Back", BACK)]
    assert lines(card)[:2] == ["Exchange", "Change view"]
    assert summary(VIEW, WORDS) == "Change view: Exchange."
