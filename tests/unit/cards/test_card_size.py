"""A card is never larger than Teams allows."""

from typing import Any

from cards.elements import Element
from cards.parts.card_frame import Rendered, button, frame, line
from cards.parts.card_size import BUDGET, fit, size
from cards.views.button_payload import AskButton
from cards.views.payload_values import COMMAND_LIMIT
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en-US")


def rows_of(text: str) -> Any:
    return lambda count: frame([line(text)] * (count + 1), WORDS, text)


def said(card: Rendered) -> list[str]:
    return ["".join(run["text"] for run in each["inlines"]) for each in card["body"] if "inlines" in each]


def test_as_many_items_as_fit_are_drawn(valid_card: Any) -> None:
    card = valid_card(fit(rows_of("word " * 200), 100, WORDS))
    assert len(card["body"]) > 5
    assert size(rows_of("word " * 200)(len(card["body"]))) >= BUDGET


def test_too_large_card_loses_its_buttons_first_and_says_so(valid_card: Any) -> None:
    press = button("Ask", AskButton({"says": "x" * (COMMAND_LIMIT - 20)}))
    body: list[Element] = [line("first"), *([press] * 4 if press else []), line("last")]
    card = valid_card(fit(lambda _: frame(body, WORDS, "spoken"), 0, WORDS))
    assert said(card) == ["first", "last", WORDS.say("card.shortened")]
    assert [each["type"] for each in card["body"]].count("ActionSet") == 2


def test_too_large_card_without_buttons_loses_its_end_and_says_so(valid_card: Any) -> None:
    body = [line(f"{number} " + "word " * 300) for number in range(20)]
    card = valid_card(fit(lambda _: frame(body, WORDS, "spoken"), 0, WORDS))
    *kept, end = said(card)
    assert end == WORDS.say("card.shortened")
    assert [text.split()[0] for text in kept] == [str(number) for number in range(len(kept))]
    assert 1 < len(kept) < 20
