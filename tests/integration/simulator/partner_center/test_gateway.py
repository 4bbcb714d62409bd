"""What a gateway answers in place of the service, and the limit of calls."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.fault_types import Challenge, Gateway, Refuse, Throttle

ALWAYS = Gateway(times=None)


async def test_gateway_answers_what_it_can_find_itself(service: Any) -> None:
    issue, alice = service.authority.issue, service.alice
    service.faults.add(ALWAYS)
    for authorization, status, code in (
        (None, 401, "InvalidAuthenticationToken"),
        ("Bearer rubbish", 401, "InvalidAuthenticationToken"),
        (f"Bearer {issue(alice, lifetime=-60)}", 401, "InvalidAuthenticationToken"),
        (f"Bearer {issue(alice, audience='https://graph.windows.net')}", 401, "InvalidAuthenticationToken"),
        (f"Bearer {issue(alice, app_only=True)}", 403, "Forbidden"),
    ):
        reply = await service.get(authorization=authorization)
        assert (reply.status, reply.json["error"]["code"]) == (status, code)
        assert set(reply.json) == {"error"}
        assert not any(name.startswith("MS-") for name in reply.headers)
        assert str(UUID(reply.headers["request-id"])) == reply.headers["client-request-id"]
        assert reply.headers.get("WWW-Authenticate", "").startswith("Bearer ") == (status == 401)


async def test_gateway_knows_neither_roles_nor_customers(service: Any) -> None:
    service.faults.add(ALWAYS)
    without = f"Bearer {service.authority.issue(service.alice, roles=())}"
    assert (await service.get(authorization=without)).refusal == (403, "900150")
    stranger = "/v1/customers/99999999-9999-4999-8999-999999999999/analytics/licenses/usage"
    assert (await service.get(stranger)).refusal == (403, "20002")
    assert (await service.get(top="1")).headers["MS-RequestId"]


async def test_gateway_repeats_the_clients_id_and_knows_addresses(service: Any) -> None:
    service.faults.add(ALWAYS)
    for path in ("/v1/nothing", "/nothing"):
        reply = await service.get(path, headers={"client-request-id": "mine"})
        assert (reply.status, reply.json["error"]["code"]) == (404, "ResourceNotFound")
        assert reply.headers["client-request-id"] == "mine"


async def test_gateway_throttles_and_challenges_with_its_own_body(service: Any) -> None:
    service.faults.add(ALWAYS, Throttle(retry_after=7), Challenge(status=403), Refuse(status=404, body="gateway"))
    throttled, challenged, missing = [await service.get() for _ in range(3)]
    assert (throttled.status, throttled.headers["Retry-After"]) == (429, "7")
    assert throttled.json["error"]["code"] == "TooManyRequests"
    assert (challenged.status, challenged.json["error"]["code"]) == (403, "Forbidden")
    assert 'error="insufficient_claims", claims="' in challenged.headers["WWW-Authenticate"]
    assert (missing.status, missing.json["error"]["code"]) == (404, "ResourceNotFound")


async def test_report_can_answer_with_a_page_for_people(service: Any) -> None:
    service.faults.add(Refuse(status=404, body="page"))
    reply = await service.get()
    assert (reply.status, reply.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"<h1>Server Error</h1>" in reply.raw


async def test_a_call_too_many_in_a_minute_is_refused_until_it_ends(start: Any) -> None:
    now = SimpleNamespace(seconds=100.0)
    service = await start(conduct=Conduct(calls_a_minute=2, clock=lambda: now.seconds))
    assert [(await service.get(top="1")).status for _ in range(3)] == [200, 200, 429]
    now.seconds += 2.5
    reply = await service.get(top="1")
    assert (reply.status, reply.headers["Retry-After"]) == (429, "58")
    assert reply.json == {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 58 seconds."}
    now.seconds += 57.5
    assert (await service.get(top="1")).status == 200


async def test_calls_are_counted_for_each_partner_and_without_a_token_for_none(start: Any) -> None:
    service = await start(conduct=Conduct(calls_a_minute=1, clock=lambda: 0.0))
    other = type(service.alice)("99999999-2222-4333-8444-555555555555", service.alice.object_id, "Other")
    assert (await service.get(authorization=None)).status == 401
    assert (await service.get(top="1")).status == 200
    assert (await service.get(authorization=f"Bearer {service.authority.issue(other)}", top="1")).status == 200
    assert (await service.get(top="1")).status == 429


@pytest.mark.parametrize("calls", [None, 500])
async def test_five_hundred_calls_a_minute_are_answered(start: Any, calls: int | None) -> None:
    conduct = Conduct(clock=lambda: 0.0) if calls else Conduct(calls_a_minute=None)
    service = await start(conduct=conduct)
    seen = [(await service.get("/v1/customers", size="1")).status for _ in range(501)]
    assert seen == [200] * 500 + [429 if calls else 200]
