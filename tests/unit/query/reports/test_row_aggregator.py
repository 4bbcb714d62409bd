"""Summing rows: by which dimensions, of which day, with which remarks."""

from datetime import date

import msgspec
import pytest

from bot.domain.figures import Licenses, WorkloadLicenses
from bot.domain.licensing import Dimension, Entry, Field, ServiceDate, UsageRow
from bot.errors import TooManyRowsError
from bot.query.filters.expression import Eq
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.reports import newest_rows, row_aggregator
from bot.query.reports.report_gaps import OlderDay
from bot.query.reports.row_aggregator import ROWS_OF_STEP, RowAggregator
from bot.query.reports.usage_report import Remark
from bot.query.sums import row_kinds, sums_by_customer, sums_of_all
from bot.query.sums.repeated_rows import RowsKeptError
from tests.shown_figures import of

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


def report(*rows, by=(), limit=None, amounts=(), order=None, **options):
    tally = RowAggregator(by, **options)
    tally.add(rows)
    return tally.report(RowSelection(limit, amounts), order)


def names(found):
    return [tuple(line.entries[dimension].name for dimension in found.by) for line in found.rows]


BY_CUSTOMER = (Dimension.CUSTOMER,)
BY_WORKLOAD = (Dimension.WORKLOAD,)


def test_without_a_dimension_there_is_one_total():
    found = report(row(), row("FABRIKAM", "SharePoint", 3, 4))
    assert [line.figures.sums for line in found.rows] == [of(4, 6).sums]
    assert found.total.sums == of(4, 6).sums
    assert (found.matched, found.matched_before_limit) == (1, 1)


def test_no_rows_make_an_empty_report():
    found = report(by=BY_CUSTOMER)
    assert (found.rows, found.total, found.as_of, found.remarks) == ((), of(0, 0), (), frozenset())


def test_an_item_has_what_all_its_rows_have_in_common():
    found = report(row(), row(product=EOP), row("FABRIKAM", "SharePoint"), by=BY_CUSTOMER)
    assert set(found.rows[0].entries) == {Dimension.CUSTOMER, Dimension.WORKLOAD, Dimension.SERVICE, Dimension.CHANNEL}
    assert found.rows[1].entries[Dimension.PRODUCT] == Entry(Dimension.PRODUCT, *E3)


def test_ids_match_in_any_case_and_have_one_name():
    found = report(row(), row(customer_id="id-contoso", customer="Contoso Ltd.", product=EOP), by=BY_CUSTOMER)
    assert [line.figures.sums for line in found.rows] == [of(2, 4).sums]
    assert found.rows[0].entries[Dimension.CUSTOMER] == Entry(Dimension.CUSTOMER, "ID-CONTOSO", "CONTOSO")


def test_equal_names_with_different_ids_are_two_items():
    found = report(row(customer_id="1"), row(customer_id="2"), by=BY_CUSTOMER)
    assert names(found) == [("CONTOSO",), ("CONTOSO",)]


def test_the_first_name_that_is_not_empty_is_kept():
    found = report(
        row(customer=None, customer_id="1"),
        row(customer="", customer_id="1", product=EOP),
        row(customer_id="1", workload="SharePoint"),
        by=BY_CUSTOMER,
    )
    assert names(found) == [("CONTOSO",)]


def test_the_id_is_the_name_when_there_is_no_name():
    assert names(report(row(customer=None, customer_id="1"), by=BY_CUSTOMER)) == [("1",)]


@pytest.mark.parametrize("blank", [" ", "\u200b", "\u3164", "\t\u2003"])
@pytest.mark.parametrize("dimension", [Dimension.CUSTOMER, Dimension.WORKLOAD, Dimension.PRODUCT, Dimension.SERVICE])
def test_the_id_is_the_name_when_a_name_is_invisible(blank, dimension):
    odd = msgspec.structs.replace(row(), **{dimension.name_attribute: blank})
    (line,) = report(odd, by=(dimension,)).rows
    assert line.entries[dimension].name == line.entries[dimension].id == getattr(odd, dimension.id_attribute)


