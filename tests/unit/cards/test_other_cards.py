from typing import Any

import pytest

from bot.gallery.samples.sample_parts import ask, more, suggestion
from cards.draw import draw, summary
from cards.views.answer_views import (
    Choice,
    ErrorView,
    Example,
    HelloView,
    HelpView,
    ListView,
    NoMatchView,
    NotUnderstoodView,
    PickerView,
    ProgressView,
)
from cards.views.button_payload import FillButton
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en-US")
BASIC = Example(
    "usage for TEST COMPANY on Exchange",
    "help.example.basic",
    ask("usage for TEST COMPANY on Exchange"),
)


def choice(name: str, detail: str | None = None) -> Choice:
    return Choice(name, detail, ask(f"usage for {name}", replace=True))


def test_a_picker_has_a_tile_for_each_name(pressed: Any, lines: Any) -> None:
    card = draw(PickerView("con", "customer", (choice("Contoso"), choice("Context")), 2), WORDS)
    assert pressed(card) == [
        (f"Choose {name}", ask(f"usage for {name}", replace=True)) for name in ("Contoso", "Context")
    ]
    assert lines(card) == ["Which one do you mean?", "2 customers match “con”.", "Contoso", "›", "Context", "›"]


def test_a_picker_offers_to_search_only_dimensions_that_have_names() -> None:
    other = FillButton({"says": "usage for {name}"}, "name")
    drawn = [draw(NoMatchView("x", each, (), other), WORDS)["body"] for each in ("customer", "colour", "\ud800")]
    assert [[each["type"] for each in body if each["type"] == "Input.ChoiceSet"] for body in drawn] == [
        ["Input.ChoiceSet"],
        [],
        [],
    ]


def test_equal_names_have_a_detail_below_them(pressed: Any, lines: Any) -> None:
    card = draw(PickerView("con", "customer", (choice("Contoso", "0112"), choice("Contoso", "9112")), 2), WORDS)
    assert [title for title, _ in pressed(card)] == ["Choose Contoso, 0112", "Choose Contoso, 9112"]
    assert lines(card)[2:] == ["Contoso", "0112", "›", "Contoso", "9112", "›"]


def test_a_picker_names_the_dimension_of_each_choice(lines: Any) -> None:
    card = draw(PickerView("ex", "workload", (choice("Exchange", "workload"),), 1), LocaleWords.load("qps-ploc"))
    assert "⟦wörkľöàď ·· ··⟧" in "".join(lines(card)) or "⟦wörkľöàď ··⟧" in "".join(lines(card))


def test_a_picker_has_at_most_six_buttons_and_counts_the_rest(pressed: Any, lines: Any) -> None:
    card = draw(PickerView("c", "customer", tuple(choice(f"C{index}") for index in range(9)), 40), WORDS)
    assert len(pressed(card)) == 6
    assert lines(card)[-1] == "34 more are not shown. Type more of the name to find the right one."


def test_the_nearest_names_are_offered_when_there_are_any(pressed: Any, lines: Any) -> None:
    card = draw(NoMatchView("Contso", "customer", (choice("Contoso"),)), WORDS)
    assert "Did you mean:" in lines(card)
    assert [title for title, _ in pressed(card)] == ["Choose Contoso"]
    alone = draw(NoMatchView("Qwxz", "customer", ()), WORDS)
    assert any(line.startswith("Check the spelling") for line in lines(alone))


def marked(view: NotUnderstoodView) -> tuple[str, str]:
    """Return the quoted question, and the part that is marked in it."""
    quote = next(part for part in draw(view, WORDS)["body"] if part["type"] == "Container")["items"][0]["inlines"]
    return "".join(run["text"] for run in quote), "".join(run["text"] for run in quote if run.get("underline"))


def test_the_wrong_part_is_marked_at_its_position() -> None:
    text = "usage for TEST COMPANY belwo 50%"
    view = NotUnderstoodView(text, "not_understood", text.index("belwo"), "belwo", ())
    assert marked(view) == (text, "belwo")
    assert summary(view, WORDS).startswith("I don't know what “belwo” means here,")


def test_a_gap_is_marked_when_something_is_missing() -> None:
    view = NotUnderstoodView("usage for ", "missing.name", 10, "", ())
    assert marked(view) == ("usage for ____", "____")


def test_a_long_text_is_quoted_only_around_the_mark() -> None:
    view = NotUnderstoodView("a " * 500 + "HERE" + " b" * 500, "not_understood", 1_000, "HERE", ())
    quote, found = marked(view)
    assert found == "HERE"
    assert len(quote) < 100
    assert quote.startswith("…")
    assert quote.endswith("…")


@pytest.mark.parametrize("at", [-7, 0, 3, 99])
def test_a_position_outside_the_text_is_no_error(at: int) -> None:
    assert marked(NotUnderstoodView("abc", "not_understood", at, "zzz", ()))[0].startswith("abc"[: max(at, 0)])


def test_suggestions_have_buttons(pressed: Any, lines: Any) -> None:
    suggestions = tuple(suggestion(each) for each in ("usage on Exchange", "help"))
    view = NotUnderstoodView("usge", "not_understood", 0, "usge", suggestions)
    card = draw(view, WORDS)
    assert pressed(card) == [("Ask: usage on Exchange", ask("usage on Exchange")), ("Ask: help", ask("help"))]
    said = ["Try one of these:", "usage on Exchange", "help"]
    assert [line for line in lines(card)[-5:] if line != "›"] == said


