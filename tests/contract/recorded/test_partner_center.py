"""What the simulated Partner Center answers has the recorded fields and headers, and no others."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.domain.conversation import Caller
from bot.simulator.access_tokens import TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, Faults, make_world, partner_center_app
from bot.simulator.partner_center.faults.fault_types import Challenge, Fault, Gateway, Refuse, Throttle
from tests.contract.recorded.shapes import Shape, shapes

SHAPES = shapes("partner_center")
ALICE = Caller("11111111-2222-4333-8444-555555555555", "aaaaaaaa-2222-4333-8444-555555555555", "Alice")
USAGE = "/partner/v1/analytics/commercial/usage/license"
CUSTOMER = "/v1/customers/0112a436-b14e-4888-967b-ca4bb2cf1234"
Ask = Callable[..., Awaitable[tuple[int, dict[str, str], Any]]]


@pytest.fixture
async def ask() -> AsyncIterator[Ask]:
    """Return a function that asks with these faults, and returns status, header names and body."""
    authority = TokenAuthority()
    app = partner_center_app(make_world(60), verify=authority.verify)
    server = await listen(app, shutdown_timeout=0.1)
    faults: Faults = app[FAULTS]

    async def get(path: str, *due: Fault, token: str = "") -> tuple[int, dict[str, str], Any]:
        for fault in due:
            faults.add(fault)
        headers = {"Authorization": f"Bearer {token or authority.issue(ALICE)}"}
        async with aiohttp.ClientSession() as session, session.get(server.url + path, headers=headers) as response:
            raw = (await response.read()).decode("utf-8-sig")
            return response.status, {name.lower(): "" for name in response.headers}, json.loads(raw)

    yield get
    await server.close()


async def test_report_has_the_recorded_fields_and_headers(ask: Ask) -> None:
    _, headers, body = await ask(USAGE)
    assert SHAPES["report"].differences(body) == []
    assert SHAPES["answer_headers"].differences(headers) == []


async def test_grouped_report_has_the_recorded_fields(ask: Ask) -> None:
    _, _, body = await ask(f"{USAGE}?groupby=workloadName")
    assert SHAPES["grouped_report"].differences(body) == []


async def test_superseded_report_has_the_recorded_fields(ask: Ask) -> None:
    _, _, report = await ask(USAGE)
    customer = report["Value"][0]["customerTenantId"]
    _, _, body = await ask(f"/v1/customers/{customer}/analytics/licenses/usage")
    assert SHAPES["superseded_report"].differences(body) == []


@pytest.mark.parametrize(
    ("shape", "path"),
    [
        (SHAPES["deployment_report"], "/partner/v1/analytics/commercial/deployment/license"),
        (SHAPES["superseded_deployment"], f"{CUSTOMER}/analytics/licenses/deployment"),
        (SHAPES["customer_subscriptions"], f"{CUSTOMER}/subscriptions"),
        (SHAPES["subscription_analytics"], "/partner/v1/analytics/subscriptions"),
        (SHAPES["grouped_subscriptions"], "/partner/v1/analytics/subscriptions?groupby=subscriptionType"),
    ],
)
async def test_what_is_sold_has_the_recorded_fields_and_headers(ask: Ask, shape: Shape, path: str) -> None:
    _, headers, body = await ask(path)
    assert shape.differences(body) == []
    assert SHAPES["answer_headers"].differences(headers) == []


async def test_refusals_have_the_recorded_fields_and_headers(ask: Ask) -> None:
    status, headers, body = await ask(USAGE, token="none")
    assert status == 401
    assert SHAPES["error"].differences(body) == []
    assert SHAPES["unauthorized_headers"].differences(headers) == []
    status, _, body = await ask(USAGE, Refuse(status=403, code="900150"))
    assert status == 403
    assert SHAPES["error"].differences(body) == []


async def test_throttled_answer_has_the_recorded_fields_and_headers(ask: Ask) -> None:
    status, headers, body = await ask(USAGE, Throttle(retry_after=57))
    assert status == 429
    assert SHAPES["throttled"].differences(body) == []
    assert SHAPES["throttled_headers"].differences(headers) == []


@pytest.mark.parametrize(
    "due", [(Challenge(),), (Refuse(status=403, body="gateway"),), (Gateway(), Refuse(status=403, body="gateway"))]
)
async def test_error_of_the_gateway_has_the_recorded_fields(ask: Ask, due: tuple[Fault, ...]) -> None:
    _, _, body = await ask(USAGE, *due)
    assert SHAPES["gateway_error"].differences(body) == []