@pytest.mark.parametrize("blank", [" ", "\u200b"])
def test_a_later_name_is_kept_when_the_first_is_invisible(blank):
    odd = [msgspec.structs.replace(row(), customer=blank), row(product=EOP)]
    assert names(report(*odd, by=BY_CUSTOMER)) == [("CONTOSO",)]


def test_the_name_is_the_id_when_there_is_no_id():
    bare = {"customer_id": None, "product_id": None, "workload_code": None}
    found = report(row(**bare), row(**bare, product=EOP), row(**bare, workload="SharePoint"), by=BY_WORKLOAD)
    assert names(found) == [("Exchange",), ("SharePoint",)]
    assert found.rows[0].entries[Dimension.WORKLOAD].id == "Exchange"
    assert Dimension.PRODUCT not in found.rows[0].entries
    assert found.rows[1].entries[Dimension.PRODUCT].name == E3[1]


def test_missing_counts_are_zero():
    found = report(row(active=None, qualified=None), row(active=None, license_active=3))
    assert found.total.sums == of(3, 2).sums


def test_licenses_active_is_used_when_a_row_has_both_spellings():
    assert report(row(active=5, license_active=7)).total.sums == of(5, 2).sums


def test_items_are_sorted_by_name_dimension_by_dimension():
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


def test_top_sorts_the_highest_ratio_first_and_na_last():
    assert names(report(*SHARES, by=BY_CUSTOMER, order=TopBottom(9))) == [("A",), ("D",), ("B",), ("C",)]


def test_bottom_sorts_the_lowest_ratio_first_and_na_last():
    found = report(*SHARES, by=BY_CUSTOMER, order=TopBottom(2, lowest=True))
    assert names(found) == [("B",), ("D",)]
    assert (found.matched, found.total.sums) == (4, of(6, 20).sums)


def test_below_sorts_the_lowest_first_and_omits_na():
    found = report(*SHARES, by=BY_CUSTOMER, limit=ShareRange(high=0.6, high_included=False))
    assert names(found) == [("B",), ("D",)]
    assert (found.matched, found.matched_before_limit) == (2, 4)
    assert Remark.NONE_QUALIFIED not in found.remarks


def test_above_sorts_by_what_is_unused_as_every_list():
    assert names(report(*SHARES, by=BY_CUSTOMER, limit=ShareRange(low=0.4))) == [("D",), ("A",)]


def test_the_item_with_more_licenses_is_first_when_ratios_are_equal():
    rows = (row("SMALL", active=1, qualified=2), row("LARGE", active=10, qualified=20))
    assert names(report(*rows, by=BY_CUSTOMER, order=TopBottom(2))) == [("LARGE",), ("SMALL",)]


def test_remarks_are_added_when_a_ratio_is_over_full_or_na():
    found = report(row("A", active=3, qualified=2), row("B", active=3, qualified=0), by=BY_CUSTOMER)
    assert {Remark.OVER_FULL, Remark.NONE_QUALIFIED} <= found.remarks


def test_services_of_different_days_have_own_dates_and_one_sum():
    found = report(row(), row(service=CRM, day="2018-10-09"))
    assert found.as_of == (
        ServiceDate("Microsoft Dynamics", date(2018, 10, 9)),
        ServiceDate("Microsoft Office 365", date(2018, 10, 14)),
    )
    assert found.total.sums == of(2, 4).sums
    assert Remark.MIXED_DAYS in found.remarks


def test_a_service_name_is_taken_from_the_first_row_that_has_it():
    found = report(row(service=("o365", None)), row(product=EOP), by=(Dimension.PRODUCT,))
    assert found.as_of == (ServiceDate("Microsoft Office 365", date(2018, 10, 14)),)
    assert report(row(service=("o365", None))).as_of == (ServiceDate("o365", date(2018, 10, 14)),)


