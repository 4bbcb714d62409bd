"""The clients of seats and subscriptions against the simulated Partner Center."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.licensing import Dimension, Entry, Field
from bot.domain.report_kind import ReportKind
from bot.domain.subscriptions import Renewing, SubscriptionGaps, SubscriptionSource, SubscriptionState
from bot.errors import EndpointMissingError
from bot.partner_center.subscriptions.subscription_client import Subscriptions
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.filters.expression import Eq
from bot.query.reports.report_gaps import Gaps
from bot.query.usage_query import UsageQuery
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import JOURNAL, make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.selling.contracts import ContractState
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct
from bot.simulator.partner_center.selling.selling_faults import selling_conduct
from bot.simulator.partner_center.selling.sold_world import sold_world

TODAY = date(2026, 11, 30)
USUAL = SellingConduct(today=lambda: TODAY)
WORLD = make_world(120)
SOLD = sold_world(WORLD, TODAY)
CUSTOMERS = tuple(Entry(Dimension.CUSTOMER, each.id, each.name) for each in SOLD.seats.customers)
LIMITS = ClientLimits(deadline=20.0, first_pause=0.001, longest_pause=0.001, jitter=0.0, attempts=3)
SEATS = UsageQuery(report=ReportKind.DEPLOYMENT)
BY = (Dimension.CUSTOMER, Dimension.PRODUCT)


@pytest.fixture(scope="module")
def authority():
    return TokenAuthority()


@pytest.fixture
async def simulator(authority, session):
    """Return a function that starts a simulator with faults.

    The function returns it, and both clients.
    """
    started = []

    async def start(*faults, selling=USUAL, **switches):
        conduct = Conduct(selling=selling_conduct(faults, selling), **switches)
        app = partner_center_app(WORLD, verify=authority.verify, conduct=conduct)
        started.append(await listen(app, shutdown_timeout=0.1))
        endpoint, tokens = ReportEndpoint(started[-1].url), SimulatedUserTokens(authority)
        now = datetime(2026, 11, 30, 12, tzinfo=UTC)
        subscriptions = Subscriptions(session, endpoint, tokens, limits=LIMITS, now=lambda: now)
        return app, PartnerCenter(session, endpoint, tokens, limits=LIMITS), subscriptions

    yield start
    for server in started:
        await server.close()


@pytest.mark.parametrize("switches", [{}, {"page_limit": 40}, {"page_limit": 40, "links": "absolute"}])
async def test_seats_are_read_whole(simulator, alice, switches):
    _, client, _ = await simulator(**switches)
    report = (await client.tally(alice, SEATS, BY)).tally.report()
    rows = range(len(SOLD.seats))
    assigned, sold = (sum(SOLD.seats.counts(row, 0)[number] for row in rows) for number in (0, 1))
    assert (report.total.sums.active, report.total.sums.qualified) == (assigned, sold)
    assert report.gaps == Gaps()
    assert {(entry.service, entry.day) for entry in report.as_of} == {
        ("Microsoft Office 365", date(2018, 10, 16)),
        ("Microsoft Dynamics", date(2018, 10, 15)),
    }


async def test_what_the_documents_sold_is_read_as_they_print_it(simulator, alice):
    _, client, _ = await simulator()
    for name, figures in (("TESTORG", (0, 2)), ("DT DEMO CSP CUSTOMER 005", (0, 8)), ("Contoso", None)):
        query = replace(SEATS, expression=Eq(Field.CUSTOMER_NAME, name))
        report = (await client.tally(alice, query, BY)).tally.report()
        sums = report.total.sums
        assert figures is None or (sums.active, sums.qualified) == figures
        assert sums.qualified > 0


async def test_seats_of_one_customer_are_read_from_the_older_report(simulator, alice):
    app, client, _ = await simulator("sold_missing")
    customer = next(each for each in SOLD.seats.customers if each.name == "Fabrikam")
    query = replace(SEATS, expression=Eq(Field.CUSTOMER_TENANT_ID, customer.id))
    report = (await client.tally(alice, query, (Dimension.PRODUCT,))).tally.report()
    number = SOLD.seats.customers.index(customer)
    rows = range(SOLD.seats.first[number], SOLD.seats.first[number + 1])
    assert report.total.sums.qualified == sum(SOLD.seats.qualified[row] for row in rows)
    with pytest.raises(EndpointMissingError):
        await client.tally(alice, SEATS, BY)
    assert (await client.tally(alice, UsageQuery(), BY)).tally.report().total.sums.qualified > 0
    assert any(asking.path.endswith("/analytics/licenses/deployment") for asking in app[JOURNAL])


@pytest.mark.parametrize("switches", [{}, {"page_limit": 40}])
async def test_analytics_are_read_whole(simulator, alice, switches):
    _, _, client = await simulator(**switches)
    found = await client.of_all(alice)
    assert (found.gaps, found.source) == (SubscriptionGaps(), SubscriptionSource.ANALYTICS)
    wanted = sorted(
        (each for each in SOLD.own() if each.state is not ContractState.DISABLED), key=lambda each: each.id.lower()
    )
    items = sorted(found.items, key=lambda each: each.id)  # pages are read side by side, so they come in any order
    assert [each.id for each in items] == [each.id.lower() for each in wanted]
    assert [each.end for each in items] == [near(each.end) for each in wanted]
    assert [each.renewing is Renewing.AUTO for each in items] == [each.auto_renew for each in wanted]
    assert [each.trial for each in items] == [each.trial for each in wanted]
    assert [each.seats for each in items if each.seats] == [each.quantity for each in wanted if each.end]
    assert SubscriptionState.OTHER not in {each.state for each in items}


async def test_lists_of_customers_have_what_the_analytics_have(simulator, alice):
    _, _, client = await simulator()
    told = {each.id: each for each in (await client.of_all(alice)).items}
    for start in range(0, 30, 5):
        for live in (await client.of_some(alice, CUSTOMERS[start : start + 5])).items:
            row = told.get(live.id)
            assert row is not None or live.state is SubscriptionState.DISABLED
            if row is not None:
                assert (live.end, live.seats, live.start) == (row.end, row.seats, row.start)
                assert (live.renewing, live.trial, live.customer_id) == (row.renewing, row.trial, row.customer_id)


async def test_without_analytics_every_customer_is_read(simulator, alice):
    app, _, client = await simulator("subscriptions_missing")
    found = await client.of_all(alice, customers=CUSTOMERS)
    assert (found.gaps, found.source) == (SubscriptionGaps(), SubscriptionSource.LIVE)
    assert Counter(each.id for each in found.items) == Counter(each.id.lower() for each in SOLD.own())
    assert sum(asking.path.endswith("/subscriptions") for asking in app[JOURNAL]) == len(CUSTOMERS) + 1
    offers = {each.offer_id for each in found.items}
    assert "CFQ7TTC0LF8R:0001:CFQ7TTC0KCSV" in offers
    assert {each.term for each in found.items} == {"P1M", "P1Y", "P3Y", ""}
    assert {each.next_seats is None for each in found.items} == {True, False}


@pytest.mark.parametrize("literal", ["bare", "quoted", "none"])
async def test_analytics_are_read_however_a_date_is_written(simulator, alice, literal):
    _, _, client = await simulator(selling=replace(USUAL, literal=literal, bare=True))
    assert len((await client.of_all(alice)).items) > 100


async def test_ends_that_no_service_means_are_no_days(simulator, alice):
    for fault in ("no_end_dates", "far_ends"):
        _, _, client = await simulator(fault)
        for found in (await client.of_all(alice), await client.of_some(alice, CUSTOMERS[:5])):
            assert found.items
            assert {each.end for each in found.items} == {None}


async def test_products_without_a_name_have_none_and_strangers_are_not_seen(simulator, alice):
    _, _, client = await simulator("unknown_products")
    names = {each.product for each in (await client.of_all(alice)).items}
    assert names <= {"", "MICROSOFT AZURE"}
    assert {each.product for each in (await client.of_some(alice, CUSTOMERS[:4])).items} == {""}
    _, _, client = await simulator("other_supplier")
    assert (await client.of_all(alice)).items == ()


async def test_older_seats_say_how_old_they_are(simulator, alice):
    _, client, _ = await simulator("sold_older")
    report = (await client.tally(alice, SEATS, BY)).tally.report()
    assert {entry.day for entry in report.as_of} == {
        date(2018, 10, 16) - timedelta(21),
        date(2018, 10, 15) - timedelta(21),
    }


def near(end):
    """Return the end, unless it is so far away that it is no real day."""
    return None if end is not None and end.year > TODAY.year + 5 else end
