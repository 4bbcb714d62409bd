"""Gateways, web servers, limits and compression between the service and the bot.

Over HTTP.
"""

from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from bot.domain.licensing import Dimension, Field
from bot.errors import (
    AccessDeniedError,
    AppOnlyRefusedError,
    ClaimsChallengeError,
    EndpointMissingError,
    GatewayRefusedError,
    PageNotFoundError,
    ThrottledError,
    TokenRefusedError,
)
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.filters.expression import Eq
from bot.query.usage_query import UsageQuery
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, JOURNAL, make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.fault_types import Challenge, Gateway, Refuse, Throttle, Trickle, Truncate

BY = (Dimension.WORKLOAD,)
LIMITS = ClientLimits(deadline=10.0, first_pause=0.001, longest_pause=0.001, jitter=0.0, attempts=3)
ONE = UsageQuery(expression=Eq(Field.CUSTOMER_TENANT_ID, "0112A436-B14E-4888-967B-CA4BB2CF1234"))
GATEWAY = Gateway(times=None)


@pytest.fixture(scope="module")
def authority():
    return TokenAuthority()


@asynccontextmanager
async def running(authority, session, *, path="", tokens=None, customers=60, **options):
    app = partner_center_app(make_world(customers), verify=authority.verify, **options)
    server = await listen(app, shutdown_timeout=0.1)
    held = tokens or SimulatedUserTokens(authority)
    yield app, PartnerCenter(session, ReportEndpoint(server.url + path), held, limits=LIMITS)
    await server.close()


@pytest.fixture
async def service(authority, session):
    async with running(authority, session) as both:
        yield both


async def sums(client, alice, query=None):
    return (await client.tally(alice, query or UsageQuery(), BY)).tally.report()


async def test_compressed_pages_in_chunks_are_read(authority, session, alice):
    async with running(authority, session, customers=2_500) as (app, client):
        found = await client.tally(alice, UsageQuery(), BY)
        assert (found.pages, found.rows) == (2, len(make_world(2_500)))
        assert all("gzip" in asked.headers["Accept-Encoding"] for asked in app[JOURNAL])


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.999])
@pytest.mark.parametrize("chunked", [True, False])
async def test_cut_and_compressed_page_is_asked_for_again(service, alice, part, chunked):
    app, client = service
    expected = await sums(client, alice)
    app[FAULTS].add(Truncate(part=part, chunked=chunked))
    assert await sums(client, alice) == expected
    assert len(app[JOURNAL]) == 3


async def test_compressed_page_in_pieces_is_read(service, alice):
    app, client = service
    expected = await sums(client, alice)
    app[FAULTS].add(Trickle(seconds=0.0, chunks=50))
    assert await sums(client, alice) == expected


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Refuse(status=401, body="gateway", times=None), TokenRefusedError),
        (Refuse(status=403, body="gateway", times=None), GatewayRefusedError),
        (Refuse(status=404, body="gateway", times=None), EndpointMissingError),
        (Refuse(status=429, body="gateway", times=None), ThrottledError),
        (Refuse(status=401, body="page", times=None), TokenRefusedError),
        (Refuse(status=403, body="page", times=None), AccessDeniedError),
        (Refuse(status=404, body="page", times=None), PageNotFoundError),
        (Challenge(status=401, times=None), ClaimsChallengeError),
        (Challenge(status=403, times=None), ClaimsChallengeError),
        (Throttle(retry_after=600, times=None), ThrottledError),
    ],
    ids=repr,
)
@pytest.mark.parametrize("gateway", [True, False])
async def test_refusal_before_the_service_has_its_meaning(service, alice, fault, error, gateway):
    app, client = service
    app[FAULTS].add(*([GATEWAY] if gateway else []), fault)
    with pytest.raises(error) as caught:
        await sums(client, alice)
    assert caught.value.correlation_id
    assert "<" not in caught.value.problem
    if isinstance(caught.value, ClaimsChallengeError):
        assert '"acrs"' in caught.value.claims
    if isinstance(fault, Throttle):
        assert caught.value.retry_after == 600


async def test_gateways_request_id_is_the_one_for_support(service, alice):
    app, client = service
    app[FAULTS].add(Refuse(status=403, body="gateway"))
    with pytest.raises(GatewayRefusedError) as caught:
        await sums(client, alice)
    sent = next(iter(app[JOURNAL])).headers["MS-CorrelationId"]
    assert caught.value.correlation_id != sent


@pytest.mark.parametrize(
    ("bad", "error"),
    [({"audience": "https://graph.windows.net"}, TokenRefusedError), ({"app_only": True}, GatewayRefusedError)],
)
async def test_token_that_a_gateway_refuses_is_renewed_once(authority, session, alice, bad, error):
    tokens = SimpleNamespace(token=None, was_asked_for=None, asked=0)

    async def token(caller, *, refused=None):
        tokens.asked += 1
        return authority.issue(caller, **bad)

    async def was_asked_for(caller, claims):
        return False

    tokens.token, tokens.was_asked_for = token, was_asked_for
    async with running(authority, session, tokens=tokens) as (app, client):
        app[FAULTS].add(GATEWAY)
        with pytest.raises(error) as caught:
            await sums(client, alice)
        assert not isinstance(caught.value, AppOnlyRefusedError)  # a gateway does not say so
        assert len(app[JOURNAL]) == (2 if error is TokenRefusedError else 1)


async def test_older_report_is_used_when_the_new_ones_address_shows_a_page(service, alice):
    app, client = service
    app[FAULTS].add(Refuse(status=404, body="page"))
    found = await client.tally(alice, ONE, BY)
    assert found.superseded


async def test_page_for_people_is_told_by_its_title(authority, session, alice):
    async with running(authority, session, path="/portal") as (_, client):
        with pytest.raises(EndpointMissingError, match="404: 404 - File or directory not found"):
            await sums(client, alice)


async def test_own_limit_is_waited_for_or_told(authority, session, alice):
    now = SimpleNamespace(seconds=0.0)
    conduct = Conduct(calls_a_minute=2, clock=lambda: now.seconds)
    async with running(authority, session, conduct=conduct) as (app, client):
        expected = await sums(client, alice)
        await sums(client, alice)
        with pytest.raises(ThrottledError) as caught:
            await sums(client, alice)
        assert caught.value.retry_after == 60
        assert len(app[JOURNAL]) == 3  # one attempt: the minute is longer than the person waits
        now.seconds = 60.0
        assert await sums(client, alice) == expected
