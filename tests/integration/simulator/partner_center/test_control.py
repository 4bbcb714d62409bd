"""Tests of what tests set and read over HTTP while the service runs."""

import json
from typing import Any

import pytest

CONTROL = "/_simulator/faults"


async def post(service: Any, body: Any, content_type: str = "application/json") -> tuple[int, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    url = service.server.url + CONTROL
    async with service.session.post(url, data=data, headers={"Content-Type": content_type}) as reply:
        return reply.status, await reply.json()


async def test_faults_can_be_set_listed_and_lifted(service: Any) -> None:
    status, content = await post(service, {"faults": [{"kind": "fail", "status": 502, "times": None}]})
    assert status == 200
    assert content["faults"][0] == {
        "kind": "fail",
        "times": None,
        "after": 0,
        "probability": 1.0,
        "status": 502,
        "retry_after": None,
    }
    assert [(await service.get()).status for _ in range(3)] == [502, 502, 502]
    assert (await service.get(CONTROL, authorization=None)).json == content
    assert (await service.get(CONTROL, method="DELETE")).json == {"faults": []}
    assert (await service.get()).status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        [],
        {},
        {"faults": {}},
        {"faults": [{}]},
        {"faults": [{"kind": "meteor"}]},
        {"faults": [{"kind": "fail", "satus": 500}]},
        {"faults": [{"kind": "fail", "status": 200}]},
        {"faults": [{"kind": "fail", "status": "500"}]},
        {"faults": [{"kind": "fail", "times": 0}]},
        {"faults": [{"kind": "slow", "seconds": -1}]},
        {"faults": [{"kind": "slow", "seconds": 1e9}]},
        {"faults": [{"kind": "throttle", "probability": 2}]},
        {"faults": [{"kind": "envelope", "form": "brown"}]},
        {"faults": [{"kind": "no_bom"}], "more": 1},
    ],
)
async def test_misspelled_fault_is_refused_and_none_is_set(service: Any, body: Any) -> None:
    status, content = await post(service, body)
    assert status == 400
    assert content["problem"]
    assert list(service.faults) == []


async def test_a_form_of_a_web_page_cannot_set_faults(service: Any) -> None:
    status, _ = await post(service, {"faults": [{"kind": "reset"}]}, "text/plain")
    assert status == 415
    assert list(service.faults) == []


async def test_received_requests_are_shown_without_tokens(service: Any) -> None:
    await service.get(filter="channel eq 'direct'", top="3", headers={"X-Locale": "de-DE", "Cookie": "secret=1"})
    await service.get("/v1/nowhere")
    reply = await service.get("/_simulator/requests", authorization=None)
    first, second = reply.json["requests"]
    assert (first["method"], first["path"]) == ("GET", "/partner/v1/analytics/commercial/usage/license")
    assert first["params"] == [["filter", "channel eq 'direct'"], ["top", "3"]]
    assert first["headers"]["X-Locale"] == "de-DE"
    assert second["path"] == "/v1/nowhere"
    assert first["connection"] == second["connection"] > 0
    assert service.token.encode() not in reply.raw
    assert b"secret" not in reply.raw
    assert b"Authorization" not in reply.raw
    await service.get("/_simulator/requests", method="DELETE")
    assert len(service.journal) == 0


async def test_users_of_another_partner_see_that_partners_customers(start: Any) -> None:
    from bot.domain.conversation import Caller
    from bot.simulator.partner_center import make_world

    tenant = "BBBBBBBB-2222-4333-8444-555555555555"
    service = await start(60, other_worlds={tenant: make_world(60, seed=7)})
    bob = f"Bearer {service.authority.issue(Caller(tenant.lower(), 'bob', 'Bob'))}"
    names = {row["customerName"] for row in await service.every_page(groupby="customerName")}
    others = {
        row["customerName"] for row in (await service.get(groupby="customerName", authorization=bob)).json["Value"]
    }
    assert names != others
    assert "TEST COMPANY" in names & others
