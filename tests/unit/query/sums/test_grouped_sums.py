"""What is added, over all customers and by customer."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import pytest

from bot.domain.licensing import Dimension, UsageRow
from bot.query.sums.folded_texts import FoldedTexts
from bot.query.sums.grouped_sums import GroupedSums
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.processed_day import DayReader
from bot.query.sums.repeated_rows import RepeatedRows, RowsKeptError
from tests.unit.query.sums.added_rows import DAY, WAYS, added, every_sum, row

Way = tuple[type[GroupedSums], Sequence[Dimension]]
pytestmark = pytest.mark.parametrize("way", WAYS, ids=["of all", "by customer"])
NO_FIGURES = {"licenses_active": None}
LABELS = {
    "product": attrgetter("product"),
    "channel": attrgetter("channel"),
    "workload": attrgetter("key.workload"),
    "service": attrgetter("key.service.label"),
}


def repeated(found: GroupedSums) -> bool:
    return RepeatedRows().add(found.customers())


def test_what_is_unused_is_counted_row_by_row(way: Way) -> None:
    rows = [
        row(active=1, qualified=3),
        row(active=5, qualified=2),
        row(active=0, qualified=4),
        row(active=2, qualified=2),
    ]
    (sums,) = every_sum(added(way, rows[:1], rows[1:]))
    assert (sums.active, sums.qualified, sums.unused) == (8, 11, 6)
    (alone,) = every_sum(added(way, rows[1:2]))
    assert (alone.active, alone.qualified, alone.unused) == (5, 2, 0)


@pytest.mark.parametrize(("licenses_active", "license_active", "active"), [(2, 5, 2), (None, 5, 5), (0, 5, 0)])
def test_either_spelling_of_the_active_licenses_is_added(
    way: Way, licenses_active: int | None, license_active: int, active: int
) -> None:
    (sums,) = every_sum(added(way, [row(active=licenses_active, license_active=license_active)]))
    assert sums.active == active


def test_sums_say_what_they_are_of(way: Way) -> None:
    (sums,) = every_sum(added(way, [row()]))
    assert sums.customer == MemberLabel("a", "A", "Adatum")
    assert sums.product == MemberLabel("e3", "E3", "Plan")
    assert sums.channel == MemberLabel("direct", "Direct", "Direct")
    assert sums.key.workload == MemberLabel("exo", "EXO", "Mail")
    assert (sums.key.service.label, sums.key.service.day) == (MemberLabel("o365", "o365", "Office"), DAY)
    assert sums.key.members == ()


@pytest.mark.parametrize("unknown", [NO_FIGURES, {"qualified": None}, {"processed": "soon"}])
def test_unknown_rows_are_counted_and_not_added(way: Way, unknown: dict[str, Any]) -> None:
    found = added(way, [row(**unknown), row(), row("B", **unknown), row(product_id="E5", **unknown)])
    (sums,) = every_sum(found)
    assert (sums.active, sums.product) == (1, MemberLabel("e3", "E3", "Plan"))
    assert (found.unknown, found.unreadable_days) == (3, 3 if "processed" in unknown else 0)
    assert found.left_out.items() == ({(): 3} if not way[1] else {("a",): 2, ("b",): 1})


def test_day_of_a_row_without_figures_is_not_said_to_be_unreadable(way: Way) -> None:
    found = added(way, [row(processed="soon", **NO_FIGURES)])
    assert (found.unknown, found.unreadable_days) == (1, 0)
    assert found.empty
    assert every_sum(found) == []


def test_nothing_is_empty_once_a_row_was_added(way: Way) -> None:
    assert added(way).empty
    assert not added(way, [row(active=0, qualified=0)]).empty


@pytest.mark.parametrize("attribute", ["product_id", "workload_code", "channel", "service_code"])
def test_rows_are_of_two_kinds_when_one_id_alone_differs(way: Way, attribute: str) -> None:
    kinds = added(way, [row(), row(**{attribute: "x"}), row("B"), row("B", **{attribute: "x"})]).customers()
    assert [[hash("a"), hash("b")] for _ in range(2)] == [parts[0] for parts in kinds.values()]
    assert not RepeatedRows().add(kinds)


@pytest.mark.parametrize("attribute", ["product_id", "workload_code", "channel", "service_code"])
def test_rows_are_of_one_kind_when_an_id_is_spelled_otherwise(way: Way, attribute: str) -> None:
    other = {attribute: f" {getattr(row(), attribute)}".swapcase()}
    assert len(added(way, [row(), row("B", **other)]).customers()) == 1
    assert repeated(added(way, [row(), row(**other)]))


@pytest.mark.parametrize("attribute", ["product", "workload", "service", "channel"])
@pytest.mark.parametrize(
    "names", [("direct", "Direct"), ("Direct", "direct"), ("direct", "DIRECT", "direct", "Direct")]
)
def test_best_spelling_is_kept_when_one_name_alone_differs(way: Way, attribute: str, names: Sequence[str]) -> None:
    rows = [row(customer, **{attribute: name}) for customer in "ABA" for name in names]
    found = every_sum(added(way, rows))
    assert {LABELS[attribute](each).name for each in found} == {min(names)}


@pytest.mark.parametrize("attribute", ["product", "channel"])
@pytest.mark.parametrize("number", [2, 3])
def test_rows_of_several_products_or_channels_have_none_in_common(way: Way, attribute: str, number: int) -> None:
    id_ = {"product": "product_id", "channel": "channel"}[attribute]
    rows = [row(customer, **{id_: f"x{at}"}) for customer in "AB" for at in range(number)]
    other = {"product", "channel"} - {attribute}
    for each in (rows, [*rows, *rows], rows[::-1]):
        for sums in every_sum(added(way, each)):
            assert LABELS[attribute](sums) is None
            assert all(LABELS[name](sums) is not None for name in other)


def test_product_without_an_id_is_none_that_rows_have_in_common(way: Way) -> None:
    nameless, named = row(product_id=None), row()
    (alone,) = every_sum(added(way, [nameless]))
    assert alone.product == MemberLabel("\0plan", "", "Plan")
    for rows in ([nameless, nameless], [nameless, named], [named, nameless], [named, nameless, named]):
        (sums,) = every_sum(added(way, rows))
        assert sums.product is None
        assert (sums.active, sums.qualified, sums.unused) == (len(rows), 3 * len(rows), 2 * len(rows))
        assert sums.channel == MemberLabel("direct", "Direct", "Direct")


@pytest.mark.parametrize("product_id", ["E3", None])
def test_channels_of_rows_without_a_product_id_are_compared_too(way: Way, product_id: str | None) -> None:
    rows = [row(product_id=product_id, channel=channel) for channel in ("a", "b", "c")]
    assert [each.channel for each in every_sum(added(way, rows))] == [None]


def test_rows_of_two_days_are_added_apart_if_rows_are_kept(way: Way) -> None:
    rows = [row(active=1), row(active=2, processed="2018-10-07"), row(active=4), row(active=8, processed=None)]
    found = every_sum(added(way, rows, kept=True))
    assert {each.key.service.day: each.active for each in found} == {DAY: 5, DAY.replace(day=7): 2, None: 8}
    for second in rows[1::2]:
        with pytest.raises(RowsKeptError):
            added(way, [rows[0], second])


def test_rows_need_not_be_kept_unless_it_is_asked_for(way: Way) -> None:
    kind, by = way
    with pytest.raises(RowsKeptError):
        kind(by, DayReader()).add([row(processed=None)])


@pytest.mark.parametrize("first", ["A", " a", "a\u200b"])
@pytest.mark.parametrize("second", ["A", " a"])
def test_customer_is_one_in_every_spelling_of_its_id(way: Way, first: str, second: str) -> None:
    rows = [
        row(first, customer="adatum"),
        row("B"),
        row(second, product_id="E5", customer="Adatum"),
        row("A", channel="x"),
    ]
    found = added(way, rows)
    assert not repeated(found)
    assert repeated(added(way, [row(first), row(second)]))
    (sums,) = every_sum(added(way, rows[::2], rows[3:]))
    assert (sums.active, sums.customer) == (3, MemberLabel("a", "A", "Adatum"))


@pytest.mark.parametrize("names", [("adatum", "Adatum"), ("Adatum", "adatum"), (None, "Adatum"), ("Adatum", "\u200b")])
def test_customer_has_its_best_name(way: Way, names: tuple[str | None, str | None]) -> None:
    (sums,) = every_sum(added(way, [row(customer=name) for name in names]))
    assert sums.customer == MemberLabel("a", "A", "Adatum")


def test_name_of_an_unknown_row_is_not_taken(way: Way) -> None:
    rows = [row(customer="ADATUM", **NO_FIGURES), row(customer="adatum"), row(customer="AdatuM", **NO_FIGURES)]
    (sums,) = every_sum(added(way, rows))
    assert sums.customer == MemberLabel("a", "A", "adatum")


@pytest.mark.parametrize("other", [{}, NO_FIGURES, {"processed": "soon"}])
def test_row_that_comes_twice_is_noticed_if_it_is_unknown_too(way: Way, other: dict[str, Any]) -> None:
    assert repeated(added(way, [row(), row("B"), row(**other)]))
    assert not repeated(added(way, [row(), row("B"), row("C", **other)]))
    assert not repeated(added(way, [row(), row("B"), row(channel="x", **other)]))


def test_customers_are_those_since_the_last_call(way: Way) -> None:
    found = added(way, [row(), row("B", **NO_FIGURES)])
    assert [list(map(list, parts)) for parts in found.customers().values()] == [[[hash("a")], [hash("b")]]]
    assert found.customers() == {}
    found.add([row("C"), row("D", **NO_FIGURES)])
    assert [list(map(list, parts)) for parts in found.customers().values()] == [[[hash("c")], [hash("d")]]]


@pytest.mark.parametrize(("names", "same"), [(("One", "one "), True), (("One", "Two"), False), ((None, ""), True)])
def test_unknown_rows_without_a_customer_id_are_compared_by_name(
    way: Way, names: tuple[str | None, ...], same: bool
) -> None:
    rows = [row(None, customer=name, **NO_FIGURES) for name in names]
    assert repeated(added(way, rows)) is same
    assert repeated(added(way, rows, kept=True)) is same


@pytest.mark.parametrize(
    ("removed", "same"),
    [
        ([row("B")], False),
        ([row("B"), row("C")], False),
        ([row(" a")], True),
        ([row("B"), row("b")], True),
        ([row(None, customer="A"), row(None, customer="B")], False),
        ([row(None, customer="B"), row(None, customer="b")], True),
        ([row(channel="x")], False),
    ],
)
def test_rows_that_are_only_noted_are_compared_with_others(way: Way, removed: list[UsageRow], same: bool) -> None:
    found = added(way, [row()])
    found.note(removed, FoldedTexts())
    assert repeated(found) is same
    assert (found.unknown, [each.active for each in every_sum(found)]) == (0, [1])


def test_rows_that_take_long_are_counted(way: Way) -> None:
    found = added(way, [row(), row("B"), row("C")])
    assert found.odd == 1, "the first of its kind"
    found.add([row("D", channel="x"), row("E", **NO_FIGURES)])
    assert found.odd == 3
    found.note([row("F")], FoldedTexts())
    assert found.odd == 4
