"""Whether a customer has two products among those that are added."""

from array import array

import pytest

from bot.query.sums.member_label import MemberLabel
from bot.query.sums.row_kinds import SumKey
from bot.query.sums.row_sums import NO_PRODUCT, Owners, RowSums, add_several
from bot.query.sums.service_dates import ServiceDay

LABEL = MemberLabel("a", "A", "a")
KEY = SumKey(ServiceDay(LABEL, None), LABEL, ())


@pytest.mark.parametrize("product", [LABEL, None])
@pytest.mark.parametrize("owners", [None, {}])
def test_new_sums_are_zero_and_add_no_products(product: MemberLabel | None, owners: Owners | None) -> None:
    sums = RowSums(KEY, LABEL, product, None, owners)
    assert (sums.active, sums.qualified, sums.unused) == (0, 0, 0)
    assert (sums.customer, sums.product, sums.channel, sums.owners) == (LABEL, product, None, owners)
    assert sums.several_products is False


@pytest.mark.parametrize(
    ("owners", "several"),
    [
        ([], False),
        ([{}], False),
        ([{5: [[1, 2]]}], False),
        ([{5: [[1], array("q", [1])]}], False),
        ([{5: [[1]], 6: [[2]]}], False),
        ([{5: [[1]], 6: [[1]]}], True),
        ([{5: [[1]]}, {6: [[1]]}], True),
        ([{5: [[1]]}, {5: [[1]]}], False),
        ([{5: [[1]], 6: [[2]], 7: [[1]]}], True),
        ([{5: [[1], [2]], 6: [[3], [2]]}], True),
        ([{NO_PRODUCT: [[1, 2]]}], False),
        ([{NO_PRODUCT: [[1, 1]]}], True),
        ([{NO_PRODUCT: [[1, 2], [2]]}], True),
        ([{NO_PRODUCT: [[1]]}, {NO_PRODUCT: [[2]]}], False),
        ([{NO_PRODUCT: [[1]]}, {NO_PRODUCT: [[1]]}], True),
        ([{NO_PRODUCT: [[1]], 5: [[1]]}], True),
    ],
)
def test_owner_of_two_products_or_two_nameless_ones_is_found(owners: list[Owners], several: bool) -> None:
    assert add_several(owners) is several
