"""Rows summed: by what, of which day, and what is said about the sums."""

from datetime import date

import pytest

from bot.domain.licensing import Dimension, Entry, Field, ServiceDate, Share, UsageRow
from bot.errors import BadAnswerError
from bot.query.filters.expression import Eq
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports.row_aggregator import RowAggregator
from bot.query.reports.usage_report import Remark

E3 = ("6FD2C87F", "OFFICE 365 ENTERPRISE E3")
EOP = ("45A2423B", "EXCHANGE ONLINE PROTECTION")
O365 = ("o365", "Microsoft Office 365")
CRM = ("crm", "Microsoft Dynamics")
CODES = {"Exchange": "EXO", "SharePoint": "SPO", "Teams": "TEAMS"}


def row(
    customer="CONTOSO",
    workload="Exchange",
    active=1,
    qualified=2,
    *,
    product=E3,
    service=O365,
    day="2018-10-14",
    **other,
):
    values = {
        "customer_id": customer and f"ID-{customer}",
        "customer": customer,
        "workload_code": CODES[workload],
        "workload": workload,
        "product_id": product[0],
        "product": product[1],
        "service_code": service[0],
        "service": service[1],
        "channel": "reseller",
        "processed": day and f"{day}T00:00:00",
        "licenses_active": active,
        "qualified": qualified,
    }
    return UsageRow(**values | other)


def report(*rows, by=(), limit=None, order=None, **options):
    tally = RowAggregator(by, **options)
    tally.add(rows)
    return tally.report(limit, order)


def names(found):
    return [tuple(line.entries[dimension].name for dimension in found.by) for line in found.rows]


BY_CUSTOMER = (Dimension.CUSTOMER,)
BY_WORKLOAD = (Dimension.WORKLOAD,)


def test_without_a_dimension_there_is_one_total():
    found = report(row(), row("FABRIKAM", "SharePoint", 3, 4))
    assert [line.share for line in found.rows] == [Share(4, 6)]
    assert found.total == Share(4, 6)
    assert (found.matched, found.matched_before_limit) == (1, 1)


def test_no_rows_make_an_empty_report():
    found = report(by=BY_CUSTOMER)
    assert (found.rows, found.total, found.as_of, found.remarks) == ((), Share(0, 0), (), frozenset())


def test_an_item_has_what_all_its_rows_have_in_common():
    found = report(row(), row(product=EOP), row("FABRIKAM", "SharePoint"), by=BY_CUSTOMER)
    assert set(found.rows[0].entries) == {Dimension.CUSTOMER, Dimension.WORKLOAD, Dimension.SERVICE, Dimension.CHANNEL}
    assert found.rows[1].entries[Dimension.PRODUCT] == Entry(Dimension.PRODUCT, *E3)


def test_several_products_in_one_item_are_remarked():
    assert Remark.SUMMED_PRODUCTS in report(row(), row(product=EOP), by=BY_CUSTOMER).remarks
    assert Remark.SUMMED_PRODUCTS not in report(row(), row(product=EOP), by=(Dimension.PRODUCT,)).remarks
    assert Remark.SUMMED_PRODUCTS not in report(row(), row("FABRIKAM", product=EOP), by=BY_CUSTOMER).remarks


def test_an_id_is_the_same_in_any_case_and_keeps_its_first_name():
    found = report(row(), row(customer_id="id-contoso", customer="Contoso Ltd."), by=BY_CUSTOMER)
    assert [line.share for line in found.rows] == [Share(2, 4)]
    assert found.rows[0].entries[Dimension.CUSTOMER] == Entry(Dimension.CUSTOMER, "ID-CONTOSO", "CONTOSO")


def test_namesakes_with_different_ids_are_two_items():
    found = report(row(customer_id="1"), row(customer_id="2"), by=BY_CUSTOMER)
    assert names(found) == [("CONTOSO",), ("CONTOSO",)]