def test_service_that_sends_only_its_name_has_a_day_of_its_own():
    found = report(row(), row(service=(None, O365[1]), day="2018-10-07", product=EOP))
    assert [entry.day for entry in found.as_of] == [date(2018, 10, 7), date(2018, 10, 14)]
    assert Remark.MIXED_DAYS in found.remarks


def test_services_are_not_mixed_when_their_best_days_are_the_wanted_day():
    rows = [row(), row("B", service=CRM), row("C", service=CRM, day="2018-10-21")]
    assert Remark.MIXED_DAYS not in report(*rows, by=BY_CUSTOMER, wanted=date(2018, 10, 14)).remarks
    assert Remark.MIXED_DAYS in report(*rows, by=BY_CUSTOMER).remarks


def test_services_of_one_name_and_day_are_listed_once():
    found = report(row(service=("o365", "Office")), row(service=("o365b", "OFFICE")))
    assert [entry.day for entry in found.as_of] == [date(2018, 10, 14)]


@pytest.mark.parametrize("latest_first", [True, False])
def test_the_newest_row_counts_and_older_customers_stay(latest_first):
    rows = [row(active=1), row(active=0, day="2018-10-07"), row("OLD", active=2, qualified=3, day="2018-10-07")]
    found = report(*(rows if latest_first else reversed(rows)), by=BY_CUSTOMER)
    sums = {line.entries[Dimension.CUSTOMER].name: (line.figures.sums, line.days) for line in found.rows}
    assert sums == {
        "CONTOSO": (of(1, 2).sums, (date(2018, 10, 14),)),
        "OLD": (of(2, 3).sums, (date(2018, 10, 7),)),
    }
    assert [entry.day for entry in found.as_of] == [date(2018, 10, 7), date(2018, 10, 14)]
    assert found.gaps.older == (OlderDay(date(2018, 10, 7), 1),)
    assert Remark.MIXED_DAYS not in found.remarks


def test_a_repeated_row_counts_once():
    found = report(row(), row(), row(product=EOP))
    assert (found.total.sums, found.gaps.repeated) == (of(2, 4).sums, 1)


@pytest.mark.parametrize("others", [(2,), (2, 3), (2, 1)])
def test_rows_that_contradict_each_other_are_unknown(others):
    found = report(row(active=1), *(row(active=other) for other in others), row(product=EOP))
    assert (found.total.sums, found.gaps.unknown) == (of(1, 2).sums, 1 + len(others))
    assert found.gaps.repeated == 0


def test_a_repeated_row_that_is_contradicted_later_is_unknown():
    found = report(row(active=1), row(active=1), row(active=2), row(active=2, day="2018-10-07"))
    assert (found.total.sums, found.gaps.unknown, found.gaps.repeated) == (Licenses(), 3, 0)


def test_a_contradiction_of_an_older_day_is_not_told():
    found = report(row(active=1, day="2018-10-07"), row(active=2, day="2018-10-07"), row())
    assert (found.total.sums, found.gaps.unknown, found.gaps.repeated) == (of(1, 2).sums, 0, 0)


@pytest.mark.parametrize("id_", [None, "", "00000000-0000-0000-0000-000000000000", "\u200b"])
def test_rows_without_a_customer_id_are_not_merged(id_):
    found = report(row(customer_id=id_), row(customer_id=id_), row(customer_id=id_, product=EOP), by=BY_CUSTOMER)
    assert [line.figures.sums for line in found.rows] == [of(1, 2).sums] * 3
    assert found.gaps.unidentified == 3
    assert report(row(customer_id=id_), row(customer_id=id_, service=CRM), by=BY_CUSTOMER).matched == 2
    assert report(row(customer_id=id_), row(customer_id=id_)).total.sums == of(2, 4).sums


