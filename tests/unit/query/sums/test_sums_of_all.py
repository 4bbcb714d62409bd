"""Sums over all customers: the customer in common, and who owns which product."""

import pytest

from bot.domain.licensing import Dimension
from bot.query.sums import sums_of_all
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.repeated_rows import RepeatedRows
from bot.query.sums.row_sums import NO_PRODUCT, add_several
from bot.query.sums.sums_of_all import SumsOfAll
from tests.unit.query.sums.added_rows import added, every_sum, row

ALL = (SumsOfAll, ())
A, B = hash("a"), hash("b")
E3, E5 = hash("e3"), hash("e5")
NAMELESS = {"product_id": None}


def owned(found):
    """Return the owners of the products of the only sum."""
    (sums,) = every_sum(found)
    return {product: [list(part) for part in parts] for product, parts in sums.owners.items()}


@pytest.mark.parametrize("rows", [[row(), row("B")], [row(), row("B"), row()], [row(None), row()], [row(), row(None)]])
def test_rows_of_several_customers_have_none_in_common(rows) -> None:
    (sums,) = every_sum(added(ALL, rows))
    assert (sums.customer, sums.active) == (None, len(rows))


@pytest.mark.parametrize("id_", [None, "", "00000000-0000-0000-0000-000000000000"])
@pytest.mark.parametrize(("name", "shown"), [("Adatum", "Adatum"), ("\u200b", ""), ("", ""), (None, "")])
def test_row_without_a_customer_id_is_of_a_customer_of_its_own(id_, name, shown) -> None:
    (alone,) = every_sum(added(ALL, [row(id_, customer=name)]))
    assert alone.customer == MemberLabel("\0\x00000000001", "", shown)
    (sums,) = every_sum(added(ALL, [row(id_, customer=name), row(id_, customer=name)]))
    assert (sums.customer, sums.active) == (None, 2)


@pytest.mark.parametrize(("name", "same"), [("Adatum ", True), ("Contoso", False), (None, False)])
def test_rows_without_a_customer_id_are_compared_by_name(name, same) -> None:
    found = added(ALL, [row(None), row("B"), row(None, customer=name)])
    assert RepeatedRows().add(found.customers()) is same


def test_each_product_has_the_hashes_of_its_owners() -> None:
    found = added(ALL, [row(), row("B"), row("C", product_id="E5"), row("C", product_id="E5", channel="x")])
    assert owned(found) == {E3: [[A, B]], E5: [[hash("c")], [hash("c")]]}


def test_rows_without_a_product_id_are_of_products_of_their_own() -> None:
    found = added(ALL, [row(), row("B", **NAMELESS), row("C", **NAMELESS)], [row("B", **NAMELESS)])
    assert owned(found) == {E3: [[A]], NO_PRODUCT: [[B, hash("c"), B]]}


def test_owners_of_later_pages_are_added_in_a_second_part() -> None:
    found = added(ALL)
    for customers in ("AB", "C", "DE"):
        found.add([row(each) for each in customers])
        found.customers()
    assert owned(found) == {E3: [[A, B], [hash("c"), hash("d"), hash("e")]]}


def test_customers_without_an_id_own_products_too_each_its_own() -> None:
    found = added(ALL, [row(None), row(None, product_id="E5"), row(None, **NAMELESS), row(None, **NAMELESS)])
    assert {product: len(parts[0]) for product, parts in owned(found).items()} == {E3: 1, E5: 1, NO_PRODUCT: 2}
    (sums,) = every_sum(found)
    assert not add_several([sums.owners])


@pytest.mark.parametrize("second", [{"product_id": "E5"}, NAMELESS])
def test_owners_are_forgotten_once_a_customer_has_two_products(second) -> None:
    found = added(ALL, [row("A"), row("B"), row("C", channel="x"), row("B", **second)])
    (sums,) = every_sum(found)
    assert (sums.several_products, len(sums.owners)) == (False, 2)
    found.customers()
    assert (sums.several_products, sums.owners) == (True, None)
    assert found._kinds.of(row()).owners is None
    found.add([row("D"), row("D", **second), row("E", product_id="E7"), row("F", workload_code="SPO")])
    found.customers()
    exchange, sharepoint = every_sum(found)
    assert (exchange.several_products, exchange.owners, exchange.active) == (True, None, 7)
    assert (sharepoint.several_products, sharepoint.owners) == (False, {E3: [[hash("f")]]})


def test_owners_stay_when_every_customer_has_one_product(monkeypatch) -> None:
    monkeypatch.setattr(sums_of_all, "PRODUCTS_LIMIT", 2)
    found = added(ALL, [row(), row("B", product_id="E5")])
    found.customers()
    assert owned(found) == {E3: [[A]], E5: [[B]]}
    found.add([row("C", product_id="E7")])
    found.customers()
    (sums,) = every_sum(found)
    assert (sums.several_products, sums.owners) == (True, None), "more products than are remembered"


def test_only_the_first_owners_are_compared_after_a_page(monkeypatch) -> None:
    monkeypatch.setattr(sums_of_all, "OWNERS_COMPARED", 2)
    found = added(ALL, [row("A"), row("B"), row("C"), row("C", product_id="E5")])
    found.customers()
    (sums,) = every_sum(found)
    assert not sums.several_products
    assert add_several([sums.owners])


@pytest.mark.parametrize("dimension", [Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT, Dimension.CHANNEL])
def test_each_member_of_the_dimension_has_sums_of_its_own(dimension) -> None:
    rows = [row(active=1), row("B", active=2, **{dimension.id_attribute: "x"}), row("C", active=4)]
    found = every_sum(added((SumsOfAll, (dimension,)), rows))
    members = {each.key.members[0].identity: each.active for each in found}
    assert members == {getattr(row(), dimension.id_attribute).casefold(): 5, "x": 2}
    assert all(len(each.key.members) == 1 for each in found)
