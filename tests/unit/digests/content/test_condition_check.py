"""Whether a digest is posted: what changed, and which lines are as wanted."""

from dataclasses import replace

import pytest

from bot.commands.command import Usage
from bot.commands.documents.condition_document import as_stored, from_stored
from bot.commands.run_condition import ALWAYS, RunCondition
from bot.digests.content.condition_check import FIRST, condition_of, why, why_not
from bot.digests.content.digest_line import DigestLines
from bot.digests.content.previous_totals import PreviousTotals
from bot.domain.licensing import Dimension, Entry
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.usage_report import UsageReport
from bot.store.digests.digest_record import NOT_MET, UNCHANGED
from cards.views.digest_views import BecauseView, ConditionView
from tests.shown_figures import of
from tests.unit.digests.content.test_digest_content import DIGEST, answer
from tests.unit.digests.content.test_digest_line import LINES

CHANGED = RunCondition(changed=True)
BELOW_HALF = RunCondition(below=0.5)
MANY_UNUSED = RunCondition(unused_above=20)
DROPPED = RunCondition(drops_below=0.5)
CUSTOMER = Dimension.CUSTOMER
BEFORE = answer(("Contoso", 5, 10), ("Gent", 0, 30)).report


def told(condition: RunCondition, now: UsageReport, before: UsageReport | None = BEFORE) -> str:
    return why_not(condition, Usage(), now, kept(before), PreviousTotals.of(now))


def because(condition: RunCondition, now: UsageReport, before: UsageReport | None = BEFORE) -> BecauseView | None:
    return why(condition, Usage(), now, kept(before), PreviousTotals.of(now))


def kept(before: UsageReport | None) -> PreviousTotals | None:
    return None if before is None else PreviousTotals.unpack(PreviousTotals.of(before).pack())


def test_same_figures_are_not_posted_again() -> None:
    assert told(CHANGED, BEFORE) == UNCHANGED


@pytest.mark.parametrize(
    "now",
    [
        answer(("Contoso", 6, 10), ("Gent", 0, 30)),
        answer(("Contoso", 5, 11), ("Gent", 0, 30)),
        answer(("Contoso", 5, 10)),
        answer(("Contoso", 5, 10), ("Gent", 0, 30), ("Delft", 0, 0)),
        answer(),
    ],
    ids=["active", "qualified", "gone", "came", "empty"],
)
def test_any_change_is_posted(now: object) -> None:
    assert told(CHANGED, now.report) == ""  # type: ignore[attr-defined]


def test_first_answer_is_posted_because_nothing_is_known_before_it() -> None:
    assert told(CHANGED, BEFORE, None) == ""


@pytest.mark.parametrize("condition", [CHANGED, BELOW_HALF, MANY_UNUSED, DROPPED])
def test_answer_with_missing_rows_is_posted_whatever_the_condition(condition: RunCondition) -> None:
    full = answer(("Contoso", 10, 10)).report
    assert told(condition, replace(full, gaps=Gaps(incomplete=True)), full) == ""


@pytest.mark.parametrize(("active", "reason"), [(4, ""), (5, NOT_MET), (6, NOT_MET)])
def test_one_line_below_the_share_is_enough_and_the_bound_is_not_below(active: int, reason: str) -> None:
    assert told(BELOW_HALF, answer(("Gent", 30, 30), ("Contoso", active, 10)).report) == reason


@pytest.mark.parametrize(("active", "reason"), [(9, ""), (10, NOT_MET), (30, NOT_MET)])
def test_one_line_with_more_unused_licenses_is_enough(active: int, reason: str) -> None:
    assert told(MANY_UNUSED, answer(("Contoso", 8, 10), ("Gent", active, 30)).report) == reason


def test_line_without_qualified_licenses_has_no_share_and_nothing_unused() -> None:
    assert told(BELOW_HALF, answer(("Trial", 7, 0)).report) == NOT_MET
    assert told(RunCondition(unused_above=0), answer(("Trial", 7, 0)).report) == NOT_MET


def test_no_condition_is_always_posted() -> None:
    assert told(ALWAYS, BEFORE) == ""
    assert told(ALWAYS, answer().report) == ""