@pytest.mark.parametrize(
    "unknown",
    [
        {"product_id": None, "product": None},
        {"product_id": "00000000-0000-0000-0000-000000000000", "product": "TRIAL"},
        {"workload_code": "", "workload": None},
        {"service_code": "\u200b", "service": " "},
    ],
)
def test_rows_of_a_customer_are_not_merged_when_an_id_is_missing(unknown):
    odd = [
        msgspec.structs.replace(each, **unknown) for each in (row(active=2, qualified=8), row(active=3, qualified=10))
    ]
    rows = [*odd, row("B", active=5, qualified=9)]
    found = report(*rows, by=BY_CUSTOMER)
    assert [(line.entries[Dimension.CUSTOMER].name, line.figures.sums) for line in found.rows] == [
        ("CONTOSO", of(5, 18).sums),
        ("B", of(5, 9).sums),
    ]
    assert (found.gaps.repeated, found.gaps.unknown) == (0, 0)


@pytest.mark.parametrize("latest_first", [True, False])
def test_the_newest_rows_count_when_products_have_no_id(latest_first):
    rows = [row(active=1, product_id=""), row(active=2, product_id=""), row(product_id="", day="2018-10-07")]
    assert report(*(rows if latest_first else reversed(rows))).total.sums == of(3, 4).sums


def test_ids_that_differ_in_invisible_characters_are_one_id():
    found = report(row(), row(customer_id="ID-\u200bcontoso ", product=EOP), by=BY_CUSTOMER)
    assert [line.figures.sums for line in found.rows] == [of(2, 4).sums]


@pytest.mark.parametrize("other", ["CONTOSO ", "CON\u200bTOSO", "contoso"])
def test_names_that_look_alike_are_not_merged_when_ids_differ(other):
    found = report(row(customer_id="1"), row(other, customer_id="2"), by=BY_CUSTOMER)
    assert found.matched == 2


@pytest.mark.parametrize("counts", [{"active": None}, {"qualified": None}, {"active": None, "qualified": None}])
def test_a_row_without_figures_is_unknown_and_not_zero(counts):
    found = report(row("A", **counts), row("B"), by=BY_CUSTOMER)
    assert (names(found), found.total.sums, found.gaps.unknown) == ([("B",)], of(1, 2).sums, 1)


@pytest.mark.parametrize("day", ["soon", "0001-01-01T00:00:00", "9999-12-31", "3/10/2026 12:00:00 AM", "1970-01-01"])
def test_a_row_with_a_day_that_is_none_is_unknown(day):
    found = report(row("A", processed=day), row("B"), by=BY_CUSTOMER)
    assert (names(found), found.gaps.unknown) == ([("B",)], 1)
    assert [entry.day for entry in found.as_of] == [date(2018, 10, 14)]


def test_the_newest_before_the_wanted_day_counts_else_the_oldest_after():
    rows = [row(), row(active=0, day="2018-09-30"), row("B"), row("B", day="2018-10-21")]
    found = report(*rows, by=BY_CUSTOMER, wanted=date(2018, 10, 7))
    days = {line.entries[Dimension.CUSTOMER].name: line.days for line in found.rows}
    assert days == {"CONTOSO": (date(2018, 9, 30),), "B": (date(2018, 10, 14),)}


def test_pages_are_read_again_when_a_later_one_has_another_day():
    tally = RowAggregator(BY_CUSTOMER)
    tally.add([row()])
    with pytest.raises(RowsKeptError):
        tally.add([row("B", day="2018-10-07")])


def test_pages_are_read_again_when_a_row_is_on_two_of_them():
    tally = RowAggregator(BY_CUSTOMER)
    tally.add([row(), row("B")])
    tally.add([row("C"), row("B")])
    with pytest.raises(RowsKeptError):
        tally.check()
    again = RowAggregator(BY_CUSTOMER, every_row=True)
    again.add([row(), row("B")])
    again.add([row("C"), row("B")])
    again.check()
    assert (again.report().matched, again.report().gaps.repeated) == (3, 1)


def test_a_row_counts_once_when_respelled_on_a_large_page():
    others = [row(f"C{number}") for number in range(2_500)]
    found = report(row(), *others, row(customer_id="id-contoso"), by=BY_CUSTOMER)
    assert (found.total.sums, found.gaps.repeated) == (of(2_501, 5_002).sums, 1)


