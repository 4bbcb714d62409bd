from datetime import date

from bot.digests.content.previous_totals import ITEMS, PreviousTotals
from bot.digests.content.share_changes import changes
from bot.domain.licensing import Dimension, Entry, ServiceDate, Share
from bot.query.reports.usage_report import ReportRow, UsageReport

DAY = date(2018, 10, 14)


def row(name: str, active: int, qualified: int, id_: str | None = None) -> ReportRow:
    entry = Entry(Dimension.CUSTOMER, id_ if id_ is not None else name, name)
    return ReportRow({Dimension.CUSTOMER: entry}, Share(active, qualified))


def report(*rows: ReportRow, day: date = DAY) -> UsageReport:
    total = sum((row.share for row in rows), Share(0, 0))
    return UsageReport(
        (Dimension.CUSTOMER,), rows, len(rows), total, (ServiceDate("Exchange", day),), frozenset(), len(rows)
    )


def test_who_stopped_and_who_began_is_told_apart_from_who_moved() -> None:
    before = PreviousTotals.of(report(row("Idle", 5, 10), row("New", 0, 10), row("Up", 3, 10), row("Same", 1, 10)))
    now = PreviousTotals.of(report(row("Idle", 0, 10), row("New", 2, 10), row("Up", 9, 10), row("Same", 1, 10)))
    result = changes(before, now)
    assert result is not None
    assert [change.name for change in result.idle] == ["Idle"]
    assert [change.name for change in result.adopted] == ["New"]
    assert [(change.name, change.before, change.after) for change in result.moves] == [
        ("Up", Share(3, 10), Share(9, 10))
    ]
    assert result.total_before == Share(9, 40)


def test_among_equal_moves_the_one_that_is_more_of_its_own_stands_first() -> None:
    before = PreviousTotals.of(report(row("Large", 1_000, 2_000), row("Small", 10, 20), row("Sold", 5, 10)))
    now = PreviousTotals.of(report(row("Large", 1_005, 2_000), row("Small", 15, 20), row("Sold", 5, 90)))
    result = changes(before, now)
    assert result is not None
    assert [change.name for change in result.moves] == ["Small", "Large", "Sold"]


def test_a_thing_is_known_again_by_its_id_however_it_is_called_and_spelt() -> None:
    before = PreviousTotals.of(report(row("Contoso", 1, 2, id_="0112A436")))
    now = PreviousTotals.of(report(row("Contoso Ltd", 1, 2, id_="0112a436")))
    result = changes(before, now)
    assert result is not None
    assert [*result.moves, *result.came, *result.gone] == []


def test_namesakes_are_told_apart() -> None:
    figures = PreviousTotals.of(report(row("Contoso", 1, 2, id_="a"), row("Contoso", 3, 4, id_="b")))
    assert {item.name for item in figures.items.values()} == {"Contoso (a)", "Contoso (b)"}


def test_ids_are_not_kept() -> None:
    assert b"0112a436" not in PreviousTotals.of(report(row("Contoso", 1, 2, id_="0112a436"))).pack()


def test_figures_of_another_grouping_are_not_compared() -> None:
    figures = PreviousTotals.of(report(row("Contoso", 1, 2)))
    other = PreviousTotals(("workload",), figures.items, 1, figures.total, figures.days)
    assert changes(other, figures) is None
    assert changes(None, figures) is None


def test_figures_of_the_same_day_are_known_as_such() -> None:
    before, now = (
        PreviousTotals.of(report(row("A", 1, 2))),
        PreviousTotals.of(report(row("A", 1, 2), day=date(2018, 10, 21))),
    )
    same, newer = changes(before, before), changes(before, now)
    assert same is not None
    assert same.same_day
    assert newer is not None
    assert not newer.same_day


def test_of_very_many_items_those_with_the_most_licenses_are_kept_and_the_others_are_not_taken_for_new() -> None:
    rows = [row(f"Customer {number}" * 20, 1, number) for number in range(ITEMS + 500)]
    now = PreviousTotals.of(report(*rows))
    packed = now.pack()
    assert len(packed) < 1_100_000
    before = PreviousTotals.unpack(packed)
    assert before is not None
    assert before.cut
    assert len(before.items) == ITEMS
    assert min(item.share.qualified for item in before.items.values()) == 500
    result = changes(before, now)
    assert result is not None
    assert [*result.moves, *result.came, *result.gone] == []


def test_a_name_that_json_cannot_carry_is_no_error() -> None:
    figures = PreviousTotals.of(report(row("a\ud800b" + "x" * 500, 1, 2), row("", 2**60, 2**70, id_="")))
    kept = PreviousTotals.unpack(figures.pack())
    assert kept is not None
    assert kept.total.active == 2**53
    assert {item.name[:5] for item in kept.items.values()} == {"a?bxx", ""}
    assert kept.items.keys() == figures.items.keys()


def test_another_version_is_nothing() -> None:
    packed = PreviousTotals.of(report(row("A", 1, 2))).pack()
    assert PreviousTotals.unpack(packed) is not None
    assert PreviousTotals.unpack(packed.replace(b'"version":1', b'"version":2')) is None
    assert PreviousTotals.unpack(None) is None
    assert PreviousTotals.unpack(b"") is None
