"""Which lines dropped below a percentage since the last run of a digest."""

from dataclasses import replace

import pytest

from bot.commands.command import Usage
from bot.commands.run_condition import RunCondition
from bot.digests.content.condition_check import why_not
from bot.digests.content.dropped_lines import after_run
from bot.digests.content.previous_totals import PreviousTotals
from bot.query.filters.amount_range import AmountRange, LicenseMeasure
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.usage_report import UsageReport
from bot.store.digests.digest_record import NOT_MET
from tests.unit.digests.content.test_digest_content import answer

EVERY = Usage()
HALF = 0.5
LOW, HIGH = 4, 8  # of ten


class Runs:
    """The runs of a digest that is posted only if a line drops below 50%."""

    def __init__(self, asked: Usage = EVERY) -> None:
        self._asked = asked
        self.before: PreviousTotals | None = None

    def run(self, *rows: tuple[str, int]) -> bool:
        """Return True if the answer with the rows is posted."""
        return self.of(answer(*((name, active, 10) for name, active in rows)).report)

    def of(self, report: UsageReport) -> bool:
        now = PreviousTotals.of(report)
        reason = why_not(RunCondition(drops_below=HALF), self._asked, report, self.before, now)
        assert reason in ("", NOT_MET)
        kept = after_run(HALF, self.before, now) if reason else now
        if kept is not None:
            self.before = PreviousTotals.unpack(kept.pack())
        return not reason


def test_line_that_recovers_and_drops_again_is_told_again() -> None:
    runs = Runs()
    told = [runs.run(("Contoso", active)) for active in (LOW, HIGH, LOW, LOW, HIGH, HIGH, LOW)]
    assert told == [True, False, True, False, False, False, True]


def test_same_run_that_is_repeated_finds_and_keeps_the_same() -> None:
    runs = Runs()
    runs.run(("Contoso", LOW), ("Gent", LOW))
    runs.run(("Contoso", HIGH), ("Gent", LOW))
    kept = runs.before
    assert not runs.run(("Contoso", HIGH), ("Gent", LOW))
    assert runs.before == kept


def test_line_that_was_away_in_between_is_not_told_again() -> None:
    runs = Runs()
    assert [runs.run(("Contoso", LOW)), runs.run(), runs.run(("Contoso", LOW))] == [True, False, False]


def test_line_with_unknown_rows_has_not_recovered() -> None:
    runs = Runs()
    runs.run(("Contoso", LOW))
    runs.of(replace(answer(("Contoso", HIGH, 10)).report, unknown=frozenset({("id-Contoso",)})))
    assert not runs.run(("Contoso", LOW))


def test_totals_of_an_earlier_release_are_left_as_they_are() -> None:
    now = PreviousTotals.of(answer(("Contoso", HIGH, 10)).report)
    assert after_run(HALF, None, now) is None
    assert after_run(HALF, replace(now, total=None), now) is None
    assert after_run(HALF, replace(now, by=("product",)), now) is None


@pytest.mark.parametrize(
    ("asked", "posted"),
    [
        (Usage(), True),
        (Usage(order=TopBottom(1)), False),
        (Usage(order=TopBottom(1, lowest=True)), True),
        (Usage(limit=ShareRange(high=0.6)), True),
        (Usage(limit=ShareRange(high=0.4)), False),
        (Usage(limit=ShareRange(low=0.3)), False),
        (Usage(amounts=(AmountRange(LicenseMeasure.UNUSED, low=5),)), False),
    ],
    ids=["all", "top", "lowest", "below_60", "below_40", "above_30", "unused"],
)
def test_line_that_only_comes_into_a_list_that_is_cut_has_not_dropped(asked: Usage, posted: bool) -> None:
    runs = Runs(asked)
    runs.run(("Contoso", HIGH))
    assert runs.run(("Delft", LOW)) is posted


def test_line_that_comes_into_the_lowest_ones_did_not_drop_if_all_were_low() -> None:
    runs = Runs(Usage(order=TopBottom(1, lowest=True)))
    runs.run(("Contoso", LOW))
    assert not runs.run(("Delft", LOW))


def test_line_that_came_into_a_list_that_is_cut_can_drop_from_then_on() -> None:
    runs = Runs(Usage(order=TopBottom(1)))
    runs.run(("Contoso", HIGH))
    assert [runs.run(("Delft", HIGH)), runs.run(("Delft", LOW))] == [False, True]