@pytest.mark.parametrize("turned", [False, True])
def test_an_id_has_its_best_spelling_whichever_page_comes_first(turned):
    pages = [
        [row(customer_id="id-contoso ", customer="Contoso ")],
        [row(product=EOP, customer_id="ID-CONTOSO", customer="Contoso")],
    ]
    tally = RowAggregator(BY_CUSTOMER)
    for page in reversed(pages) if turned else pages:
        tally.add(page)
    tally.check()
    [line] = tally.report().rows
    assert line.entries[Dimension.CUSTOMER] == Entry(Dimension.CUSTOMER, "ID-CONTOSO", "Contoso")
    assert line.figures.sums == of(2, 4).sums


@pytest.mark.parametrize("by", [BY_CUSTOMER, BY_WORKLOAD, ()])
def test_a_respelled_row_on_another_page_is_the_same_row(by):
    tally = RowAggregator(by)
    tally.add([row(), row("B")])
    tally.add([row(customer_id="id-contoso ", workload_code="exo")])
    with pytest.raises(RowsKeptError, match=r"^a row is on two pages$"):
        tally.check()


def test_the_wanted_day_is_summed_when_a_later_one_arrives():
    found = report(row(active=10), row(active=1, day="2018-10-07"), row(day="2018-09-30"), wanted=date(2018, 10, 7))
    assert found.total.sums == of(1, 2).sums
    assert found.as_of == (ServiceDate("Microsoft Office 365", date(2018, 10, 7)),)


def test_rows_without_a_date_are_summed_and_have_no_as_of():
    found = report(row(day=None), row(day=None, product=EOP))
    assert found.gaps.undated == 2
    assert (found.total.sums, found.as_of) == (of(2, 4).sums, ())


def test_three_shapes_of_one_day_are_one_day():
    days = ["2018-10-14T00:00:00", "2018-10-14T00:00:00+00:00", "2018-10-14T03:55:46.21Z"]
    found = report(*(row(str(number), processed=day) for number, day in enumerate(days)))
    assert found.total.sums == of(3, 6).sums
    assert Remark.MIXED_DAYS not in found.remarks


def test_rows_filtered_by_the_bot_are_omitted_and_remarked():
    tally = RowAggregator((), Eq(Field.WORKLOAD_CODE, "exo"))
    tally.add([row(), row(workload="SharePoint")])
    assert tally.removed == 1
    assert tally.report().total.sums == of(1, 2).sums
    assert Remark.FILTERED_HERE in tally.report().remarks


def test_no_remark_is_added_when_no_row_was_filtered():
    assert Remark.FILTERED_HERE not in report(row(), keep=Eq(Field.CHANNEL, "Reseller")).remarks


def test_a_row_is_kept_when_it_lacks_the_filtered_value():
    found = report(row(customer_id=None), keep=Eq(Field.CUSTOMER_TENANT_ID, "X"))
    assert found.total.sums == of(1, 2).sums


def test_remarks_passed_to_report_are_in_the_report():
    tally = RowAggregator(())
    tally.add([row()])
    assert Remark.SUPERSEDED_API in tally.report(remarks=[Remark.SUPERSEDED_API]).remarks


def test_rows_may_be_added_after_a_report():
    tally = RowAggregator(BY_WORKLOAD)
    tally.add([row()])
    assert tally.report().total.sums == of(1, 2).sums
    tally.add([row(service=CRM, product=EOP)])
    found = tally.report()
    assert found.total.sums == of(2, 4).sums
    assert Remark.SUMMED_PRODUCTS in found.remarks
    assert Dimension.SERVICE not in found.rows[0].entries


def test_trial_is_added_to_sold_licenses_row_by_row():
    found = report(row(active=11, qualified=0, product=EOP), row(active=5, qualified=8), by=BY_CUSTOMER)
    sums = found.rows[0].figures.sums
    assert (sums.active, sums.qualified, sums.unused, sums.beyond, sums.percent) == (16, 8, 3, 11, 63)
    assert found.total.sums == sums
    assert Remark.OVER_FULL in found.remarks


