"""The card of two days says what changed, in words and signs."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.compared_days import Comparison
from bot.usage.usage_answer import figures_view
from cards.draw import draw, plain_text, summary
from cards.parts.compared_text import leading_change
from cards.views.usage_views import Figures, Narrowing
from cards.wording.locale_words import LocaleWords
from tests.compared_answers import LATER, compared_answer, question
from tests.shown_figures import shown

WORDS = LocaleWords.load("en-US")
BEFORE = [("A", "Exchange", 62, 100), ("B", "Exchange", 5, 10), ("GONE", "Exchange", 2, 4)]
AFTER = [("A", "Exchange", 48, 104), ("B", "Exchange", 5, 10), ("NEW", "Exchange", 1, 4)]


def plain(text: str) -> str:
    """Return the text with simple blanks: a sign and its number stay together."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def card(before, after) -> str:
    return plain(
        json.dumps(draw(figures_view(compared_answer(before, after), 12, today=LATER), WORDS), ensure_ascii=False)
    )


def titles(view) -> list[str]:
    *_, row = draw(view, WORDS)["body"]
    return [action["title"] for action in row["actions"]]


def test_card_shows_changes_in_licenses_and_points() -> None:
    text = card(BEFORE, AFTER)
    assert "▼ 16 points" in text
    assert "62 → 48 active, 100 → 104 qualified" in text
    assert "62% → 46% · ▼ 16 points" in text
    assert "No change" in text
    assert "Sep 14, 2018 → Oct 14, 2018" in text
    assert '"text": "Figures of October 14' not in text


def test_both_days_are_the_heading_below_what_is_compared() -> None:
    view = figures_view(compared_answer(BEFORE, AFTER), 12, today=LATER)
    above, heading, *_ = draw(view, WORDS)["body"]
    assert above["inlines"][0]["text"] == "Everything you can see · 3 customers"
    assert (plain(heading["text"]), heading["style"]) == ("Sep 14, 2018 → Oct 14, 2018", "heading")


def test_line_says_why_the_figures_are_of_another_day_than_asked() -> None:
    view = figures_view(compared_answer(BEFORE, AFTER), 12, today=LATER)
    day = date(2018, 9, 20)
    asked = replace(view, narrowed=(Narrowing("versus", day=day),), compared=replace(view.compared, day=day))
    card = draw(asked, WORDS)
    assert card["body"][0]["inlines"][0]["text"] == "Everything you can see · 3 customers"
    assert "The newest figures up to September 20, 2018 are of September 14, 2018." in str(card)
    assert "newest figures up to" not in str(draw(view, WORDS))


def test_line_says_so_of_a_single_day_too() -> None:
    view = replace(figures_view(compared_answer(BEFORE, AFTER), 12, today=LATER), compared=None)
    asked = replace(view, narrowed=(Narrowing("day", day=date(2018, 10, 20)),))
    assert "The newest figures up to October 20, 2018 are of October 14, 2018." in str(draw(asked, WORDS))
    exact = replace(view, narrowed=(Narrowing("day", day=date(2018, 10, 14)),))
    assert "newest figures up to" not in str(draw(exact, WORDS))


def test_percentage_alone_says_that_it_is_what_is_in_use() -> None:
    row = [("A", "Exchange", 62, 100)]
    view = figures_view(compared_answer(row, row), 12, today=LATER)
    text = str(draw(view, WORDS)["body"][2])
    assert "62%" in text
    assert "'in use'" in text


def test_comparison_leads_to_a_month_before_and_a_year_ago() -> None:
    view = figures_view(compared_answer(BEFORE, AFTER), 12, today=LATER)
    assert titles(view)[:2] == ["Month before", "Year ago"]
    assert view.compared.month.command["versus"]["day"] == "2018-08-14"
    assert view.compared.year.command["versus"]["day"] == "2017-10-14"


def test_comparison_with_a_year_ago_does_not_lead_to_itself() -> None:
    asked = question(versus=Comparison(date(2017, 10, 14)))
    view = figures_view(compared_answer(BEFORE, AFTER, asked, day=date(2017, 10, 14)), 12, today=LATER)
    assert view.compared.month is not None
    assert view.compared.year is None


def test_comparison_with_nothing_leads_to_no_other_day() -> None:
    view = figures_view(compared_answer([], AFTER), 12, today=LATER)
    assert (view.compared.month, view.compared.year) == (None, None)


