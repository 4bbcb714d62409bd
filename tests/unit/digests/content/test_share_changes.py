from dataclasses import replace
from datetime import date

import msgspec
import pytest

from bot.digests.content.previous_totals import ITEMS, PreviousTotals
from bot.digests.content.share_changes import changes
from bot.domain.figures import LicenseFigures, Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry, ServiceDate
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.usage.distinct_entries import with_details
from tests.shown_figures import of

DAY = date(2018, 10, 14)


def row(name: str, active: int, qualified: int, id_: str | None = None) -> ReportRow:
    entry = Entry(Dimension.CUSTOMER, id_ if id_ is not None else f"id-{name}", name)
    return ReportRow({Dimension.CUSTOMER: entry}, of(active, qualified))


def report(*rows: ReportRow, day: date = DAY) -> UsageReport:
    total = LicenseFigures(sum((row.figures.sums for row in rows), Licenses()))
    return UsageReport(
        (Dimension.CUSTOMER,), rows, len(rows), total, (ServiceDate("Exchange", day),), frozenset(), len(rows)
    )


def test_idle_and_adopted_items_are_distinguished_from_moves() -> None:
    before = PreviousTotals.of(report(row("Idle", 5, 10), row("New", 0, 10), row("Up", 3, 10), row("Same", 1, 10)))
    now = PreviousTotals.of(report(row("Idle", 0, 10), row("New", 2, 10), row("Up", 9, 10), row("Same", 1, 10)))
    result = changes(before, now)
    assert result is not None
    assert [change.name for change in result.idle] == ["Idle"]
    assert [change.name for change in result.adopted] == ["New"]
    assert [(change.name, change.before, change.after) for change in result.moves] == [("Up", of(3, 10), of(9, 10))]
    assert result.total_before == of(9, 40)


def test_larger_percentage_is_first_when_moves_are_equal() -> None:
    before = PreviousTotals.of(report(row("Large", 1_000, 2_000), row("Small", 10, 20), row("Sold", 5, 10)))
    now = PreviousTotals.of(report(row("Large", 1_005, 2_000), row("Small", 15, 20), row("Sold", 5, 90)))
    result = changes(before, now)
    assert result is not None
    assert [change.name for change in result.moves] == ["Small", "Large", "Sold"]


def test_item_is_identified_by_its_id_whatever_its_name_and_spelling() -> None:
    before = PreviousTotals.of(report(row("Contoso", 1, 2, id_="0112A436")))
    now = PreviousTotals.of(report(row("Contoso Ltd", 1, 2, id_="0112a436")))
    result = changes(before, now)
    assert result is not None
    assert [*result.moves, *result.came, *result.gone] == []


def test_items_are_distinguished_when_their_names_are_equal() -> None:
    figures = PreviousTotals.of(
        with_details(report(row("Contoso", 1, 2, id_="a"), row("Contoso", 3, 4, id_="b")), None)
    )
    assert {item.name for item in figures.items.values()} == {"Contoso (a)", "Contoso (b)"}


@pytest.mark.parametrize("spelled", ["0112a436", " 0112A436", "0112A436\u200b"])
def test_item_is_the_same_when_its_id_has_blanks_or_hidden_marks(spelled: str) -> None:
    before = PreviousTotals.of(report(row("Contoso", 1, 2, id_="0112A436")))
    result = changes(before, PreviousTotals.of(report(row("Contoso", 1, 2, id_=spelled))))
    assert result is not None
    assert [*result.moves, *result.came, *result.gone] == []


@pytest.mark.parametrize("id_", ["Contoso", "", "\u200b", "00000000-0000-0000-0000-000000000000"])
def test_customers_without_an_id_are_never_merged_or_compared(id_: str) -> None:
    before = PreviousTotals.of(report(row("Contoso", 1, 2, id_=id_), row("Contoso", 3, 4, id_=id_), row("A", 1, 2)))
    now = PreviousTotals.of(report(row("Contoso", 2, 4, id_=id_), row("A", 2, 2)))
    assert (before.matched, before.cut) == (3, False)
    result = changes(PreviousTotals.unpack(before.pack()), now)
    assert result is not None
    assert [change.name for change in (*result.moves, *result.came, *result.gone)] == ["A"]


