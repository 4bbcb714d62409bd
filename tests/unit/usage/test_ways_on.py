"""A card that could not answer leads on, with buttons that can be pressed."""

from datetime import date

import pytest

from bot.commands.command import Clause, Export, ListDigests, Name, NewDigest, Usage
from bot.domain.compared_days import Comparison, DayRange, Movement
from bot.domain.figures import LicenseMeasure
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import ShareRange
from bot.usage.command_buttons import PressedButton, press_of
from bot.usage.error_view import PROBLEMS
from bot.usage.onward.ways_on import WAYS, ways_smaller, ways_wider, with_ways
from cards.draw import draw
from cards.parts.card_frame import BUTTONS
from cards.views.answer_views import ErrorView, NoMatchView, NotUnderstoodView, View
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en")
DAY = date(2018, 10, 14)
BELOW = ShareRange(high=0.5, high_included=False)
CONTOSO = Usage(customers=(Name("Contoso"),), subjects=(Name("Yammer"),))
# The sign-in has a card of its own; what is not set up, only an administrator can mend.
NOWHERE = {"entra_misconfigured", "not_signed_in", "mfa_required", "claims_required"}
AGAIN = {
    "throttled", "service_down", "deadline", "bad_answer", "incomplete_answer", "store_down", "page_not_found",
    "gateway_refused",
}  # fmt: skip


def asked(view: View) -> list[object]:
    """Return the commands of the buttons that lead on."""
    ways = with_ways(view).ways
    return [found.asked for each in ways if isinstance(found := press_of(each.action), PressedButton)]


def titles(view: View) -> list[str]:
    card = draw(with_ways(view), WORDS)
    return [action["title"] for part in card["body"] if part["type"] == "ActionSet" for action in part["actions"]]


@pytest.mark.parametrize("problem", sorted({name for _, name in PROBLEMS} - NOWHERE - AGAIN - {"export_too_large"}))
def test_each_problem_that_has_a_next_step_has_its_button(problem: str) -> None:
    assert 1 <= len(titles(ErrorView(problem))) <= BUTTONS


@pytest.mark.parametrize("problem", sorted(WAYS))
def test_the_buttons_of_a_problem_ask_what_they_say(problem: str) -> None:
    assert asked(ErrorView(problem)) == [command for _, command in WAYS[problem]]


def test_no_such_digest_leads_to_all_digests() -> None:
    assert titles(ErrorView("no_such_digest", {"number": "7"})) == ["All digests"]
    assert asked(ErrorView("no_such_digest", {"number": "7"})) == [ListDigests()]


def test_digest_that_is_never_due_leads_to_its_settings() -> None:
    assert titles(ErrorView("digest_never_due", {"number": "3"})) == ["Settings"]
    assert titles(ErrorView("digest_never_due", {"number": "three"})) == []


def test_single_time_that_has_no_condition_leads_to_its_settings() -> None:
    assert titles(ErrorView("digest_always_posted", {"number": "3"})) == ["Settings"]


@pytest.mark.parametrize(
    ("problem", "command", "wider"),
    [
        ("none_within", Usage(limit=BELOW, amounts=(AmountRange(LicenseMeasure.UNUSED, 11),)), [Usage()]),
        ("none_dropped", Usage(versus=Comparison(days=30, only=Movement.DROPPED)), [Usage(versus=Comparison(days=30))]),
        ("no_rows_on_day", Usage(as_of=DAY), [Usage()]),
        ("no_rows_on_day", Usage(period=DayRange(DAY)), [Usage()]),
        ("same_days", Usage(versus=Comparison(days=3)), [Usage(versus=Comparison(date(2018, 9, 14)))]),
        ("no_rows", CONTOSO, [Usage(customers=(Name("Contoso"),)), Usage(subjects=(Name("Yammer"),))]),
        ("no_rows", Usage(customers=(Name("Contoso"),)), []),
        ("only_unknown_rows", Usage(limit=BELOW), []),
    ],
)  # fmt: skip
def test_question_without_figures_is_asked_wider(problem: str, command: Usage, wider: list[Usage]) -> None:
    ways = ways_wider(problem, command, DAY)
    assert [found.asked for each in ways if (found := press_of(each.action))] == wider


def test_what_is_excluded_is_no_reason_to_ask_for_everybody() -> None:
    assert ways_wider("no_rows", Usage(excluded=((Clause.ON, Name("Skype")),))) == ()


def test_file_that_is_too_large_is_offered_smaller() -> None:
    ways = ways_smaller("export_too_large", Export(Usage()))
    assert [(each.title, type(found.asked)) for each in ways if (found := press_of(each.action))] == [
        ("way.top", Export)
    ]
    assert ways_smaller("export_too_large", NewDigest(Usage())) == ()
    assert ways_smaller("bad_request", Export(Usage())) == ()


def test_what_is_not_understood_leads_to_help_if_nothing_is_offered() -> None:
    assert titles(NotUnderstoodView("abc", "not_understood", 0, "abc", ())) == ["Help"]
    assert titles(NotUnderstoodView("", "not_offered.several_digests", 0, "", ())) == ["All digests"]
    assert titles(NoMatchView("Qwxz", "workload", ())) == ["Workloads", "Help"]
    assert titles(NoMatchView("Qwxz", "customer", ())) == ["Customers", "Help"]


def test_the_way_back_is_not_offered_twice() -> None:
    view = with_ways(ErrorView("no_such_digest"))
    assert with_ways(view) == view
