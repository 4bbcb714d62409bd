"""Sold, assigned and active licenses of products, and of several together."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import LicenseMeasure, Licenses
from bot.domain.licensing import Dimension
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.selling.line_choice import Undecided
from bot.query.selling.renewal_line import DatedCount, NumberSource, RenewalLine, WorkloadUse
from bot.query.selling.sold_choice import BOTH, SoldChoice, chosen_uses
from bot.query.selling.sold_use import NotKnown

SOLD, USED = date(2026, 10, 27), date(2026, 10, 26)
BY_CUSTOMER, BY_PRODUCT = (Dimension.CUSTOMER,), (Dimension.PRODUCT,)


def line(product="e3", sold=50, assigned=40, active=30, workload="Exchange", customer="atlas", partial=False):
    def count(number):
        return None if number is None else DatedCount(number, NumberSource.DEPLOYMENT, SOLD)

    use = None if active is None else WorkloadUse(workload, Licenses.of(active, 45), USED, partial)
    return RenewalLine(customer, customer.title(), product, product.upper(), (), count(sold), count(assigned), use)


def chosen(*lines, **choice):
    return chosen_uses(lines, SoldChoice(**choice))


def only(*lines, **choice):
    (found,) = chosen(*lines, **choice).lines
    return found


def test_a_product_has_its_numbers_each_with_its_day():
    found = only(line())
    assert (found.sold.number, found.sold.day) == (50, SOLD)
    assert (found.use.workload, found.use.licenses.active, found.use.day) == ("Exchange", 30, USED)
    assert (found.not_active, found.not_assigned, found.licenses.percent, found.missing) == (20, 10, 60, None)


def test_more_active_than_sold_is_no_number_below_zero():
    found = only(line(sold=20))
    assert (found.not_active, found.licenses.beyond, found.not_assigned) == (None, 10, None)


def test_what_a_report_does_not_say_is_not_known_and_counted():
    found = chosen(line(active=None), line("visio", sold=None), line("e5", partial=True))
    assert {each.product_id: each.missing for each in found.lines} == {
        "e3": NotKnown.WITHOUT_USE,
        "visio": NotKnown.NOT_SOLD,
        "e5": NotKnown.WITHOUT_USE,
    }
    assert all(each.not_active is None for each in found.lines)
    assert found.missing == {NotKnown.WITHOUT_USE: 2, NotKnown.NOT_SOLD: 1}


def test_products_in_one_workload_are_added():
    found = only(line(), line("e5", 10, 10, 4), by=BY_CUSTOMER)
    assert (found.customer, found.product, found.products) == ("Atlas", "", 2)
    assert (found.sold.number, found.assigned.number, found.use.licenses.active, found.not_active) == (60, 50, 34, 26)


def test_workloads_are_never_added():
    found = only(line(), line("e5", 100, 90, 10, "Teams"), by=BY_CUSTOMER)
    assert (found.use, found.not_active) == (None, None)
    assert (found.sold.number, found.assigned.number, found.licenses.percent) == (150, 130, 27)
    assert (found.worst.product, found.worst.use.workload, found.worst.not_active) == ("E5", "Teams", 90)


def test_products_of_customers_are_listed_by_product():
    found = chosen(line(), line(customer="zen", active=50), line("e5", sold=9, active=1), by=BY_PRODUCT).lines
    assert [(each.customer, each.product, each.sold.number) for each in found] == [("", "E3", 100), ("Atlas", "E5", 9)]


def test_most_licenses_that_are_not_active_come_first_and_unknown_last():
    lines = [line("a", active=None), line("b", active=49), line("c", active=1)]
    assert [each.product_id for each in chosen(*lines).lines] == ["c", "b", "a"]


def test_an_order_by_what_was_sold_needs_no_use():
    lines = [line("a", 90, active=None), line("b", 50), line("c", 70)]
    found = chosen(*lines, order=TopBottom(2, measure=LicenseMeasure.QUALIFIED))
    assert ([each.product_id for each in found.lines], found.matched) == (["a", "c"], 3)


def unused(low, high=None):
    return RowSelection(amounts=(AmountRange(LicenseMeasure.UNUSED, low, high),))


def test_of_several_workloads_a_condition_is_tested_product_by_product():
    lines = (line(), line("e5", 50, 50, 10, "Teams"), line(customer="zen", sold=100, active=20))
    found = chosen(*lines, by=BY_CUSTOMER, selection=unused(60))
    assert [each.customer for each in found.lines] == ["Zen"]


def test_of_one_workload_the_number_that_is_shown_is_tested():
    lines = (line(sold=42), line(customer="zen", sold=43))
    assert only(*lines, by=BY_PRODUCT, selection=unused(20)).not_active == 25
    assert chosen(*lines, by=BY_PRODUCT, selection=unused(None, 13)).lines == ()


def test_products_without_a_known_use_leave_a_condition_undecided():
    lines = (line(sold=42), line("copilot", active=None))
    found = chosen(*lines, by=BY_CUSTOMER, selection=unused(20))
    assert (found.lines, found.undecided) == ((), {Undecided.NO_USE: 1})
    assert chosen(*lines, by=BY_CUSTOMER, selection=unused(None, 20)).undecided == {Undecided.NO_USE: 1}
    assert len(chosen(*lines, by=BY_CUSTOMER, selection=unused(12)).lines) == 1


def test_nothing_in_use_is_not_known_where_the_use_of_a_product_is_not():
    none = RowSelection(limit=ShareRange(high=0, high_included=True))
    lines = (line(active=0), line("copilot", active=None))
    found = chosen(*lines, by=BY_CUSTOMER, selection=none)
    assert (found.lines, found.undecided) == ((), {Undecided.NO_USE: 1})


def test_a_percentage_that_nothing_unknown_can_change_is_decided():
    lines = (line(sold=100, active=90), line("copilot", 5, active=None))
    high, low = ShareRange(low=0.8), ShareRange(high=0.1)
    assert len(chosen(*lines, by=BY_CUSTOMER, selection=RowSelection(high)).lines) == 1
    found = chosen(*lines, by=BY_CUSTOMER, selection=RowSelection(low))
    assert (found.lines, found.undecided) == ((), {})


def test_a_condition_on_sold_licenses_needs_no_use():
    sold = RowSelection(amounts=(AmountRange(LicenseMeasure.QUALIFIED, 50, None),))
    lines = (line(active=None), line("e5", 49, active=None), line("visio", sold=None))
    found = chosen(*lines, selection=sold)
    assert ([each.product_id for each in found.lines], found.undecided) == (["e3"], {Undecided.NO_QUANTITY: 1})
    assert only(*lines, by=BY_CUSTOMER, selection=sold).sold.number == 99


def test_what_is_assigned_too_often_of_one_product_is_none_of_another():
    found = only(line(sold=10, assigned=12), line("e5", 10, 5), by=BY_CUSTOMER)
    assert found.not_assigned == 5


def test_the_product_that_fulfils_a_condition_is_named():
    lines = (line(), line("e5", 20, 20, 10, "Teams"), line("f3", 10, 10, 9))
    assert only(*lines, by=BY_CUSTOMER, selection=unused(None, 10)).worst.product == "E5"


def test_a_percentage_is_that_of_the_whole_line():
    below = RowSelection(limit=ShareRange(high=0.5, high_included=False))
    lines = (line(), line("e5", 100, 100, 20))
    assert [each.customer for each in chosen(*lines, by=BY_CUSTOMER, selection=below).lines] == ["Atlas"]
    assert [each.product_id for each in chosen(*lines, selection=below).lines] == ["e5"]


def test_what_cannot_be_tested_is_counted_and_not_listed():
    none = RowSelection(limit=ShareRange(high=0, high_included=True))
    found = chosen(line(active=0), line("copilot", active=None), selection=none)
    assert ([each.product_id for each in found.lines], found.undecided) == (["e3"], {Undecided.NO_USE: 1})


def test_only_the_named_products_are_listed():
    lines = (line(), line("e5"), line("f3"))
    assert [each.product_id for each in chosen(*lines, products=("e5",)).lines] == ["e5"]
    assert {each.product_id for each in chosen(*lines, without=("e5",)).lines} == {"e3", "f3"}


NUMBERS = st.none() | st.integers(0, 50)
LINES = st.builds(
    line,
    st.sampled_from("abc"),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.sampled_from(["Exchange", "Teams"]),
    st.sampled_from("xyz"),
)


@given(st.lists(LINES, max_size=12, unique_by=lambda each: (each.customer_id, each.product_id)))
def test_every_product_is_in_exactly_one_line(lines):
    for by in (BOTH, BY_CUSTOMER, BY_PRODUCT):
        found = chosen(*lines, by=by).lines
        assert sum(each.products for each in found) == len(lines)
        sold = sum(each.sold.number for each in lines if each.sold is not None)
        assert sum(each.sold.number for each in found if each.sold is not None) == sold
        assert all(each.not_active is None or 0 <= each.not_active <= each.sold.number for each in found)


@given(st.lists(LINES, max_size=8))
def test_the_order_of_the_rows_changes_nothing(lines):
    lines = list({(each.customer_id, each.product_id): each for each in lines}.values())
    one, other = chosen(*lines, by=BY_CUSTOMER), chosen(*reversed(lines), by=BY_CUSTOMER)
    assert [replace(each, worst=None) for each in one.lines] == [replace(each, worst=None) for each in other.lines]
