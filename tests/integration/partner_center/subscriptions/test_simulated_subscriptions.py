"""The client against the simulated Partner Center, whose contracts are known."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.licensing import Dimension, Entry
from bot.domain.report_kind import ReportKind
from bot.domain.subscriptions import Renewing, SubscriptionSource, SubscriptionState
from bot.errors import MfaRequiredError, RoleMissingError
from bot.partner_center.subscriptions.subscription_client import Subscriptions
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.joins.deployed_products import BY, deployed_products
from bot.query.joins.joined_seats import MatchKind
from bot.query.joins.offer_skus import OfferSku, OfferSkus
from bot.query.joins.seat_match import match
from bot.query.usage_query import UsageQuery
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, JOURNAL, make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.fault_types import NoBom, Throttle, Truncate
from bot.simulator.partner_center.selling import contract_changes
from bot.simulator.partner_center.selling.contracts import ContractState
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct
from bot.simulator.partner_center.selling.sold_world import sold_world
from tests.integration.partner_center.subscriptions.conftest import NOW
from tests.integration.partner_center.subscriptions.test_customer_walk import Clock

TODAY = NOW.date()
WORLD = make_world(60)
CONTRACTS = {contract.id.lower(): contract for contract in sold_world(WORLD, TODAY).own()}
CUSTOMERS = tuple(
    Entry(Dimension.CUSTOMER, each.id, each.name)
    for each in {contract.customer.id: contract.customer for contract in CONTRACTS.values()}.values()
)
LIMITS = ClientLimits(first_pause=0.001, longest_pause=0.001, jitter=0.0, attempts=3)


@pytest.fixture(scope="module")
def authority():
    return TokenAuthority()


@pytest.fixture
async def simulator(authority, session):
    """Start a simulator and return (application, subscriptions, reports)."""
    started = []

    async def start(
        *, world=WORLD, clock=None, limit=None, mfa=True, roles=("AdminAgents",), page_limit=10_000, **selling
    ):
        conduct = Conduct(
            page_limit=page_limit, selling=SellingConduct(today=lambda: TODAY, calls_a_minute=limit, **selling)
        )
        if clock:
            conduct = replace(conduct, clock=clock.time)
        app = partner_center_app(world, verify=authority.verify, conduct=conduct)
        server = await listen(app, shutdown_timeout=0.1)
        started.append(server)
        endpoint, tokens = ReportEndpoint(server.url), SimulatedUserTokens(authority, mfa=mfa, roles=roles)
        timed = {"clock": clock.time, "sleep": clock.sleep} if clock else {}
        client = Subscriptions(session, endpoint, tokens, limits=LIMITS, now=lambda: NOW, **timed)
        return app, client, PartnerCenter(session, endpoint, tokens, limits=LIMITS)

    yield start
    for server in started:
        await server.close()


def named_paths(app):
    return [each.path for each in app[JOURNAL]]


async def test_analytics_have_each_contract_that_was_not_taken_back(simulator, alice):
    app, client, _ = await simulator()
    found = await client.of_all(alice)
    assert not found.gaps.any
    kept = {id_ for id_, each in CONTRACTS.items() if each.state is not ContractState.DISABLED}
    assert {each.id for each in found.items} == kept
    for each in found.items:
        contract = CONTRACTS[each.id]
        assert each.customer_id == contract.customer.id.lower()
        assert each.seats in (contract.quantity, None)
        assert (each.end is None and each.far) or each.end == contract.end
    assert len(named_paths(app)) == 1


async def test_both_sources_say_the_same_of_a_subscription(simulator, alice):
    _, client, _ = await simulator()
    live = {each.id: each for each in (await client.of_some(alice, CUSTOMERS[:5])).items}
    analytics = {each.id: each for each in (await client.of_some(alice, CUSTOMERS[:6])).items}
    assert live.keys() & analytics.keys()
    for id_ in live.keys() & analytics.keys():
        one, other = live[id_], analytics[id_]
        assert (one.customer_id, one.seats, one.end) == (other.customer_id, other.seats, other.end)
        assert one.renewing is other.renewing
        assert (one.source, other.source) == (SubscriptionSource.LIVE, SubscriptionSource.ANALYTICS)


async def test_live_lists_have_what_contracts_say(simulator, alice):
    _, client, _ = await simulator(analytics=False)
    found = await client.of_all(alice, customers=CUSTOMERS)
    assert not found.gaps.any
    assert {each.id for each in found.items} == CONTRACTS.keys()
    for each in found.items:
        contract = CONTRACTS[each.id]
        assert each.state == SubscriptionState(contract.state.value)
        assert each.renewing is (Renewing.AUTO if contract.auto_renew else Renewing.OFF)
        assert each.trial == contract.trial
        assert each.next_seats == (contract.next_quantity if contract.new else None)
        assert each.offer_id


async def test_pages_of_the_analytics_are_all_read(simulator, alice):
    _, client, _ = await simulator(page_limit=17)
    found = await client.of_all(alice)
    assert not found.gaps.any
    assert len(found.items) == sum(each.state is not ContractState.DISABLED for each in CONTRACTS.values())


@pytest.mark.parametrize("fault", [Throttle(retry_after=0, times=2), Truncate(), NoBom()])
async def test_faults_of_the_service_lose_nothing(simulator, alice, fault):
    app, client, _ = await simulator()
    whole = (await client.of_all(alice)).items
    app[FAULTS].add(fault)
    assert (await client.of_all(alice)).items == whole


async def test_ends_that_are_none_are_none(simulator, alice):
    _, client, _ = await simulator(changes=(contract_changes.with_far_end,))
    far = await client.of_all(alice)
    assert {each.far for each in far.items if each.renewing is not Renewing.UNKNOWN} == {True}
    assert {each.end for each in far.items} == {None}
    _, client, _ = await simulator(changes=(contract_changes.without_end,))
    assert {each.end for each in (await client.of_all(alice)).items} == {None}


async def test_products_without_a_name_have_none(simulator, alice):
    _, client, _ = await simulator(changes=(contract_changes.without_name,))
    nameless = {each.product for each in (await client.of_all(alice)).items}
    assert nameless <= {"", "MICROSOFT AZURE"}


async def test_what_another_partner_sold_is_not_seen(simulator, alice):
    _, client, _ = await simulator(changes=(contract_changes.of_another_supplier,))
    found = await client.of_all(alice)
    assert (found.items, found.gaps.any) == ((), False)


@pytest.mark.parametrize(
    ("signed_in", "error"), [({"mfa": False}, MfaRequiredError), ({"roles": ()}, RoleMissingError)]
)
async def test_refusals_of_the_person_are_its_errors(simulator, alice, signed_in, error):
    _, client, _ = await simulator(**signed_in)
    with pytest.raises(error):
        await client.of_all(alice, customers=CUSTOMERS)


async def test_the_limit_of_the_service_is_never_reached(simulator, alice):
    clock = Clock()
    app, client, _ = await simulator(clock=clock, limit=500, analytics=False, world=make_world(900))
    every = {contract.customer.id: contract.customer for contract in sold_world(make_world(900), TODAY).own()}
    customers = [Entry(Dimension.CUSTOMER, each.id, each.name) for each in every.values()]
    assert len(customers) > 800
    found = await client.of_all(alice, customers=customers)
    assert not found.gaps.any
    assert len(named_paths(app)) == 1 + len(customers)
    assert clock.now >= 60.0


async def test_no_subscription_is_joined_with_a_product_that_it_is_not_of(simulator, alice):
    _, client, reports = await simulator(analytics=False)
    found = await client.of_all(alice, customers=CUSTOMERS)
    sold = await reports.tally(alice, UsageQuery(report=ReportKind.DEPLOYMENT), BY)
    products = deployed_products(sold.tally.report())
    known = OfferSkus(
        OfferSku(offer, CONTRACTS[each.id].product.id, "", "", date(2026, 11, 30))
        for each in found.items[::2]
        if (offer := each.offer_id)
    )
    for table in (OfferSkus.packaged(), known):
        joined = match(found.items, products, table)
        for pair in joined.pairs:
            for each in pair.subscriptions:
                contract = CONTRACTS[each.id]
                assert contract.product.id.lower() == pair.product.product_id
                assert contract.customer.id.lower() == pair.product.customer_id
            assert pair.own_seats is not None
            assert pair.own_seats <= (pair.product.sold or 0)
        placed = sum(len(pair.subscriptions) for pair in joined.pairs) + len(joined.unmatched_subscriptions)
        assert placed == len(found.items)
        assert {pair.match for pair in joined.pairs} >= {MatchKind.BY_SOLE}
    assert MatchKind.BY_ID in {pair.match for pair in joined.pairs}


async def test_offers_of_analytics_are_those_of_live_lists(simulator, alice):
    _, client, _ = await simulator()
    items = (await client.of_some(alice, CUSTOMERS[:8])).items
    offered = await client.with_offers(alice, items)
    assert all(each.offer_id for each in offered)
    assert [replace(each, offer_id=None) for each in offered] == list(items)