@pytest.mark.parametrize("condition", [ALWAYS, CHANGED, BELOW_HALF, MANY_UNUSED, DROPPED])
def test_condition_is_stored_and_read_back(condition: RunCondition) -> None:
    assert condition_of(replace(DIGEST, only_if=as_stored(condition))) == condition


@pytest.mark.parametrize("text", ["{", "[]", '{"below": 7}', '{"other": 1}', '{"changed": true, "below": 0.5}'])
def test_stored_text_that_is_no_condition_keeps_nothing_from_being_posted(text: str) -> None:
    assert from_stored(text) == ALWAYS


def test_line_of_a_digest_shows_its_condition() -> None:
    def shown(condition: RunCondition) -> ConditionView | None:
        lines: DigestLines = LINES
        return lines.line(replace(DIGEST, only_if=as_stored(condition))).only

    assert shown(ALWAYS) is None
    assert shown(BELOW_HALF) == ConditionView(below=50)
    assert shown(RunCondition(below=0.29)) == ConditionView(below=29)
    assert shown(MANY_UNUSED) == ConditionView(unused_above=20)
    assert shown(DROPPED) == ConditionView(drops_below=50)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((("Contoso", 4, 10), ("Gent", 0, 30)), ""),
        ((("Contoso", 5, 10), ("Gent", 0, 30)), NOT_MET),
        ((("Contoso", 9, 10),), NOT_MET),
        ((("Contoso", 5, 10), ("Delft", 1, 10)), ""),
        ((("Contoso", 5, 10), ("Delft", 9, 10)), NOT_MET),
        ((), NOT_MET),
    ],
    ids=["drops", "was_below", "rises", "new_below", "new_above", "empty"],
)
def test_line_drops_if_it_was_not_below_in_the_last_digest(rows: tuple[tuple[str, int, int], ...], reason: str) -> None:
    assert told(DROPPED, answer(*rows).report) == reason


def test_first_digest_is_posted_for_nothing_can_have_dropped_yet() -> None:
    assert told(DROPPED, answer(("Contoso", 9, 10)).report, None) == ""


def test_line_that_may_have_been_left_out_before_has_not_dropped() -> None:
    now = answer(("Contoso", 5, 10), ("Delft", 1, 10)).report
    assert told(DROPPED, now, replace(BEFORE, gaps=Gaps(incomplete=True))) == NOT_MET


def test_customer_without_an_id_is_not_told_each_time() -> None:
    nameless = replace(BEFORE.rows[0], entries={CUSTOMER: Entry(CUSTOMER, "Contoso", "Contoso")}, figures=of(1, 10))
    now = replace(BEFORE, rows=(nameless,))
    assert told(DROPPED, now, now) == NOT_MET


def test_posted_digest_says_how_many_lines_are_as_wanted() -> None:
    below = answer(("Contoso", 4, 10), ("Gent", 0, 30)).report
    assert because(BELOW_HALF, below) == BecauseView(ConditionView(below=50), lines=2, of_customers=True)
    assert because(DROPPED, below) == BecauseView(ConditionView(drops_below=50), lines=1, of_customers=True)
    lines = replace(below, by=(CUSTOMER, Dimension.PRODUCT))
    assert because(MANY_UNUSED, lines) == BecauseView(ConditionView(unused_above=20), lines=1)


def test_posted_digest_says_that_its_condition_could_not_be_tested() -> None:
    changed = ConditionView(changed=True)
    assert because(CHANGED, BEFORE, None) == BecauseView(changed, "first")
    assert because(CHANGED, replace(BEFORE, gaps=Gaps(incomplete=True))) == BecauseView(changed, "unknown")
    assert because(CHANGED, answer(("Contoso", 6, 10)).report) == BecauseView(changed, of_customers=True)
    assert because(ALWAYS, BEFORE) is None


def test_nothing_has_changed_or_dropped_if_something_else_is_left_out() -> None:
    before, now = PreviousTotals.of(BEFORE), PreviousTotals.of(BEFORE, "other")
    for condition in (RunCondition(changed=True), RunCondition(drops_below=0.99)):
        shown = why(condition, Usage(), BEFORE, before, now)
        assert shown is not None
        assert shown.why == FIRST
