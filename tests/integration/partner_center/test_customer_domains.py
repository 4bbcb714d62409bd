"""The domains of customers of one name, over HTTP."""

import json

import aiohttp
import pytest

from bot.domain.licensing import Dimension
from bot.errors import PartnerCenterError
from bot.names.name_index import Ambiguous
from bot.partner_center.directory.name_directory import NameDirectory
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.usage_query import UsageQuery
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import JOURNAL, make_world, partner_center_app
from bot.simulator.partner_center.customer_query import domain_of
from bot.simulator.partner_center.simulated_reports import Reports
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError

CUSTOMERS = 1_200  # three pages
LIMITS = ClientLimits(deadline=10.0, first_pause=0.001, longest_pause=0.001, jitter=0.0, attempts=2)
WORLD = make_world(CUSTOMERS)


@pytest.fixture(scope="module")
def authority():
    return TokenAuthority()


@pytest.fixture
async def simulator(authority, session):
    started = []

    async def start(**options):
        app = partner_center_app(WORLD, verify=authority.verify, **options)
        server = await listen(app, shutdown_timeout=0.1)
        started.append(server)
        tokens = SimulatedUserTokens(authority)
        return app, server.url, PartnerCenter(session, ReportEndpoint(server.url), tokens, limits=LIMITS), tokens

    yield start
    for server in started:
        await server.close()


def refuse(monkeypatch, status, code):
    """Let the list of customers answer so, or with a body that is no list."""

    def customers(self, asked):
        if status == 200:
            return b"{}"
        raise ServiceRefusedError(status, code, "refused")

    monkeypatch.setattr(Reports, "customers", customers)


async def names_of(client, alice):
    return await NameDirectory(client, clock=lambda: 0.0, ttl=1.0).names(alice)


async def test_namesakes_have_their_domains(simulator, alice):
    _, _, client, _ = await simulator()
    names = await names_of(client, alice)
    found = names.find("contoso", (Dimension.CUSTOMER,))
    assert isinstance(found, Ambiguous)
    domains = {customer.id: domain_of(customer) for customer in WORLD.customers}
    assert [entry.detail for entry in found.entries] == [domains[entry.id] for entry in found.entries]


async def test_all_pages_are_read_when_every_domain_is_wanted(simulator, alice):
    app, _, client, _ = await simulator()
    pages = []
    await client.customer_domains(alice, lambda page: pages.append(len(page)) or True)
    assert pages == [500, 500, 200]
    asked = [each for each in app[JOURNAL] if each.path == "/v1/customers"]
    assert [dict(each.params) for each in asked] == [
        {"size": "500"},
        {"seekOperation": "Next"},
        {"seekOperation": "Next"},
    ]


@pytest.mark.parametrize("answer", [(403, "900150"), (404, "1000"), (500, "2000"), (200, "no list")])
async def test_refusal_costs_only_the_domains(simulator, alice, monkeypatch, answer):
    _, _, client, _ = await simulator()
    refuse(monkeypatch, *answer)
    names = await names_of(client, alice)
    found = names.find("contoso", (Dimension.CUSTOMER,))
    assert isinstance(found, Ambiguous)
    assert len({entry.label for entry in found.entries}) == len(found.entries)
    assert not any(".onmicrosoft.com" in entry.label for entry in found.entries)
    assert (await client.tally(alice, UsageQuery(), (Dimension.WORKLOAD,))).tally.report().rows


async def test_refused_list_raises(simulator, alice, monkeypatch):
    _, _, client, _ = await simulator()
    refuse(monkeypatch, 403, "900150")
    with pytest.raises(PartnerCenterError):
        await client.customer_domains(alice, lambda _: True)


@pytest.mark.parametrize(
    ("query", "header", "status"),
    [
        ("size=2", None, 200),
        ("size=0", None, 200),
        ("size=501", None, 400),
        ("size=x", None, 400),
        ("$top=2", None, 400),
        ("size=1&size=2", None, 400),
        ("seekOperation=Next", None, 400),
        ("seekOperation=Next", "no token", 400),
        ('filter={"Field":"CompanyName","Value":"cont","Operator":"starts_with"}', None, 200),
        ('filter={"Field":"CompanyName","Value":"cont","Operator":"contains"}', None, 400),
        ('filter={"Field":"Name","Value":"cont","Operator":"starts_with"}', None, 400),
    ],
)
async def test_list_is_as_strict_as_its_page(simulator, alice, session: aiohttp.ClientSession, query, header, status):
    _, url, _, tokens = await simulator()
    headers = {"Authorization": f"Bearer {await tokens.token(alice)}", "Accept": "application/json"}
    headers |= {"MS-ContinuationToken": header} if header else {}
    async with session.get(f"{url}/v1/customers?{query}", headers=headers) as response:
        body = json.loads((await response.read()).decode("utf-8-sig"))
        assert response.status == status
        if "starts_with" in query and status == 200:
            assert {each["companyProfile"]["companyName"].casefold()[:4] for each in body["items"]} == {"cont"}