def test_nothing_has_changed_when_a_workload_is_spelled_otherwise() -> None:
    def totals(code: str, name: str) -> PreviousTotals:
        worst = WorkloadLicenses(Entry(Dimension.WORKLOAD, code, name), Licenses.of(6, 10))
        figures = LicenseFigures(Licenses.of(15, 20), worst)
        return PreviousTotals.of(report(replace(row("Contoso", 0, 0), figures=figures)))

    result = changes(totals("TEAMS", "Teams"), totals(" Teams", "Microsoft Teams"))
    assert result is not None
    assert result.moves == ()


def test_packed_figures_contain_no_ids() -> None:
    assert b"0112a436" not in PreviousTotals.of(report(row("Contoso", 1, 2, id_="0112a436"))).pack()


def test_figures_are_not_compared_when_their_grouping_differs() -> None:
    figures = PreviousTotals.of(report(row("Contoso", 1, 2)))
    other = PreviousTotals(("workload",), figures.items, 1, figures.total, figures.days)
    assert changes(other, figures) is None
    assert changes(None, figures) is None


def test_same_day_is_set_when_the_figures_are_of_the_same_day() -> None:
    before, now = (
        PreviousTotals.of(report(row("A", 1, 2))),
        PreviousTotals.of(report(row("A", 1, 2), day=date(2018, 10, 21))),
    )
    same, newer = changes(before, before), changes(before, now)
    assert same is not None
    assert same.same_day
    assert newer is not None
    assert not newer.same_day


def test_largest_items_are_kept_and_others_are_not_new_when_list_is_cut() -> None:
    rows = [row(f"Customer {number}" * 20, 1, number) for number in range(ITEMS + 500)]
    now = PreviousTotals.of(report(*rows))
    packed = now.pack()
    assert len(packed) < 1_100_000
    before = PreviousTotals.unpack(packed)
    assert before is not None
    assert before.cut
    assert len(before.items) == ITEMS
    assert min(item.figures.sums.qualified for item in before.items.values() if item.figures) == 500
    result = changes(before, now)
    assert result is not None
    assert [*result.moves, *result.came, *result.gone] == []


def test_name_is_changed_when_json_cannot_carry_it() -> None:
    figures = PreviousTotals.of(report(row("a\ud800b" + "x" * 500, 1, 2), row("", 2**60, 2**70, id_="")))
    kept = PreviousTotals.unpack(figures.pack())
    assert kept is not None
    assert kept.total is not None
    assert kept.total.sums.active == 2**53
    assert {item.name[:5] for item in kept.items.values()} == {"a?bxx", ""}
    assert kept.items.keys() == figures.items.keys()


def test_unpack_returns_none_when_the_version_differs() -> None:
    packed = PreviousTotals.of(report(row("A", 1, 2))).pack()
    assert PreviousTotals.unpack(packed) is not None
    assert PreviousTotals.unpack(packed.replace(b'"version":2', b'"version":3')) is None
    assert PreviousTotals.unpack(None) is None
    assert PreviousTotals.unpack(b"") is None


OLD = (
    b'{"version":1,"by":["customer"],"items":[["%s","Contoso",16,8],["other","Gone",1,2]],'
    b'"matched":2,"active":17,"qualified":10,"days":{"Exchange":"2018-10-07"}}'
)


def test_figures_without_unused_are_read_and_not_compared() -> None:
    now = PreviousTotals.of(report(row("Contoso", 3, 8), row("New", 1, 1)))
    key = next(key for key, item in now.items.items() if item.name == "Contoso")
    before = PreviousTotals.unpack(OLD % key.encode())
    assert before is not None
    assert before.total is None
    result = changes(before, now)
    assert result is not None
    assert (result.idle, result.adopted, result.moves, result.total_before) == ((), (), (), None)
    assert [change.name for change in result.came] == ["New"]
    assert [(change.name, change.before) for change in result.gone] == [("Gone", None)]