def test_the_first_name_that_is_not_empty_is_kept():
    found = report(
        row(customer=None, customer_id="1"), row(customer="", customer_id="1"), row(customer_id="1"), by=BY_CUSTOMER
    )
    assert names(found) == [("CONTOSO",)]


def test_a_thing_without_a_name_goes_by_its_id():
    assert names(report(row(customer=None, customer_id="1"), by=BY_CUSTOMER)) == [("1",)]


def test_without_ids_the_name_is_the_id():
    bare = {"customer_id": None, "product_id": None, "workload_code": None}
    found = report(row(**bare), row(**bare, product=EOP), row(**bare, workload="SharePoint"), by=BY_WORKLOAD)
    assert names(found) == [("Exchange",), ("SharePoint",)]
    assert found.rows[0].entries[Dimension.WORKLOAD].id == "Exchange"
    assert Dimension.PRODUCT not in found.rows[0].entries
    assert found.rows[1].entries[Dimension.PRODUCT].name == E3[1]


def test_missing_counts_are_none_at_all():
    found = report(row(active=None, qualified=None), row(active=None, license_active=3))
    assert found.total == Share(3, 2)


def test_the_field_tables_spelling_wins_where_a_row_has_both():
    assert report(row(active=5, license_active=7)).total == Share(5, 2)


def test_items_stand_by_name_one_dimension_after_the_other():
    found = report(
        row(workload="SharePoint"),
        row(workload="Exchange", product=E3),
        row(workload="Exchange", product=EOP),
        by=(Dimension.WORKLOAD, Dimension.PRODUCT),
    )
    assert names(found) == [("Exchange", EOP[1]), ("Exchange", E3[1]), ("SharePoint", E3[1])]


SHARES = tuple(
    row(customer, active=active, qualified=qualified)
    for customer, active, qualified in [("A", 9, 10), ("B", 1, 10), ("C", 5, 0), ("D", 5, 10)]
)


def test_top_has_the_highest_share_first_and_not_available_last():
    assert names(report(*SHARES, by=BY_CUSTOMER, order=TopBottom(9))) == [("A",), ("D",), ("B",), ("C",)]


def test_bottom_has_the_lowest_share_first_and_not_available_last():
    found = report(*SHARES, by=BY_CUSTOMER, order=TopBottom(2, lowest=True))
    assert names(found) == [("B",), ("D",)]
    assert (found.matched, found.total) == (4, Share(6, 20))


def test_below_has_the_lowest_first_and_nothing_without_a_share():
    found = report(*SHARES, by=BY_CUSTOMER, limit=ShareRange(high=0.6, high_included=False))
    assert names(found) == [("B",), ("D",)]
    assert (found.matched, found.matched_before_limit) == (2, 4)
    assert Remark.NONE_QUALIFIED not in found.remarks


def test_above_has_the_highest_first():
    assert names(report(*SHARES, by=BY_CUSTOMER, limit=ShareRange(low=0.4))) == [("A",), ("D",)]


def test_among_equal_shares_the_one_with_more_licenses_comes_first():
    rows = (row("SMALL", active=1, qualified=2), row("LARGE", active=10, qualified=20))
    assert names(report(*rows, by=BY_CUSTOMER, order=TopBottom(2))) == [("LARGE",), ("SMALL",)]


def test_shares_over_full_and_of_nobody_are_remarked():
    found = report(row("A", active=3, qualified=2), row("B", active=3, qualified=0), by=BY_CUSTOMER)
    assert {Remark.OVER_FULL, Remark.NONE_QUALIFIED} <= found.remarks


def test_services_of_different_days_are_told_apart_and_summed_together():
    found = report(row(), row(service=CRM, day="2018-10-09"))
    assert found.as_of == (
        ServiceDate("Microsoft Dynamics", date(2018, 10, 9)),
        ServiceDate("Microsoft Office 365", date(2018, 10, 14)),
    )
    assert found.total == Share(2, 4)
    assert Remark.MIXED_DAYS in found.remarks