def test_rows_of_one_day_are_new_or_gone() -> None:
    text = card(BEFORE, AFTER)
    assert "New: not in the earlier figures" in text
    assert "1 is not in the later figures" in text
    assert "GONE: 2 unused, 50%, 2 active of 4 qualified." in text
    assert "▼ 2 active" not in text
    assert "▲ 1 active" not in text


def test_unknown_row_has_no_change() -> None:
    text = card([("A", "Exchange", None, 100), *BEFORE[1:]], AFTER)
    assert "No change known" in text
    assert "the change of the total is not known" in text
    assert "On the earlier day: 1 row" in text


def test_workloads_are_not_added() -> None:
    before = [("A", "Exchange", 60, 100), ("A", "Teams", 90, 100)]
    after = [("A", "Exchange", 50, 100), ("A", "Teams", 90, 100)]
    text = card(before, after)
    assert "▼ 5 points" in text
    assert "150" not in text
    assert "Exchange: 40 → 50 unused, 60 → 50 active of 100 qualified" in text


def said_texts(before, after) -> list[str]:
    """Return every text of the card as it is drawn, in its order."""
    view = figures_view(compared_answer(before, after), 12, today=LATER)
    found = re.findall(r'"text": "(.*?)"', json.dumps({**draw(view, WORDS), "speak": ""}, ensure_ascii=False))
    return [plain(each).removesuffix(" ›") for each in found]


def test_points_are_said_once_if_no_licenses_moved() -> None:
    before = [("A", "Exchange", 2, 2), ("B", "Exchange", 6, 7)]
    after = [("A", "Exchange", 2, 3), ("B", "Exchange", 6, 8)]
    told = said_texts(before, after)
    assert (told.count("▼ 33 points"), told.count("▼ 11 points")) == (1, 1)
    assert told.count("▼ 16 points") == 1  # of the total
    assert {"100% → 67%", "86% → 75%", "89% → 73%"} <= set(told)
    assert "Change" in told
    assert "Active" not in told


def test_list_without_any_change_names_no_number() -> None:
    same = [("A", "Exchange", 2, 3), ("B", "Exchange", 6, 8)]
    assert not {"Active", "Change"} & set(said_texts(same, same))
    assert "Active" in said_texts([("A", "Exchange", 1, 3), same[1]], same)


def test_share_of_several_workloads_is_not_that_of_the_named_one() -> None:
    before = [("A", "Exchange", 60, 100), ("A", "Teams", 90, 100), ("B", "Exchange", 1, 2)]
    after = [("A", "Exchange", 50, 100), ("A", "Teams", 90, 100), ("B", "Exchange", 1, 2)]
    told = said_texts(before, after)
    assert "75% → 70% · all workloads" in told
    view = figures_view(compared_answer(before, after), 12, today=LATER)
    assert "75% → 70% in use (−5 points) over all workloads, Exchange: 41 → 51 unused" in plain(summary(view, WORDS))


def test_days_of_several_services_are_said_apart() -> None:
    view = figures_view(compared_answer(BEFORE, AFTER), 12, today=LATER)
    other = replace(view.as_of[0], service="Microsoft Dynamics", day=date(2018, 10, 13))
    text = str(draw(replace(view, as_of=(*view.as_of, other)), WORDS))
    assert "Microsoft Dynamics: as of October 13, 2018" in text
    assert "Microsoft Office 365: compared with September 14, 2018" in text


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (shown(62, 100), shown(48, 100), "▼ 14 active"),
        (shown(1, 1), shown(1, 2), "▼ 50 points"),
        (shown(0, 10), shown(0, 12), "▲ 2 qualified"),
        (shown(3, 9), shown(3, 9), "No change"),
        (Figures(100, 5, 5, 0, 0), Figures(100, 5, 5, 0, 1), "Changed"),
        (shown(0, 0), shown(3, 9), "▲ 3 active"),
        (Figures(74, 221, 300, 79, 0, "Teams", True), Figures(71, 212, 300, 88, 0, "Teams", True), "▼ 3 points"),
        (Figures(74, 221, 300, 79, 0, "Teams", True), Figures(74, 20, 300, 88, 0, "Exchange", True), "Changed"),
    ],
)
def test_change_that_leads_is_the_first_that_there_is(before, after, said) -> None:
    assert plain(leading_change(before, after, WORDS)) == said


def test_summary_and_text_say_what_changed() -> None:
    view = figures_view(compared_answer(BEFORE, AFTER), 12, today=LATER)
    assert "▼ 15 active" in plain(summary(view, WORDS))
    assert "▼ 14 active, 38 → 56 unused" in plain(plain_text(view, WORDS))
