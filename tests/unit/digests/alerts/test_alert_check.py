"""What an alert reports, and what it remembers from one check to the next."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.alerts.alert_check import ENDED, INCOMPLETE, NOTHING, AlertFindings, check
from bot.digests.alerts.alert_rule import AlertRule
from bot.digests.alerts.alert_state import AlertState
from bot.domain.figures import LicenseMeasure
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.usage_report import UsageReport
from tests.unit.digests.content.test_digest_content import answer

TODAY = date(2018, 10, 16)
BELOW_HALF = RowSelection(ShareRange(high=0.5, high_included=False))
ABOVE_80 = RowSelection(ShareRange(low=0.8, low_included=False))
MANY_UNUSED = RowSelection(amounts=(AmountRange(LicenseMeasure.UNUSED, low=21),))
FEW_ACTIVE = RowSelection(amounts=(AmountRange(LicenseMeasure.ACTIVE, high=9),))  # its margin is one license
LIMIT = "limit"


class Watch:
    """An alert, checked again and again; each check is made twice, as after a crash."""

    def __init__(self, limit: RowSelection = BELOW_HALF, qualified: int = 100) -> None:
        self.rule = AlertRule(limit)
        self.qualified = qualified
        self.state: AlertState | None = None

    def check(self, *active: int | None) -> AlertFindings:
        """Check lines with so many active licenses; None for one that is missing."""
        rows = [(f"Customer {n}", each, self.qualified) for n, each in enumerate(active) if each is not None]
        return self.of(answer(*rows).report)

    def of(self, report: UsageReport, today: date = TODAY) -> AlertFindings:
        before = None if self.state is None else AlertState.unpack(self.state.pack())
        self.state, found = check(self.rule, LIMIT, before, report, today)
        again, nothing = check(self.rule, LIMIT, AlertState.unpack(self.state.pack()), report, today)
        assert (again, nothing.is_news) == (self.state, False)
        return found

    def names(self, *active: int | None) -> list[str]:
        """Check them, and return the lines that are reported."""
        return [each.row.entries[each_by].name for each in self.check(*active).crossed for each_by in each.row.entries]


def test_line_is_reported_once_with_what_it_was_before() -> None:
    watch = Watch()
    assert not watch.check(53).is_news
    (crossed,) = watch.check(48).crossed
    assert crossed.before is not None
    assert (crossed.before.licenses.active, crossed.row.figures.sums.active) == (53, 48)
    assert not watch.check(47).is_news


def test_first_check_reports_what_is_over_the_limit_already() -> None:
    (crossed,) = Watch().check(48, 60).crossed
    assert crossed.before is None


@pytest.mark.parametrize(
    ("limit", "series", "reported"),
    [
        (BELOW_HALF, (53, 49, 50, 51, 49, 52, 49), [0, 1, 0, 0, 0, 0, 1]),
        (ABOVE_80, (79, 81, 80, 79, 81, 78, 81), [0, 1, 0, 0, 0, 0, 1]),
        (MANY_UNUSED, (80, 79, 80, 81, 79, 82, 79), [0, 1, 0, 0, 0, 0, 1]),
        (RowSelection(ShareRange(low=0.0, low_included=False)), (0, 1, 0, 1), [0, 1, 0, 1]),
        (RowSelection(ShareRange(high=1.0, high_included=False)), (100, 99, 100, 99), [0, 1, 0, 1]),
        (RowSelection(ShareRange(low=1.0, low_included=False)), (100, 101, 100, 101), [0, 1, 0, 1]),
        (FEW_ACTIVE, (12, 9, 10, 9, 11, 9), [0, 1, 0, 0, 0, 1]),
    ],
)
def test_line_is_reported_again_only_after_it_left_the_margin(
    limit: RowSelection, series: tuple[int, ...], reported: list[int]
) -> None:
    watch = Watch(limit)
    found = [len(watch.check(active).crossed) for active in series]
    assert found == reported


@given(st.lists(st.integers(0, 51), min_size=1, max_size=30))
def test_line_within_the_margin_is_reported_once(series: list[int]) -> None:
    watch = Watch()
    watch.check(90)
    found = sum(len(watch.check(active).crossed) for active in series)
    assert found == (min(series) < 50)


@given(st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=40))
def test_each_real_crossing_is_reported_once_and_missing_data_none(series: list[int | None]) -> None:
    watch, over, expected, found = Watch(), False, 0, 0
    watch.check(90)
    for active in series:
        found += len(watch.check(active).crossed)
        if active is None:
            continue
        expected += active < 50 and not over
        over = active < 50 or (over and active < 52)
    assert found == expected


def test_missing_figures_are_mentioned_once_and_again_when_they_are_back() -> None:
    watch = Watch()
    watch.check(60, 70)
    assert [each.name for each in watch.check(60, None).missing] == ["Customer 1"]
    assert not watch.check(60, None).is_news
    found = watch.check(60, 40)
    assert [each.name for each in found.back] == ["Customer 1"]
    assert len(found.crossed) == 1  # from what it was before it was missing


def test_line_that_was_over_the_limit_is_not_news_after_it_was_missing() -> None:
    watch = Watch()
    watch.check(40)
    watch.check(None)
    found = watch.check(41)
    assert (found.crossed, len(found.back)) == ((), 1)


def test_old_figures_are_missing_figures() -> None:
    watch = Watch()
    watch.check(60)
    report = answer(("Customer 0", 40, 100)).report
    aged = replace(report, rows=tuple(replace(row, days=(TODAY,)) for row in report.rows))
    found = watch.of(aged, TODAY + timedelta(days=46))
    assert (found.crossed, len(found.missing)) == ((), 1)
    assert len(found.over) == 1  # who asks sees it, with its day
    assert len(watch.of(aged, TODAY + timedelta(days=45)).crossed) == 1


def test_line_with_unknown_rows_is_not_judged() -> None:
    watch = Watch()
    watch.check(60)
    report = answer(("Customer 0", 40, 100)).report
    found = watch.of(replace(report, rows=tuple(replace(row, unknown=1) for row in report.rows)))
    assert (found.crossed, len(found.missing)) == ((), 1)


def test_answer_that_may_lack_rows_changes_nothing_and_is_mentioned_once() -> None:
    watch = Watch()
    watch.check(60)
    lacking = replace(answer(("Customer 0", 40, 100)).report, gaps=Gaps(missing=1))
    found = watch.of(lacking)
    assert (found.crossed, found.missing, found.blind) == ((), (), INCOMPLETE)
    assert not watch.of(lacking).is_news
    found = watch.check(40)
    assert (found.blind, len(found.crossed)) == (ENDED, 1)


def test_alert_without_any_figures_says_so_once() -> None:
    watch = Watch()
    assert watch.check().blind == NOTHING
    assert not watch.check().is_news
    assert watch.check(60).blind == ENDED


def test_line_without_qualified_licenses_says_nothing_of_a_percentage() -> None:
    watch = Watch()
    watch.check(60)
    watch.qualified = 0
    assert not watch.check(0).is_news


def test_another_limit_begins_anew() -> None:
    watch = Watch()
    watch.check(40)
    before = watch.state
    _, found = check(watch.rule, "another", before, answer(("Customer 0", 40, 100)).report, TODAY)
    assert [each.before for each in found.crossed] == [None]


def test_what_may_not_have_been_posted_is_reported_once_more() -> None:
    watch = Watch()
    watch.check(60, 40)
    before = watch.state
    watch.check(45, 40)
    assert watch.state is not None
    doubted = watch.state.doubted(before)
    assert doubted.doubted(doubted) == doubted  # also if the process dies before it is noted
    watch.state = doubted
    found = watch.check(45, 40)
    assert [(each.row.entries[by].name, each.again) for each in found.crossed for by in each.row.entries] == [
        ("Customer 0", True)
    ]
    assert not watch.check(45, 40).is_news


def test_stored_state_is_read_back_and_nothing_else_is() -> None:
    watch = Watch()
    watch.check(60, 40)
    assert watch.state is not None
    assert AlertState.unpack(watch.state.pack()) == watch.state
    for other in (None, b"", b"{}", watch.state.pack()[:-3] + b"abc"):
        assert AlertState.unpack(other) is None


@given(st.binary(max_size=60))
def test_any_bytes_are_a_state_or_none(data: bytes) -> None:
    assert AlertState.unpack(data) is None or isinstance(AlertState.unpack(data), AlertState)


def test_line_that_is_left_out_from_now_on_is_not_missing() -> None:
    two, one = answer(("A", 40, 100), ("B", 30, 100)).report, answer(("A", 40, 100)).report
    rule = AlertRule(BELOW_HALF)
    state, _ = check(rule, LIMIT, None, two, TODAY)
    after, found = check(rule, LIMIT, AlertState.unpack(state.pack()), one, TODAY, "B is left out")
    assert (found.is_news, [each.name for each in after.lines.values()]) == (False, ["A"])
    again, found = check(rule, LIMIT, AlertState.unpack(after.pack()), two, TODAY)
    assert ([each.name for each in again.lines.values()], found.back) == (["A", "B"], ())
    _, found = check(rule, LIMIT, AlertState.unpack(again.pack()), one, TODAY)
    assert [each.name for each in found.missing] == ["B"]