def test_a_service_goes_by_its_name_as_soon_as_a_row_tells_it():
    found = report(row(service=("o365", None)), row(product=EOP), by=(Dimension.PRODUCT,))
    assert found.as_of == (ServiceDate("Microsoft Office 365", date(2018, 10, 14)),)
    assert report(row(service=("o365", None))).as_of == (ServiceDate("o365", date(2018, 10, 14)),)


def test_services_of_one_name_and_day_are_told_once():
    found = report(row(service=("o365", "Office")), row(service=("o365b", "OFFICE")))
    assert [entry.day for entry in found.as_of] == [date(2018, 10, 14)]


@pytest.mark.parametrize("latest_first", [True, False])
def test_of_one_service_only_the_latest_day_is_summed(latest_first):
    rows = [row(active=10), row(active=1, day="2018-10-07"), row("OLD", active=1, day="2018-10-07")]
    found = report(*(rows if latest_first else reversed(rows)), by=BY_CUSTOMER)
    assert names(found) == [("CONTOSO",)]
    assert found.total == Share(10, 2)
    assert found.as_of == (ServiceDate("Microsoft Office 365", date(2018, 10, 14)),)


def test_the_day_that_was_asked_for_goes_before_a_later_one():
    found = report(row(active=10), row(active=1, day="2018-10-07"), row(day="2018-09-30"), wanted=date(2018, 10, 7))
    assert found.total == Share(1, 2)
    assert found.as_of == (ServiceDate("Microsoft Office 365", date(2018, 10, 7)),)


def test_an_older_day_does_not_come_back_because_the_later_ones_rows_are_filtered_out():
    rows = (row("FABRIKAM"), row(day="2018-10-07"))
    assert report(*rows, keep=Eq(Field.CUSTOMER_NAME, "contoso")).rows == ()


def test_rows_without_a_date_are_summed_and_have_no_as_of():
    found = report(row(day=None), row(day=None))
    assert (found.total, found.as_of) == (Share(2, 4), ())


def test_a_date_that_is_none_is_a_bad_answer():
    with pytest.raises(BadAnswerError, match="no date"):
        report(row(day="soon"))


def test_three_shapes_of_one_day_are_one_day():
    days = ["2018-10-14T00:00:00", "2018-10-14T00:00:00+00:00", "2018-10-14T03:55:46.21Z"]
    found = report(*(row(processed=day) for day in days))
    assert found.total == Share(3, 6)
    assert Remark.MIXED_DAYS not in found.remarks


def test_what_is_filtered_here_is_left_out_and_remarked():
    tally = RowAggregator((), Eq(Field.WORKLOAD_CODE, "exo"))
    tally.add([row(), row(workload="SharePoint")])
    assert tally.removed == 1
    assert tally.report().total == Share(1, 2)
    assert Remark.FILTERED_HERE in tally.report().remarks


def test_where_nothing_was_left_out_nothing_is_remarked():
    assert Remark.FILTERED_HERE not in report(row(), keep=Eq(Field.CHANNEL, "Reseller")).remarks


def test_the_apis_word_is_taken_for_what_a_row_does_not_say():
    found = report(row(customer_id=None), keep=Eq(Field.CUSTOMER_TENANT_ID, "X"))
    assert found.total == Share(1, 2)


def test_remarks_handed_in_are_told():
    tally = RowAggregator(())
    tally.add([row()])
    assert Remark.SUPERSEDED_API in tally.report(remarks=[Remark.SUPERSEDED_API]).remarks


def test_more_may_be_added_after_a_report():
    tally = RowAggregator(BY_WORKLOAD)
    tally.add([row()])
    assert tally.report().total == Share(1, 2)
    tally.add([row(service=CRM, product=EOP)])
    found = tally.report()
    assert found.total == Share(2, 4)
    assert Remark.SUMMED_PRODUCTS in found.remarks
    assert Dimension.SERVICE not in found.rows[0].entries
