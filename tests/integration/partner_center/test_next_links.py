"""Next links of every form against the simulated Partner Center, over HTTP."""

from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.domain.licensing import Dimension, Field
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.filters.expression import Eq, Ne
from bot.query.usage_query import UsageQuery
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, JOURNAL, make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.fault_types import NextLink, Total
from bot.simulator.partner_center.wire.link_forms import FORMS as FORMS_TO_CHOOSE

BY = (Dimension.WORKLOAD, Dimension.PRODUCT)
LIMITS = ClientLimits(deadline=60.0, first_pause=0.001, longest_pause=0.001, jitter=0.0, attempts=3)
MANY = UsageQuery(expression=Ne(Field.WORKLOAD_CODE, "SPO"), top=50)
ONE = UsageQuery(expression=Eq(Field.CUSTOMER_TENANT_ID, "0112A436-B14E-4888-967B-CA4BB2CF1234"), top=1)
AT_THE_REQUEST = ("absolute", "relative", "leaf", "spaces", "query", "version")
AT_THE_ROOT = ("analytics", "api_root")
NOT_TO_FOLLOW = ("foreign", "inner", "scheme", "port", "unreadable", "number", "text", "prefix_twice", "self")
FORMS = (*AT_THE_REQUEST, *AT_THE_ROOT, *NOT_TO_FOLLOW)
TOTALS = ("missing", "null", "negative", "page")
WITHOUT_TOTAL = Total(form="missing", times=None)


class Trap:
    """Another host; it counts who calls it."""

    def __init__(self):
        self.visits = []

    async def visit(self, request):
        self.visits.append(request)
        return web.json_response({"Value": [], "@nextLink": None})


@pytest.fixture(scope="module")
def authority():
    return TokenAuthority()


@pytest.fixture
async def trap():
    trap = Trap()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", trap.visit)
    listening = await listen(app, shutdown_timeout=0.1)
    trap.url = listening.url
    yield trap
    await listening.close()


@pytest.fixture
async def service(authority, session):
    """Return the simulated Partner Center and its client."""
    async with partner_center(authority, session) as both:
        yield both


@asynccontextmanager
async def partner_center(authority, session, **options):
    app = partner_center_app(make_world(60), verify=authority.verify, **options)
    server = await listen(app, shutdown_timeout=0.1)
    tokens = SimulatedUserTokens(authority, mfa=True, roles=("AdminAgents",))
    yield app, PartnerCenter(session, ReportEndpoint(server.url), tokens, limits=LIMITS)
    await server.close()


async def read(client, alice, query=MANY):
    found = await client.tally(alice, query, BY)
    report = found.tally.report()
    return report.rows, report.total, found.rows, found.superseded, report.gaps


@pytest.mark.parametrize("form", FORMS)
async def test_link_costs_nothing_when_the_total_is_known(service, alice, trap, form):
    app, client = service
    expected = await read(client, alice)
    requests = len(app[JOURNAL])
    app[JOURNAL].clear()
    app[FAULTS].add(NextLink(form=form, address=trap.url, times=None))
    assert await read(client, alice) == expected
    assert len(app[JOURNAL]) <= requests + 1  # the link of the last page is looked at: the total may be too low
    assert trap.visits == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("query", [MANY, ONE], ids=["many", "one customer"])
async def test_every_row_is_read_when_there_is_no_total(service, alice, trap, form, query):
    app, client = service
    expected = await read(client, alice, query)
    app[FAULTS].add(NextLink(form=form, address=trap.url, times=None), WITHOUT_TOTAL)
    rows, total, _, superseded, _ = await read(client, alice, query)
    assert (rows, total, superseded) == (*expected[:2], False)
    tried = {each.path.partition("/analytics/")[2] for each in app[JOURNAL]}
    assert len(tried) == 1 or form not in AT_THE_REQUEST
    assert trap.visits == []