def test_what_was_understood_is_on_chips_that_say_the_same_without_them() -> None:
    facts = ("TEST COMPANY", "Exchange", "a name that is longer than a chip has room for")
    view = NotUnderstoodView("TEST COMPANY Exchange quarterish", "not_understood", 22, "quarterish", (), facts)
    card = draw(view, WORDS)
    (chips,) = [part["items"] for part in card["body"] if part["type"] == "Container"]
    shown = [chip.get("fallback", chip)["inlines"][0]["text"] for chip in chips]
    assert shown == ["✓ TEST COMPANY", "✓ Exchange", f"✓ {facts[2]}", "? “quarterish”"]
    assert [chip["type"] for chip in chips] == ["Badge", "Badge", "RichTextBlock", "Badge"]
    assert [chip["text"] for chip in chips if "text" in chip] == [shown[0], shown[1], shown[3]]
    assert "Understood: TEST COMPANY, Exchange" in card["speak"]


def test_a_name_that_is_missing_can_be_typed_on_the_card() -> None:
    view = NotUnderstoodView("usage for", "missing.name", 9, "", (), other=FillButton({"verb": "usage"}, "…"))
    kinds = [part["type"] for part in draw(view, WORDS)["body"]]
    assert kinds[-2:] == ["Input.ChoiceSet", "ActionSet"]


def test_an_error_has_text_button_and_correlation_id(pressed: Any, lines: Any) -> None:
    card = draw(ErrorView("throttled", {"seconds": "300"}, "0112-a", ask("usage")), WORDS)
    assert lines(card) == [
        "Partner Center is busy",
        "Partner Center received too many questions at once. Try again in 5 minutes.",
        "For support: 0112-a",
    ]
    assert pressed(card) == [("Try again", ask("usage"))]


@pytest.mark.parametrize(
    ("values", "text"),
    [({"seconds": "1"}, "1 second"), ({"seconds": "45"}, "45 seconds"), ({"seconds": "91"}, "2 minutes"),
     ({"minutes": "2"}, "2 minutes"), ({}, "a few minutes"), ({"seconds": "soon"}, "a few minutes")],
)  # fmt: skip
def test_a_wait_is_written_in_words(values: dict[str, str], text: str) -> None:
    assert summary(ErrorView("throttled", values), WORDS).endswith(f"Try again in {text}.")


def test_a_day_without_figures_is_formatted_for_the_reader() -> None:
    text = summary(ErrorView("no_rows_on_day", {"scope": "TEST COMPANY", "date": "2018-10-14"}), WORDS)
    assert "on or before October 14, 2018" in text


def test_an_unknown_problem_is_an_internal_error() -> None:
    assert summary(ErrorView("never heard of"), WORDS) == summary(ErrorView("internal"), WORDS)


def test_a_list_has_name_and_id_per_row_and_a_more_button(pressed: Any, lines: Any) -> None:
    card = draw(ListView("customer", "fabr", (("Fabrikam", "0112"),), 30, more("customers fabr", 16)), WORDS)
    assert lines(card) == [
        "What you can ask about", "30 customers with “fabr” in the name", "Fabrikam", "0112", "1 of 30 shown",
    ]  # fmt: skip
    assert pressed(card) == [("Show more", more("customers fabr", 16, start=1))]


def test_a_name_of_a_list_is_a_row_that_asks_about_it(pressed: Any) -> None:
    about = ask("usage for Fabrikam")
    card = draw(ListView("customer", "fabr", (("Fabrikam", "0112"),), 1, asks=(about,)), WORDS)
    assert pressed(card) == [("Ask: Usage for Fabrikam", about)]


def test_an_empty_list_says_what_to_do(lines: Any) -> None:
    assert lines(draw(ListView("customer", "zzz", (), 0), WORDS))[-1].startswith("Nothing found.")


def test_few_examples_are_tiles_and_many_are_lines(pressed: Any, lines: Any) -> None:
    said = "Ask: usage for TEST COMPANY on Exchange, one customer, one workload"
    assert pressed(draw(HelpView("usage", (BASIC,)), WORDS)) == [(said, BASIC.ask)]
    card = draw(HelpView(None, (BASIC,) * 7), WORDS)
    assert pressed(card) == []
    assert lines(card).count(BASIC.text) == 7


def test_an_unknown_topic_is_the_overview() -> None:
    assert summary(HelpView("nonsense", ()), WORDS) == summary(HelpView(None, ()), WORDS)


def test_a_greeting_has_the_name_when_it_is_known(lines: Any) -> None:
    assert lines(draw(HelloView("Robin", (BASIC,)), WORDS))[1].startswith("Hello, Robin! ")
    assert lines(draw(HelloView("", (BASIC,)), WORDS))[1].startswith("Hello! ")


def test_progress_is_shown_in_pages() -> None:
    assert summary(ProgressView("usage", 3, 10), WORDS) == "Working on it … 3 of 10 pages fetched"
    assert summary(ProgressView("usage", 1, None), WORDS) == "Working on it … 1 page fetched so far"
    assert "Asking Partner Center" in summary(ProgressView("usage", 0, 10), WORDS)


@pytest.mark.parametrize(
    ("problem", "title"),
    [
        ("not_understood", "I did not understand that"),
        ("missing.name", "I did not understand that"),
        ("not_offered.price", "I cannot answer that"),
        ("no_such_day", "That is not possible"),
        ("impossible", "That is not possible"),
    ],
)
def test_heading_says_whether_the_question_was_understood(problem: str, title: str) -> None:
    card = draw(NotUnderstoodView("usage", problem, 0, "usage", ()), WORDS)
    assert card["body"][0]["text"] == title
