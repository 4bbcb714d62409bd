"""The figures of two days: what changed, what is new, gone, or not known."""

from datetime import date

import pytest

from bot.domain.compared_days import Movement
from bot.domain.licensing import Dimension
from bot.query.reports.report_comparison import (
    ChangeKind,
    DayFigures,
    compared_rows,
    first_rows,
    moved_first,
    total_is_known,
)
from bot.query.reports.row_aggregator import RowAggregator
from tests.shown_figures import of
from tests.unit.query.reports.test_row_aggregator import row

EARLIER = "2018-09-14"


def figures(*rows, by=(Dimension.CUSTOMER,), **flaws) -> DayFigures:
    tally = RowAggregator(by)
    tally.add(rows)
    for name, value in flaws.items():
        setattr(tally, name, value)
    return DayFigures(tally.report(), tally.unknown_items())


def then(customer, active, qualified, **other):
    return row(customer, "Exchange", active, qualified, day=EARLIER, **other)


def now(customer, active, qualified, **other):
    return row(customer, "Exchange", active, qualified, **other)


def known(before, after, only=None):
    """Return the name and kind of each row, and the names of those that are gone."""
    found = moved_first(compared_rows(before, after), only)
    names = [each.entries[Dimension.CUSTOMER].name for each in found.rows]
    kinds = [change.kind.value for change in found.changes]
    return list(zip(names, kinds, strict=True)), [each.entries[Dimension.CUSTOMER].name for each in found.gone]


def test_rows_of_one_day_only_are_new_or_gone_and_never_zero() -> None:
    before = figures(then("KEPT", 5, 9), then("GONE", 5, 9))
    after = figures(now("KEPT", 5, 9), now("NEW", 0, 9))
    assert known(before, after) == ([("KEPT", "same"), ("NEW", "new")], ["GONE"])


def test_largest_drop_is_first_and_what_is_not_known_last() -> None:
    before = figures(then("A", 9, 9), then("B", 5, 9), then("C", 8, 9), then("D", 1, None))
    after = figures(now("D", 1, 9), now("NEW", 1, 9), now("A", 8, 9), now("B", 9, 9), now("C", 2, 9))
    assert [name for name, _ in known(before, after)[0]] == ["C", "A", "B", "NEW", "D"]


@pytest.mark.parametrize(
    ("only", "names"),
    [
        (Movement.DROPPED, ["C", "A"]),
        (Movement.IMPROVED, ["B"]),
        (Movement.CHANGED, ["C", "B", "A", "NEW"]),
    ],
)
def test_only_what_moved_as_asked_is_kept(only, names) -> None:
    before = figures(then("A", 9, 9), then("B", 5, 9), then("C", 8, 9), then("SAME", 1, 9))
    after = figures(now("NEW", 1, 9), now("A", 8, 9), now("B", 9, 9), now("C", 2, 9), now("SAME", 1, 9))
    assert [name for name, _ in known(before, after, only)[0]] == names


def test_share_that_fell_because_of_new_licenses_is_a_drop() -> None:
    before, after = figures(then("A", 9, 9)), figures(now("A", 9, 18))
    assert known(before, after, Movement.DROPPED)[0] == [("A", "changed")]


@pytest.mark.parametrize("unknown_on", ["earlier", "later"])
def test_no_change_is_known_when_a_row_is_unknown_on_one_day(unknown_on) -> None:
    other = ("45A2423B", "EXCHANGE ONLINE PROTECTION")
    parts = {
        "earlier": [then("A", 10, 10), then("A", 50, 50, product=other)],
        "later": [now("A", 10, 10), now("A", 50, 50, product=other)],
    }
    whole = {day: figures(*rows) for day, rows in parts.items()}
    whole[unknown_on] = figures(parts[unknown_on][0], row("A", "Exchange", None, 50, product=other))
    compared = compared_rows(whole["earlier"], whole["later"])
    assert [each.kind for each in compared.changes] == [ChangeKind.UNKNOWN]
    assert compared.changes[0].before is None
    assert not total_is_known(whole["earlier"], whole["later"])


def test_row_that_is_unknown_later_is_not_gone() -> None:
    assert known(figures(then("A", 1, 9), then("B", 1, 9)), figures(now("A", 1, 9), now("B", None, 9)))[1] == []


@pytest.mark.parametrize("flaw", [{"incomplete": True}, {"missing": 1}, {"perhaps_missing": 1}, {"unusable": 1}])
def test_nothing_is_new_or_gone_when_the_other_day_is_incomplete(flaw) -> None:
    rows, gone = known(figures(then("A", 1, 9), **flaw), figures(now("A", 1, 9), now("B", 1, 9)))
    assert (rows, gone) == ([("A", "same"), ("B", "unknown")], [])
    rows, gone = known(figures(then("A", 1, 9), then("B", 1, 9)), figures(now("A", 1, 9), **flaw))
    assert (rows, gone) == ([("A", "same")], [])


def test_item_is_found_again_whatever_its_name_and_spelling() -> None:
    before = figures(then("Contoso", 1, 9, customer_id="0112A436"))
    after = figures(now("Contoso Ltd", 2, 9, customer_id=" 0112a436"))
    assert known(before, after)[0] == [("Contoso Ltd", "changed")]


def test_customers_without_an_id_are_never_compared() -> None:
    before = figures(then("Contoso", 1, 9, customer_id=None))
    after = figures(now("Contoso", 2, 9, customer_id=None))
    assert known(before, after) == ([("Contoso", "unknown")], [])


def test_earlier_figures_have_their_own_days() -> None:
    compared = compared_rows(figures(then("A", 1, 9)), figures(now("A", 2, 9)))
    assert (compared.changes[0].before, compared.changes[0].days) == (of(1, 9), (date(2018, 9, 14),))


def test_first_rows_keep_their_changes() -> None:
    compared = moved_first(
        compared_rows(figures(then("A", 9, 9), then("B", 9, 9)), figures(now("A", 8, 9), now("B", 1, 9))), None
    )
    first = first_rows(compared, 1)
    assert [each.entries[Dimension.CUSTOMER].name for each in first.rows] == ["B"]
    assert [each.before for each in first.changes] == [of(9, 9)]


def test_contradicted_rows_are_unknown() -> None:
    before = figures(then("A", 1, 9), then("A", 2, 9), then("B", 1, 9))
    after = figures(now("A", 1, 9), now("B", 1, 9))
    assert sorted(known(before, after)[0]) == [("A", "unknown"), ("B", "same")]
