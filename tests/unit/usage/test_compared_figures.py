"""Two days of one question: the report, its view, and what a digest of it asks."""

from dataclasses import replace
from datetime import date

import pytest

from bot.commands.command import NewDigest
from bot.digests.content.packed_answer import pack, unpack
from bot.domain.compared_days import Comparison, DayRange, Movement
from bot.domain.licensing import Dimension
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.usage.command_buttons import press_of
from bot.usage.compared.day_progress import joined_progress
from bot.usage.usage_answer import figures_view, view
from bot.usage.usage_view import as_digest
from cards.views.answer_views import ErrorView
from tests.compared_answers import EARLIER, LATER, compared_answer, question
from tests.shown_figures import of, shown

BEFORE = [("A", "Exchange", 62, 100), ("B", "Exchange", 5, 10), ("GONE", "Exchange", 2, 4)]
AFTER = [("A", "Exchange", 48, 100), ("B", "Exchange", 9, 10), ("NEW", "Exchange", 1, 4)]


def test_view_has_the_figures_of_both_days() -> None:
    shown_view = figures_view(compared_answer(BEFORE, AFTER), 12, today=LATER)
    assert [(each.name, each.change, each.before) for each in shown_view.items] == [
        ("A", "changed", shown(62, 100)),
        ("B", "changed", shown(5, 10)),
        ("NEW", "new", None),
    ]
    compared = shown_view.compared
    assert compared is not None
    assert ([each.name for each in compared.gone], compared.gone_total) == (["GONE"], 1)
    assert compared.total == replace(shown(69, 114))
    assert not compared.nothing
    assert not compared.same_days


def test_totals_are_of_the_same_rows_when_the_rows_are_selected() -> None:
    limited = compared_answer(BEFORE, AFTER, question(limit=ShareRange(high=0.5, high_included=False)))
    assert [row.entries[Dimension.CUSTOMER].name for row in limited.report.rows] == ["A", "NEW"]
    assert (limited.report.total, limited.compared.before.total) == (of(49, 104), of(62, 100))
    assert limited.compared.gone == ()


def test_totals_are_of_what_moved_when_only_that_is_asked_for() -> None:
    dropped = compared_answer(BEFORE, AFTER, question(versus=Comparison(EARLIER, only=Movement.DROPPED)))
    assert (dropped.report.total, dropped.compared.before.total) == (of(48, 100), of(62, 100))
    assert [row.entries[Dimension.CUSTOMER].name for row in dropped.compared.gone] == ["GONE"]


def test_order_that_was_asked_for_stays() -> None:
    ranked = compared_answer(BEFORE, AFTER, question(order=TopBottom(2)))
    assert [row.entries[Dimension.CUSTOMER].name for row in ranked.report.rows] == ["B", "A"]


def test_count_is_of_the_largest_moves_when_only_these_are_asked_for() -> None:
    asked = question(order=TopBottom(1), versus=Comparison(EARLIER, only=Movement.CHANGED))
    assert [row.entries[Dimension.CUSTOMER].name for row in compared_answer(BEFORE, AFTER, asked).report.rows] == ["A"]


def test_nothing_is_compared_when_the_earlier_day_has_no_figures() -> None:
    answered = compared_answer([], AFTER)
    shown_view = figures_view(answered, 12)
    assert shown_view.compared is not None
    assert shown_view.compared.nothing
    assert {each.change for each in shown_view.items} == {""}


def test_change_of_the_total_is_not_known_when_a_row_is_unknown() -> None:
    shown_view = figures_view(compared_answer([*BEFORE, ("C", "Exchange", None, 9)], AFTER), 12)
    assert shown_view.compared is not None
    assert shown_view.compared.total is None
    assert dict(shown_view.compared.counted) == {"unknown_rows": 1}


def test_earlier_day_is_as_long_before_the_figures_as_it_was_asked_for() -> None:
    answered = compared_answer(AFTER, AFTER, question(versus=Comparison(date(2018, 10, 10))), day=LATER)
    compared = figures_view(answered, 12, today=date(2018, 10, 24)).compared
    assert compared is not None
    assert compared.same_days
    assert compared.earlier_day == date(2018, 9, 30)
    assert press_of(compared.earlier).asked == question(versus=Comparison(date(2018, 9, 30)))


def test_range_without_figures_of_its_own_says_so() -> None:
    asked = question(versus=None, period=DayRange(date(2018, 10, 20), date(2018, 10, 24)))
    compared = figures_view(compared_answer(AFTER, AFTER, asked, day=LATER), 12).compared
    assert compared is not None
    assert compared.outside


@pytest.mark.parametrize("only", Movement)
def test_nothing_that_moved_is_said_with_its_direction(only) -> None:
    same = [("A", "Exchange", 1, 9)]
    shown_view = view(compared_answer(same, same, question(versus=Comparison(EARLIER, only=only))), 12)
    assert isinstance(shown_view, ErrorView)
    assert (shown_view.problem, shown_view.values["date"]) == (f"none_{only}", "2018-09-14")


def test_rows_that_are_all_gone_are_shown() -> None:
    shown_view = figures_view(compared_answer(BEFORE, []), 12)
    assert (shown_view.items, shown_view.compared.gone_total) == ((), 3)


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        (question(versus=Comparison(date(2018, 10, 7))), 7),
        (question(versus=Comparison(date(2018, 8, 1)), as_of=date(2018, 8, 31)), 30),
        (question(versus=None, period=DayRange(date(2018, 10, 4))), 10),
        (question(versus=Comparison(LATER)), 1),
    ],
)
def test_digest_compares_with_another_day_each_time(asked, days) -> None:
    pressed = press_of(as_digest(asked, LATER)).asked
    assert isinstance(pressed, NewDigest)
    assert pressed.question == question(versus=Comparison(days=days))


def test_day_of_a_digest_moves_with_the_day_of_its_answer() -> None:
    asked = question(versus=Comparison(days=7))
    assert asked.compared_day(date(2018, 10, 14)) == date(2018, 10, 7)
    assert asked.compared_day(date(2018, 10, 21)) == date(2018, 10, 14)


@pytest.mark.parametrize("before", [BEFORE, [], [*BEFORE, ("C", "Exchange", None, 9)]])
def test_digest_shows_the_same_after_packing_and_unpacking(before) -> None:
    answered = compared_answer(before, AFTER)
    unpacked = unpack(pack(answered))
    assert unpacked is not None
    assert figures_view(unpacked, 12, today=LATER) == figures_view(answered, 12, today=LATER)


def test_progress_of_both_fetches_is_added() -> None:
    heard = []
    first, second = joined_progress(lambda done, every: heard.append((done, every)), 2)
    first(1, 4)
    second(2, 3)
    first(4, 4)
    assert heard == [(1, None), (3, 7), (6, 7)]
    assert joined_progress(None, 2) == [None, None]


@pytest.mark.parametrize(
    "wrong",
    [
        Comparison,
        lambda: Comparison(EARLIER, 7),
        lambda: Comparison(days=0),
        lambda: DayRange(LATER, EARLIER),
    ],
)
def test_days_that_are_none_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"day|range"):
        wrong()