@pytest.mark.parametrize("links", FORMS_TO_CHOOSE)
@pytest.mark.parametrize("total", TOTALS)
async def test_every_row_is_read_whatever_form_the_links_have(authority, session, alice, links, total):
    async with partner_center(authority, session, conduct=Conduct(links=links)) as (app, client):
        expected = await read(client, alice)
        app[FAULTS].add(Total(form=total, times=None))
        rows, sums, *_ = await read(client, alice)
        assert (rows, sums) == expected[:2]


@pytest.mark.parametrize("form", ["text", "prefix_twice", "api_root"])
async def test_report_is_not_missing_when_a_link_leads_to_a_404(service, alice, form):
    app, client = service
    app[FAULTS].add(NextLink(form=form, times=None), WITHOUT_TOTAL)
    for _ in range(2):  # the second question would find it remembered
        assert not (await client.tally(alice, ONE, BY)).superseded
    assert not any("/customers/" in each.path for each in app[JOURNAL])


async def test_link_relative_to_the_root_is_tried_wrongly_only_once(service, alice):
    app, client = service
    app[FAULTS].add(NextLink(form="api_root", times=None), WITHOUT_TOTAL)
    await client.tally(alice, MANY, BY)
    wrong = [each for each in app[JOURNAL] if "usage/commercial/usage" in each.path]
    assert len(wrong) == 1


@pytest.mark.parametrize(
    "link",
    ["%20HTTP/1.1%0d%0aHost:%20evil%0d%0a%0d%0aGET%20/://x", "%0d%0aX://y", " http://evil/", "\ud800", "a\r\nb:"],
)
async def test_link_that_cannot_be_requested_costs_nothing(servers, client, say, alice, link):
    def serve(request):
        if not request.path.endswith("/license"):
            return say.page(say.row(9), link=link)
        skip = int(request.query.get("skip", 0))
        return say.page(*map(say.row, range(skip, min(skip + 2, 5))), link=link if skip < 4 else None)

    script = await servers(serve)
    found = await client(script).tally(alice, UsageQuery(), BY)
    assert found.tally.report().total.sums.active >= 5
    assert not any(" " in request.raw_path or "evil" in request.host for request in script.requests)


LEAD_BACK = {
    "itself": lambda path, _skip, _end: path,
    "first": lambda _path, _skip, _end: "license?skip=0",
    "ampersand": lambda _path, _skip, end: f"license?top=20&amp;skip={end}",
    "counter": lambda _path, skip, end: f"license?skip={skip}&n={end}",
    "half of an emoji": lambda _path, _skip, _end: "\ud83d",
    "token": lambda _path, _skip, end: f"?continuationToken={end}",
    "capitals": lambda _path, _skip, end: f"license?Top=20&Skip={end}",
    "nothing asked": lambda _path, _skip, end: f"license?skip={end}&top=0",
    "refused": lambda _path, _skip, _end: "license?skip=-1",
    "cycle of two": lambda _path, skip, end: f"license?skip={0 if skip else end}",
    "too far": lambda _path, _skip, end: f"license?top=20&skip={end + 5}",
}


@pytest.mark.parametrize("always", [True, False])
@pytest.mark.parametrize("form", LEAD_BACK)
async def test_every_row_is_read_when_links_lead_back(servers, client, say, alice, form, always):
    """Each page says how many rows it has itself."""

    def serve(request):
        skip, top = (int(request.query.get(name, usual)) for name, usual in (("skip", 0), ("top", 20)))
        if skip < 0:
            return say.refusal(400)
        numbers = range(skip, min(skip + min(top, 20), 70))
        end = skip + len(numbers)
        link = LEAD_BACK[form](request.raw_path, skip, end) if always or end < 70 else None
        return say.page(*map(say.row, numbers), link=link, total=len(numbers))

    script = await servers(serve)
    report = (await client(script).tally(alice, UsageQuery(top=20), BY)).tally.report()
    left_out = form == "too far"
    assert (report.total.sums.active, report.gaps.incomplete) == (60 if left_out else 70, left_out)
    assert len(script.requests) <= (30 if left_out else 10)
