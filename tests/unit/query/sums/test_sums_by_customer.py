"""Sums of each customer, those without an id included."""

import pytest

from bot.domain.licensing import Dimension
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.repeated_rows import RowsKeptError
from bot.query.sums.sums_by_customer import SumsByCustomer
from tests.unit.query.sums.added_rows import added, row

BY_CUSTOMER = (SumsByCustomer, (Dimension.CUSTOMER,))
FIRST, SECOND = "\0\x00000000001", "\0\x00000000002"


def lines(found):
    """Return the numbers of each customer."""
    return [
        (customer, [(each.active, each.qualified, each.unused) for each in sums]) for customer, sums in found.sums()
    ]


@pytest.mark.parametrize("order", ["ABAB", "AABB", "BAAB"])
def test_each_customer_has_its_own_sums(order) -> None:
    rows = [row(each, at, 10, customer=f"Name {each}") for at, each in enumerate(order)]
    numbers = {each: [at for at, other in enumerate(order) if other == each] for each in "AB"}
    assert sorted(lines(added(BY_CUSTOMER, rows)), key=lambda line: line[0].id) == [
        (MemberLabel(each.lower(), each, f"Name {each}"), [(sum(of), 20, 20 - sum(of))]) for each, of in numbers.items()
    ]


def test_workloads_of_a_customer_have_sums_of_their_own() -> None:
    rows = [row(active=1), row("B", 2), row(active=2, workload_code="SPO"), row("B", 3, workload_code="SPO")]
    found = added(BY_CUSTOMER, rows, rows)
    assert [numbers for _, numbers in lines(found)] == [[(2, 6, 4), (4, 6, 2)], [(4, 6, 2), (6, 6, 0)]]


def test_customer_without_usable_rows_has_no_line() -> None:
    found = added(BY_CUSTOMER, [row(None, None), row("A", None), row("B"), row("C", processed="soon")])
    assert [customer.id for customer, _ in lines(found)] == ["B"]
    assert (found.unknown, found.empty) == (3, False)
    assert added(BY_CUSTOMER, [row("A", None)]).empty


@pytest.mark.parametrize("id_", [None, "", "\u200b", "00000000-0000-0000-0000-000000000000"])
@pytest.mark.parametrize(("name", "shown"), [("Adatum", "Adatum"), ("\u200b", ""), ("", ""), (None, "")])
def test_rows_without_a_customer_id_have_sums_of_their_own(id_, name, shown) -> None:
    one, other = row(id_, 1, customer=name), row(id_, 2, customer=name)
    found = added(BY_CUSTOMER, [one, other, row("A")], kept=True)
    assert lines(found) == [
        (MemberLabel(FIRST, "", shown), [(1, 3, 2)]),
        (MemberLabel(SECOND, "", shown), [(2, 3, 1)]),
        (MemberLabel("a", "A", "Adatum"), [(1, 3, 2)]),
    ]
    assert found.alone == {id(one): FIRST, id(other): SECOND}


@pytest.mark.parametrize("before", [[], [row()], [row("B", None)]])
def test_row_without_a_customer_id_must_be_kept(before) -> None:
    found = added(BY_CUSTOMER, before)
    with pytest.raises(RowsKeptError, match=r"^a row has no customer id$"):
        found.add([row(None)])


def test_unknown_row_without_a_customer_id_need_not_be_kept() -> None:
    found = added(BY_CUSTOMER, [row(None, None), row()])
    assert lines(found) == [(MemberLabel("a", "A", "Adatum"), [(1, 3, 2)])]
    assert (found.unknown, found.alone) == (1, {})


@pytest.mark.parametrize("dimension", [Dimension.WORKLOAD, Dimension.SERVICE, Dimension.PRODUCT, Dimension.CHANNEL])
def test_customer_has_sums_for_each_member_of_the_dimension(dimension) -> None:
    other = {dimension.id_attribute: "x"}
    rows = [row(active=1), row(active=2, **other), row("B", 3, **other), row(active=0), row("B", 0, **other)]
    found = dict(added((SumsByCustomer, (Dimension.CUSTOMER, dimension)), rows).sums())
    told = {(who.id, each.key.members[0].identity): each.active for who, sums in found.items() for each in sums}
    assert told == {("A", getattr(row(), dimension.id_attribute).casefold()): 1, ("A", "x"): 2, ("B", "x"): 3}