def test_item_of_several_workloads_names_the_one_with_most_unused():
    rows = (row(active=95, qualified=100), row(workload="Teams", active=62, qualified=100), row(workload="SharePoint"))
    figures = report(*rows, by=BY_CUSTOMER).rows[0].figures
    assert figures.withheld
    assert figures.worst == WorkloadLicenses(Entry(Dimension.WORKLOAD, "TEAMS", "Teams"), Licenses.of(62, 100))
    assert figures.percent == 78


def test_workload_first_by_name_is_the_worst_when_equal():
    rows = (row(workload="Teams"), row(workload="Exchange"))
    worst = report(*rows, by=BY_CUSTOMER).rows[0].figures.worst
    assert worst is not None
    assert worst.workload.name == "Exchange"


def test_items_are_ordered_by_their_largest_single_workload():
    rows = (
        row("MANY", "Exchange", 0, 10),
        row("MANY", "Teams", 0, 10),
        row("MANY", "SharePoint", 0, 10),
        row("ONE", "Teams", 0, 11),
        row("TIE", "Teams", 0, 10),
    )
    assert names(report(*rows, by=BY_CUSTOMER)) == [("ONE",), ("MANY",), ("TIE",)]


def test_above_100_percent_keeps_what_has_licenses_beyond():
    above = ShareRange(low=1.0, low_included=False)
    rows = (
        row("FULL", active=5, qualified=5),
        row("OVER", active=9, qualified=5),
        row("TRIAL", active=3, qualified=0),
        row("HIDDEN", active=9, qualified=8),
        row("HIDDEN", active=0, qualified=8, product=EOP),
        row("LAST", "Teams", 0, 50),
        row("LAST", "Exchange", 2, 1),
    )
    found = report(*rows, by=BY_CUSTOMER, limit=above)
    assert names(found) == [("OVER",), ("TRIAL",), ("HIDDEN",), ("LAST",)]
    worst = found.rows[-1].figures.worst
    assert worst is not None
    assert (worst.workload.name, worst.licenses.beyond) == ("Exchange", 1)


def test_above_120_percent_names_a_workload_that_qualifies():
    above = ShareRange(low=1.2, low_included=False)
    rows = (
        row("MANY", "Exchange", 1010, 1000),
        row("MANY", "Teams", 15, 10),
        row("ONE", "Teams", 16, 10),
    )
    found = report(*rows, by=BY_CUSTOMER, limit=above)
    assert names(found) == [("ONE",), ("MANY",)]
    worst = found.rows[1].figures.worst
    assert worst == WorkloadLicenses(Entry(Dimension.WORKLOAD, "TEAMS", "Teams"), Licenses.of(15, 10))
    assert found.total.worst is not None
    assert found.total.worst.workload.name == "Teams"


def test_row_has_the_days_of_its_services():
    found = report(row(), row(service=CRM, day="2018-10-09"), row("FABRIKAM"), by=BY_CUSTOMER)
    days = {line.entries[Dimension.CUSTOMER].name: line.days for line in found.rows}
    assert days == {"CONTOSO": (date(2018, 10, 9), date(2018, 10, 14)), "FABRIKAM": (date(2018, 10, 14),)}


def test_error_says_which_rows_must_be_kept():
    tally = RowAggregator(())
    tally.add([row("A")])
    with pytest.raises(RowsKeptError, match=r"^a row comes twice$"):
        tally.add([row("B"), row("B")])
    across = RowAggregator(())
    across.add([row("A")])
    across.add([row("A")])
    with pytest.raises(RowsKeptError, match=r"^a row is on two pages$"):
        across.check()


def test_check_is_passed_when_every_row_is_kept():
    tally = RowAggregator((), every_row=True)
    tally.add([row("A")])
    tally.add([row("A")])
    tally.check()
    assert tally.repeated == 1


