"""What rows have beside their customer and counts is read once."""

from typing import Any

import pytest

from bot.domain.licensing import Dimension, UsageRow
from bot.query.sums import row_kinds
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.processed_day import DayReader
from bot.query.sums.row_kinds import RowKinds, SumKey
from bot.query.sums.service_dates import ServiceDates, ServiceDay
from tests.unit.query.sums.added_rows import DAY, row

TEXTS = ("workload_code", "workload", "service_code", "service", "product_id", "product", "channel", "processed")
IDS = ("workload_code", "service_code", "product_id", "channel")


def kinds(*by: Dimension) -> RowKinds:
    return RowKinds(by, DayReader(), ServiceDates(several_days=True))


def test_kind_has_the_texts_and_labels_of_its_first_row() -> None:
    kind = kinds().of(row())
    assert (kind.workload_code, kind.workload, kind.service_code, kind.service) == ("EXO", "Mail", "o365", "Office")
    assert (kind.product_id, kind.product_name, kind.channel_id) == ("E3", "Plan", "Direct")
    assert (kind.processed, kind.day, kind.readable) == ("2018-10-14", DAY, True)
    assert kind.product == MemberLabel("e3", "E3", "Plan")
    assert kind.channel == MemberLabel("direct", "Direct", "Direct")
    assert (kind.next, kind.rows, kind.key, kind.sums, kind.owners) == (kind, [], None, None, None)
    assert {each: label.id for each, label in kind.labels.items()} == {
        Dimension.WORKLOAD: "EXO", Dimension.SERVICE: "o365", Dimension.PRODUCT: "E3", Dimension.CHANNEL: "Direct",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("processed", "day", "readable"),
    [("2018-10-14", DAY, True), ("soon", None, False), ("", None, True), (None, None, True)],
)
def test_kind_is_readable_unless_its_day_is_none(processed: str | None, day: Any, readable: bool) -> None:
    kind = kinds().of(row(processed=processed))
    assert (kind.day, kind.readable) == (day, readable)


@pytest.mark.parametrize("text", TEXTS)
def test_rows_that_differ_in_one_text_are_of_two_kinds(text: str) -> None:
    found = kinds()
    first, second = found.of(row()), found.of(row(**{text: "x"}))
    assert first is not second
    assert (found.of(row("B", 7)), found.of(row("B", 7, **{text: "x"}))) == (first, second)
    assert found.made == 2
    assert (first.mark == second.mark) is (text not in IDS)


def test_usual_kind_is_the_first_of_its_ids() -> None:
    found = kinds()
    first = found.of(row())
    found.of(row(product="x"))
    other = found.of(row(channel="x"))
    assert found.usual == {("EXO", "Direct", "E3"): first, ("EXO", "x", "E3"): other}
    assert found.none not in found.usual.values()
    assert found.none.product_id != UsageRow().product_id


def test_equal_texts_have_the_same_label() -> None:
    found = kinds()
    first, second = found.of(row()), found.of(row(channel="x"))
    assert first.product is second.product
    assert first.labels[Dimension.SERVICE] is second.labels[Dimension.SERVICE]
    assert found.of(row(product="x")).product == MemberLabel("e3", "E3", "x")


def test_key_is_the_same_for_rows_that_are_added() -> None:
    found = kinds(Dimension.CUSTOMER, Dimension.CHANNEL)
    first, spelled, other = found.of(row(channel="direct")), found.of(row(workload="MAIL")), found.of(row(channel="x"))
    key = found.key(first)
    assert (key.workload, key.members) == (
        MemberLabel("exo", "EXO", "Mail"),
        (MemberLabel("direct", "direct", "direct"),),
    )
    assert first.key is key
    assert found.key(spelled) is spelled.key is key
    assert (key.workload.name, key.members[0].id) == ("MAIL", "Direct")
    assert found.key(other) is not key
    assert found.key(found.of(row(product_id="E5"))) is key


@pytest.mark.parametrize(
    "other", [{"workload_code": "x"}, {"service_code": "x"}, {"processed": "2018-10-07"}, {"processed": None}]
)
def test_key_is_another_one_for_rows_that_are_not_added(other: dict[str, Any]) -> None:
    found = kinds()
    assert found.key(found.of(row())) is not found.key(found.of(row(**other)))


def test_kind_without_a_product_id_keeps_no_key() -> None:
    found = kinds()
    nameless = found.of(row(product_id=None))
    assert found.key(nameless) is found.key(found.of(row()))
    assert nameless.key is None


def test_key_keeps_the_better_spelling_of_each_label() -> None:
    plain, better = MemberLabel("a", "a", "a"), MemberLabel("a", "A", "a")
    key = SumKey(ServiceDay(plain, None), plain, [plain, better])
    key.meet(better, [better, plain])
    assert (key.workload, key.members) == (better, (better, better))
    nothing = SumKey(ServiceDay(plain, None), MemberLabel("", "", ""), [MemberLabel("", "", "")])
    nothing.meet(MemberLabel("", "", ""), [MemberLabel("", "", "")])
    assert (nothing.workload, nothing.members) == (MemberLabel("", "", ""), (MemberLabel("", "", ""),))


def test_customers_are_told_once_by_the_mark_of_their_kind() -> None:
    found = kinds()
    first, spelled, other = found.of(row()), found.of(row(product="x")), found.of(row(channel="x"))
    first.rows, spelled.rows = [1, 2], [3]
    assert found.customers() == {first.mark: [[1, 2], [3]]}
    other.rows.append(4)
    assert found.customers() == {other.mark: [[4]]}
    assert found.customers() == {}


def test_owners_of_a_product_get_the_customers_of_its_rows() -> None:
    found = kinds()
    first, other = found.of(row()), found.of(row(channel="x"))
    first.owners = other.owners = []
    first.rows, other.rows = [1, 2], [3]
    told = found.customers()
    first.rows, other.rows = [4], [5]
    found.customers()
    assert [list(part) for part in first.owners] == [[1, 2], [3, 4, 5]]
    assert told == {first.mark: [[1, 2]], other.mark: [[3]]}


def test_owners_are_forgotten_for_the_kinds_of_the_sums() -> None:
    found = kinds()
    first, other = found.of(row()), found.of(row(channel="x"))
    first.sums, other.sums = sums = object(), object()
    first.owners, other.owners = [], []
    found.forget_owners(sums[0])
    assert (first.owners, other.owners) == (None, [])


def test_kinds_are_forgotten_after_a_page_that_has_too_many(monkeypatch: Any) -> None:
    monkeypatch.setattr(row_kinds, "KINDS_LIMIT", 2)
    found = kinds()
    first, none = found.of(row()), found.none
    found.of(row(channel="x"))
    found.customers()
    assert found.of(row()) is first
    found.of(row(channel="y")).rows.append(1)
    assert list(found.customers().values()) == [[[1]]]
    assert (found.usual, found.none is none) == ({}, False)
    assert found.of(row()) is not first
    assert found.of(row()).product is not first.product
    assert found.made == 4
