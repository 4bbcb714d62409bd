"""What is sold, used and ends, line by line."""

from dataclasses import replace
from datetime import date

from bot.domain.figures import LicenseFigures, Licenses
from bot.domain.licensing import Dimension, Entry
from bot.domain.subscriptions import Renewing, Subscription, SubscriptionSource, SubscriptionState
from bot.query.joins.joined_seats import DeployedProduct
from bot.query.joins.offer_skus import OfferSku, OfferSkus
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.selling.renewal_line import DatedCount, NumberSource, Unjoined, WorkloadUse, is_over, seats_after
from bot.query.selling.renewal_lines import BY, named, renewal_lines, use_of

WINGTIP = "0112a436-b14e-4888-967b-ca4bb2cf1234"
E3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
READ, SOLD, USED = date(2026, 11, 30), date(2026, 11, 20), date(2026, 11, 18)
TABLE = OfferSkus([OfferSku("E3-OFFER:0001", E3, "", "", READ)])


def bought(id_="s1", **other):
    plain = Subscription(id_, WINGTIP, "Wingtip", "Office 365 E3", SubscriptionSource.LIVE, "E3-OFFER:0001:X", 50)
    return replace(plain, **({"state": SubscriptionState.ACTIVE} | other))


def used(workload, active, qualified, product=E3, unknown=0):
    entries = {
        Dimension.CUSTOMER: Entry(Dimension.CUSTOMER, WINGTIP.upper(), "Wingtip"),
        Dimension.PRODUCT: Entry(Dimension.PRODUCT, product.upper(), "OFFICE 365 ENTERPRISE E3"),
        Dimension.WORKLOAD: Entry(Dimension.WORKLOAD, workload[:3].upper(), workload),
    }
    return ReportRow(entries, LicenseFigures(Licenses.of(active, qualified)), (USED,), unknown)


def report(*rows):
    return UsageReport(BY, rows, len(rows), LicenseFigures(), (), frozenset())


PRODUCT = DeployedProduct(WINGTIP, E3, "OFFICE 365 ENTERPRISE E3", 60, 45, SOLD)


def test_each_number_has_its_own_day_and_source():
    (line,) = renewal_lines([bought()], [PRODUCT], report(used("Exchange", 20, 55)), READ, TABLE)
    assert line.sold == DatedCount(60, NumberSource.DEPLOYMENT, SOLD)
    assert line.assigned == DatedCount(45, NumberSource.DEPLOYMENT, SOLD)
    assert (line.use.workload, line.use.licenses.unused, line.use.day) == ("Exchange", 35, USED)
    assert (line.not_assigned, line.idle, line.unjoined) == (15, 25, None)


def test_a_customer_without_usage_is_named_as_in_the_report_of_licenses():
    other_channel = replace(PRODUCT, customer="")
    lines = renewal_lines([], [replace(PRODUCT, customer="Wingtip Oy"), other_channel], None, READ, TABLE)
    assert [each.customer for each in named(lines, {})] == ["Wingtip Oy"]
    assert [each.customer for each in named(lines, {WINGTIP: "Wingtip"})] == ["Wingtip"]


def test_the_use_is_of_the_workload_with_most_active_licenses():
    rows = [used("Teams", 30, 55), used("Exchange", 30, 40), used("Yammer", 20, 55), used("Planner", 50, 0)]
    (line,) = renewal_lines([bought()], [PRODUCT], report(*rows), READ, TABLE)
    assert (line.use.workload, line.use.partial) == ("Exchange", False)


def test_rows_of_one_workload_are_added():
    rows = [used("Teams", 10, 20), used("Teams", 15, 20), used("Exchange", 20, 40)]
    (line,) = renewal_lines([bought()], [PRODUCT], report(*rows), READ, TABLE)
    assert (line.use.workload, line.use.licenses) == ("Teams", Licenses(25, 40, 15))


def test_the_use_of_several_products_is_that_of_one_workload():
    rows = [used("Teams", 10, 20), used("Teams", 15, 20, product="other"), used("Exchange", 20, 40)]
    assert use_of(rows) == WorkloadUse("Teams", Licenses(25, 40, 15), USED)
    assert use_of([]) is None
    assert use_of([*rows, used("Yammer", 1, 9, unknown=1)]).partial


def test_a_workload_of_which_a_row_is_unknown_is_not_shown():
    rows = [used("Teams", 30, 55), used("Exchange", 2, 40, unknown=1)]
    (line,) = renewal_lines([bought()], [PRODUCT], report(*rows), READ, TABLE)
    assert (line.use.workload, line.use.partial) == ("Teams", True)


def test_without_the_report_on_sold_licenses_the_partners_own_are_shown():
    (line,) = renewal_lines([bought()], [], report(used("Exchange", 20, 55)), READ, TABLE)
    assert line.sold == DatedCount(50, NumberSource.LIVE, READ)
    assert (line.assigned, line.not_assigned, line.idle) == (None, None, None)


def test_without_any_report_a_subscription_has_no_other_numbers():
    (line,) = renewal_lines([bought()], [], None, READ, TABLE)
    assert (line.product, line.use, line.assigned, line.unjoined) == (
        "Office 365 E3", None, None, Unjoined.NOT_REPORTED
    )  # fmt: skip


def test_a_product_without_a_subscription_says_so():
    (line,) = renewal_lines([], [PRODUCT], None, READ, TABLE)
    assert (line.terms, line.unjoined) == ((), Unjoined.NO_SUBSCRIPTION)


def test_more_assigned_than_sold_is_no_negative_number():
    (line,) = renewal_lines([bought()], [replace(PRODUCT, assigned=70)], None, READ, TABLE)
    assert line.not_assigned is None


def test_lines_have_the_names_that_the_reader_knows():
    lines = renewal_lines([bought()], [PRODUCT], None, READ, TABLE)
    assert [each.customer for each in named(lines, {WINGTIP: "Wingtip (wingtip.com)"})] == ["Wingtip (wingtip.com)"]
    assert [each.customer for each in named(lines, {})] == ["Wingtip"]


def test_a_term_is_not_over_on_its_last_day():
    assert not is_over(bought(end=READ), READ)
    assert is_over(bought(end=SOLD), READ)
    assert not is_over(bought(), READ)


def test_seats_after_the_renewal_are_those_that_are_scheduled():
    assert seats_after(bought(next_seats=40, renewing=Renewing.AUTO)) == 40
    assert seats_after(bought(renewing=Renewing.AUTO)) == 50
    assert seats_after(bought(next_seats=40, renewing=Renewing.OFF)) is None
    assert seats_after(bought(state=SubscriptionState.EXPIRED)) is None