def test_unwanted_rows_are_removed_when_every_row_is_kept():
    tally = RowAggregator((), Eq(Field.CUSTOMER_NAME, "A"), every_row=True)
    tally.add([row("A"), row("B"), row("C")])
    assert tally.removed == 2
    assert tally.report().total.counts.qualified == 2


def test_items_without_a_share_come_last_the_most_used_first():
    rows = [row("A", active=1, qualified=0), row("B", active=3, qualified=0), row("C", active=1, qualified=4)]
    found = report(*rows, by=(Dimension.CUSTOMER,), order=TopBottom(3, lowest=True))
    assert names(found) == [("C",), ("B",), ("A",)]


def test_check_is_passed_when_no_row_is_on_two_pages():
    tally = RowAggregator(())
    tally.add([row("A")])
    tally.add([row("B")])
    tally.check()
    assert tally.report().total.counts.qualified == 4


def test_only_what_all_rows_of_an_item_have_in_common_is_shown():
    found = report(row("A"), row("B"), row("B", product=EOP), row("C", product=EOP), by=(Dimension.SERVICE,))
    (line,) = found.rows
    assert set(line.entries) == {Dimension.SERVICE, Dimension.WORKLOAD, Dimension.CHANNEL}


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (row("B", day="2018-10-07"), "a service has rows of several days"),
        (row(""), "a row has no customer id"),
    ],
)
def test_error_says_why_rows_must_be_kept_when_a_page_was_summed(second, reason):
    tally = RowAggregator((Dimension.CUSTOMER,))
    tally.add([row("A")])
    with pytest.raises(RowsKeptError, match=f"^{reason}$"):
        tally.add([second])


@pytest.mark.parametrize("odd", [{"processed": "soon"}, {"customer_id": None}, {"active": None}])
def test_a_page_of_odd_rows_is_added_in_steps(odd):
    rows = [row(f"C{number}", **odd) for number in range(2 * ROWS_OF_STEP + 1)]
    tally, whole = RowAggregator(BY_CUSTOMER), RowAggregator(BY_CUSTOMER)
    assert len(list(tally.steps(rows))) >= 3
    whole.add(rows)
    assert tally.report() == whole.report()


def test_rows_beyond_the_limit_are_refused_and_not_kept(monkeypatch):
    monkeypatch.setattr(newest_rows, "ROWS_LIMIT", 3)
    tally = RowAggregator(BY_CUSTOMER, every_row=True)
    tally.add([row("A"), row("B"), row("B"), row("C", active=None)])
    assert tally.report().gaps.repeated == 1
    with pytest.raises(TooManyRowsError):
        tally.add([row("D")])


@pytest.mark.parametrize("id_", [None, "", "\u200b", "00000000-0000-0000-0000-000000000000"])
def test_rows_without_an_id_are_items_by_their_names(id_):
    found = report(row(workload_code=id_), row(workload="SharePoint", workload_code=id_), by=BY_WORKLOAD)
    assert names(found) == [("Exchange",), ("SharePoint",)]


def test_a_product_that_differs_late_is_not_in_common():
    rows = [row(workload=workload) for workload in CODES]
    assert Dimension.PRODUCT in report(*rows, by=BY_CUSTOMER).rows[0].entries
    found = report(*rows, row(workload="Teams", product=EOP), by=BY_CUSTOMER)
    assert Dimension.PRODUCT not in found.rows[0].entries
    assert Remark.SUMMED_PRODUCTS in found.remarks


def test_pages_that_are_added_at_the_same_time_are_not_mixed(monkeypatch):
    monkeypatch.setattr(row_aggregator, "ROWS_OF_STEP", 1)
    tally = RowAggregator(BY_CUSTOMER, every_row=True)
    overlapping = [row(customer_id=None), row(customer_id=None)]
    for _ in zip(tally.steps(overlapping), tally.steps(overlapping), strict=True):
        pass
    assert (tally.report().matched, tally.report().gaps.repeated) == (2, 2)


