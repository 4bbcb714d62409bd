"""Tests that seats and subscriptions of any world agree."""

from collections import Counter
from datetime import date

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator.partner_center.query_string import read_parameters
from bot.simulator.partner_center.selling.contracts import Supplier
from bot.simulator.partner_center.selling.seat_bodies import SEAT_FIELDS
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct
from bot.simulator.partner_center.selling.selling_faults import SELLING_FAULTS, SELLING_MEANINGS, selling_conduct
from bot.simulator.partner_center.selling.sold_reports import SoldReports
from bot.simulator.partner_center.selling.sold_world import sold_world
from bot.simulator.partner_center.selling.subscriptions.subscription_filter import read_subscription_filter
from bot.simulator.partner_center.selling.subscriptions.subscription_query import NAMES, read_subscription_query
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError
from bot.simulator.partner_center.world.make_world import make_world
from bot.simulator.partner_center.world.more_workloads import with_more_workloads
from tests.property.simulator.partner_center.test_hostile_input import refusal_of

DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
WORLDS = st.builds(make_world, st.integers(0, 60), st.integers(0, 10_000))
FEW = settings(max_examples=25, deadline=None)
PIECES = st.sampled_from(
    (
        *("status", "commitmentEndDate", "customerName", "autoRenewEnabled", "licenseCount", "id", "subscriptionType"),
        *(
            " eq ",
            " ne ",
            " ge ",
            " lt ",
            " and ",
            " or ",
            " not ",
            " in ",
            "(",
            ")",
            "contains(",
            ",",
            "'a'",
            "''",
            "'",
        ),
        *(
            "true",
            "false",
            "null",
            "5",
            "2026-12-01",
            "2026-12-01T00:00:00Z",
            "'2026-12-01'",
            "duration'P1D'",
            "any",
            "=",
        ),
    )
)


@FEW
@given(world=WORLDS, today=DAYS)
def test_sold_seats_are_those_of_the_contracts_that_sell(world, today):
    sold = sold_world(with_more_workloads(world), today)
    rows, contracts = Counter(), Counter()
    for row in range(len(sold.seats)):
        offer = sold.seats.offers[sold.seats.offer[row]]
        rows[sold.seats.customers[sold.seats.owner[row]], offer.product, offer.channel] += sold.seats.qualified[row]
    for several in sold.contracts.values():
        for contract in several:
            contracts[contract.customer, contract.product, contract.channel] += contract.quantity * contract.sells
    assert {key: count for key, count in rows.items() if count} == {
        key: count for key, count in contracts.items() if count and key in rows
    }


@FEW
@given(world=WORLDS, today=DAYS)
def test_own_subscriptions_are_never_more_than_what_is_sold(world, today):
    reports = SoldReports(world, SellingConduct(), today, since=False)
    sold, own = {}, Counter()
    for row in pages(reports):
        sold[row["customerTenantId"]] = sold.get(row["customerTenantId"], 0) + row["licensesSold"]
    for customer in sold:
        for item in body(reports.subscriptions(customer))["items"]:
            if item["status"] == "active" and not item["isTrial"] and item["billingType"] == "license":
                own[customer] += item["quantity"]
    assert all(own[customer] <= count for customer, count in sold.items())
    assert sum(own.values()) <= sum(sold.values())


@FEW
@given(world=WORLDS, today=DAYS)
def test_a_customers_subscriptions_are_those_of_the_analytics(world, today):
    reports = SoldReports(world, SellingConduct(), today, since=False)
    rows = body(reports.analytics(read_subscription_query({}, 0), str))["Value"]
    seen = {
        item["id"].upper(): (
            item["quantity"] if item["billingType"] == "license" else 0,
            item["commitmentEndDate"][:10],
        )
        for customer in {row["customerTenantId"] for row in rows}
        for item in body(reports.subscriptions(customer.lower()))["items"]
    }
    told = {row["id"]: (row["licenseCount"], (row["commitmentEndDate"] or "9999-12-31")[:10]) for row in rows}
    assert seen == told


@FEW
@given(names=st.sets(st.sampled_from(sorted(SELLING_FAULTS))), today=DAYS)
def test_any_faults_together_still_give_an_answer(names, today):
    conduct = selling_conduct(sorted(names))
    reports = SoldReports(make_world(0), conduct, today, since=False)
    rows = body(reports.analytics(read_subscription_query({}, 0), str))["Value"]
    assert (rows == []) == ("other_supplier" in names)
    assert ("unknown_products" in names) <= ({row["productName"] for row in rows} <= {"UNKNOWN"})
    assert SELLING_FAULTS.keys() == SELLING_MEANINGS.keys()
    assert all(pages(reports))


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_any_filter_of_subscriptions_is_a_test_or_a_refusal(text):
    reports = SoldReports(WORLD, SellingConduct(), date(2026, 11, 30), since=False)
    for literal in ("bare", "quoted", "both", "none"):
        refusal = refusal_of(lambda literal=literal: read_subscription_filter(text, literal))
        assert refusal is None or (refusal.status, refusal.code) == (400, "3000")
        if refusal is None:
            asked = read_subscription_query({"filter": text}, 1, literal)
            assert isinstance(reports.analytics(asked, str), bytes)


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), st.text(max_size=30), max_size=5))
def test_any_query_of_subscriptions_is_a_question_or_a_refusal(pairs):
    refusal = refusal_of(lambda: read_subscription_query(pairs, len(pairs)))
    assert refusal is None or isinstance(refusal, ServiceRefusedError)


def test_other_suppliers_are_in_every_world() -> None:
    sold = sold_world(WORLD, date(2026, 11, 30))
    suppliers = {contract.supplier for several in sold.contracts.values() for contract in several}
    assert suppliers == set(Supplier)


def pages(reports):
    return body(reports.deployment(read_parameters({}, 0, fields=SEAT_FIELDS), str))["Value"]


def body(sent):
    return msgspec.json.decode(sent.removeprefix(b"\xef\xbb\xbf"))


WORLD = make_world(0)