def test_worst_workload_is_kept_with_its_figures() -> None:
    teams = WorkloadLicenses(Entry(Dimension.WORKLOAD, "TEAMS", "Teams"), Licenses.of(62, 100))
    figures = LicenseFigures(Licenses.of(5, 5) + teams.licenses, teams)
    line = ReportRow({Dimension.CUSTOMER: Entry(Dimension.CUSTOMER, "a", "A")}, figures)
    kept = PreviousTotals.unpack(PreviousTotals.of(report(line)).pack())
    assert kept is not None
    assert [item.figures for item in kept.items.values()] == [figures]


def test_totals_of_release_0_1_keep_names_and_compare_no_figures() -> None:
    kept = {"version": 1, "by": ["customer"], "items": [["id-contoso", "Contoso", 1, 2]], "matched": 1}
    sums = {"active": 1, "qualified": 2, "days": {"Exchange": "2018-10-07"}}
    before = PreviousTotals.unpack(msgspec.json.encode(kept | sums))
    assert before is not None
    assert [(key, item.name, item.figures) for key, item in before.items.items()] == [("id-contoso", "Contoso", None)]
    assert (before.matched, before.total, before.days) == (1, None, {"Exchange": date(2018, 10, 7)})
    assert PreviousTotals.unpack(msgspec.json.encode(kept)) is None


def with_unknown(*rows: ReportRow, unknown: tuple[str, ...] = (), **gaps: bool | int) -> PreviousTotals:
    """Return stored totals; the ids `unknown` have rows without figures."""
    left_out = frozenset((each,) for each in unknown)
    made = replace(report(*rows), unknown=left_out, gaps=Gaps(unknown=len(unknown), **gaps))  # type: ignore[arg-type]
    found = PreviousTotals.unpack(PreviousTotals.of(made).pack())
    assert found is not None
    return found


def names_of(before: PreviousTotals, now: PreviousTotals) -> tuple[list[str], list[str], list[str]]:
    found = changes(before, now)
    assert found is not None
    every = (*found.idle, *found.adopted, *found.moves), found.came, found.gone
    moved, came, gone = ([each.name for each in some] for some in every)
    return moved, came, gone


def test_item_with_unknown_rows_is_not_compared() -> None:
    whole = with_unknown(row("A", 9, 10), row("B", 1, 10))
    partly = with_unknown(row("A", 4, 5), row("B", 2, 10), unknown=("id-a",))
    assert names_of(whole, partly) == (["B"], [], [])
    assert names_of(partly, whole) == (["B"], [], [])


def test_item_of_unknown_rows_alone_is_neither_gone_nor_new() -> None:
    whole = with_unknown(row("A", 9, 10), row("B", 1, 10), row("C", 1, 2))
    without = with_unknown(row("B", 1, 10), unknown=("id-a",))
    assert names_of(whole, without) == ([], [], ["C"])
    assert names_of(without, whole) == ([], ["C"], [])


@pytest.mark.parametrize("gap", ["incomplete", "missing", "perhaps_missing", "unusable"])
def test_nothing_is_gone_or_new_after_an_answer_with_gaps(gap: str) -> None:
    whole = with_unknown(row("A", 9, 10), row("B", 1, 10))
    cut = with_unknown(row("B", 2, 10), **{gap: 1})
    assert names_of(whole, cut) == (["B"], [], [])
    assert names_of(cut, whole) == (["B"], [], [])


def test_changes_are_certain_if_neither_answer_leaves_something_out() -> None:
    whole, partly = with_unknown(row("A", 1, 2)), with_unknown(row("A", 1, 2), unknown=("id-a",))
    found = [changes(before, now) for before in (whole, partly) for now in (whole, partly)]
    assert [each is not None and each.certain for each in found] == [True, False, False, False]


def test_totals_that_leave_out_something_else_are_not_compared() -> None:
    before = PreviousTotals.of(report(row("One", 5, 10), row("Other", 5, 10)))
    now = PreviousTotals.of(report(row("One", 5, 10)), "other")
    stored = PreviousTotals.unpack(now.pack())
    assert (changes(before, now), changes(now, before)) == (None, None)
    assert stored is not None
    assert changes(stored, now) is not None