@pytest.mark.parametrize("by", [(), BY_CUSTOMER, BY_WORKLOAD, (Dimension.CUSTOMER, Dimension.PRODUCT)])
def test_report_is_the_same_when_memory_is_emptied_between_pages(by, monkeypatch):
    every = [
        row(
            customer,
            workload,
            active,
            product=product,
            day=None if customer == "" else "2018-10-14",
            customer_id=customer,
        )
        for active, customer in enumerate(["A", "B", "a ", "C"])
        for workload in CODES
        for product in (E3, EOP, (None, "OTHER"))
    ]
    every = [each for at, each in enumerate(every) if at % 5 or each.customer != "a "]
    pages = [every[:13], every[13:20], every[20:]]
    reports = []
    for limit in (10_000, 2, 0):
        monkeypatch.setattr(row_kinds, "KINDS_LIMIT", limit)
        monkeypatch.setattr(sums_by_customer, "SPELLED_LIMIT", limit)
        monkeypatch.setattr(sums_of_all, "SPELLED_LIMIT", limit)
        reports.append(_read(pages, by))
    assert reports[0] == reports[1] == reports[2]


def _read(pages, by):
    for every_row in (False, True):
        tally = RowAggregator(by, every_row=every_row)
        try:
            for page in pages:
                tally.add(page)
            tally.check()
        except RowsKeptError:
            continue
        return tally.report()
    raise AssertionError


def test_usual_rows_are_added_in_one_step():
    rows = [row(f"C{number}") for number in range(3 * ROWS_OF_STEP)]
    tally = RowAggregator(BY_CUSTOMER)
    assert len(list(tally.steps(rows[:ROWS_OF_STEP]))) == 1, "kinds of rows are new"
    assert list(tally.steps(rows[ROWS_OF_STEP:])) == []


def test_removed_rows_on_two_pages_are_noticed():
    tally = RowAggregator((), Eq(Field.CUSTOMER_NAME, "A"))
    tally.add([row("A"), row("B")])
    tally.add([row("B")])
    with pytest.raises(RowsKeptError):
        tally.check()


def test_more_products_than_can_be_remembered_are_said_to_be_added(monkeypatch):
    monkeypatch.setattr(sums_of_all, "PRODUCTS_LIMIT", 2)
    rows = [row(f"C{number}", product=(f"P{number}", "P")) for number in range(3)]
    assert Remark.SUMMED_PRODUCTS not in report(*rows[:2]).remarks
    assert Remark.SUMMED_PRODUCTS in report(*rows).remarks


def test_order_by_name_selects_nothing_and_ignores_the_figures():
    rows = (row("Zeta", active=0, qualified=9), row("Alpha", active=9, qualified=9), row("Mid", active=5, qualified=9))
    found = report(*rows, by=BY_CUSTOMER, order=TopBottom(100_000, by_name=True))
    assert names(found) == [("Alpha",), ("Mid",), ("Zeta",)]


def test_trials_are_in_no_figures_and_counted_apart():
    rows = (row(active=5, qualified=8), row("FABRIKAM", active=11, qualified=0), row("C", active=0, qualified=0))
    tally = RowAggregator((), trials=False)
    tally.add(rows)
    assert (tally.report().total.sums, tally.trials) == (of(5, 8).sums, 1)
    assert (report(*rows).total.sums.active, tally.report().gaps.unknown) == (16, 0)


def test_older_row_does_not_take_the_place_of_a_newer_one_of_a_trial():
    older, newer = row(active=4, qualified=4, day="2018-10-07"), row(active=2, qualified=0, day="2018-10-14")
    tally = RowAggregator((), trials=False, every_row=True)
    tally.add((older, newer))
    assert (tally.report().rows, tally.trials, tally.report().gaps.older) == ((), 1, ())


def test_report_of_trials_alone_is_empty_and_was_not_refused():
    tally = RowAggregator((), trials=False)
    tally.add((row(active=2, qualified=0),))
    assert (tally.report().matched, tally.empty, tally.trials) == (0, False, 1)
