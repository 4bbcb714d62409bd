"""Tests of blocked conversations, limits of sending, and team owners, over HTTP."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.simulator.connector import ADA, BEN, Blockage, SendLimits, SimulatedConnector, channel, group, personal
from bot.simulator.connector.connector_refusal import ConnectorRefusedError
from bot.simulator.connector.rate_limits import SEND_LIMITS, RateLimits
from tests.integration.simulator.held_sleep import HeldSleep

TEXT = {"type": "message", "text": "Hello"}
SALES = channel("sales", ADA, BEN, owners=(BEN,))


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (Blockage.NOT_IN_ROSTER, 403, "BotNotInConversationRoster"),
        (Blockage.DISABLED, 403, "BotDisabledByAdmin"),
        (Blockage.DELETED, 404, "ConversationNotFound"),
        (Blockage.THROTTLED, 429, "TooManyRequests"),
    ],
)
async def test_a_conversation_refuses_until_it_is_healed(wire: Any, trouble: Blockage, status: int, code: str) -> None:
    wire.connector.state.trouble(personal(ADA), trouble)
    got, answer = await wire.send(TEXT)
    assert (got, answer["error"]["code"]) == (status, code)
    assert (await wire.send(TEXT, personal(BEN)))[0] == 201
    wire.connector.state.heal(personal(ADA))
    assert (await wire.send(TEXT))[0] == 201


async def test_refusal_of_a_blocked_bot_is_json_in_a_string(wire: Any) -> None:
    wire.connector.state.trouble(personal(ADA), Blockage.BLOCKED)
    status, answer = await wire.send(TEXT)
    assert (status, answer["errorCode"]) == (403, 209)
    assert json.loads(answer["message"])["subCode"] == "MessageWritesBlocked"


async def test_updates_are_refused_too_when_a_conversation_refuses(wire: Any) -> None:
    _, sent = await wire.send(TEXT)
    path = f"v3/conversations/{personal(ADA).id}/activities/{sent['id']}"
    wire.connector.state.trouble(personal(ADA), Blockage.DELETED)
    status, answer = await wire.call("PUT", path, json=TEXT)
    assert (status, answer["error"]["code"]) == (404, "ConversationNotFound")


async def test_forgetful_conversation_takes_new_messages_only(wire: Any) -> None:
    _, sent = await wire.send(TEXT)
    path = f"v3/conversations/{personal(ADA).id}/activities/{sent['id']}"
    wire.connector.state.trouble(personal(ADA), Blockage.FORGETFUL)
    for method in ("POST", "PUT"):
        status, answer = await wire.call(method, path, json=TEXT)
        assert (status, answer["error"]["code"]) == (404, "ActivityNotFoundInConversation")
    assert (await wire.send(TEXT))[0] == 201


async def test_reply_is_refused_when_a_person_deleted_the_message(wire: Any) -> None:
    state, thread = wire.connector.state, channel("Licenses", ADA, BEN).thread("17")
    state.deleted_by_person(thread.id, "23")
    path = f"v3/conversations/{thread.id}/activities/"
    assert (await wire.call("POST", f"{path}23", json=TEXT))[0] == 404
    assert (await wire.call("POST", f"{path}24", json=TEXT))[0] == 201
    state.undeleted_by_person(thread.id, "23")
    assert (await wire.call("POST", f"{path}23", json=TEXT))[0] == 201


async def test_private_chat_is_opened_under_its_new_id_when_it_was_moved(wire: Any) -> None:
    wire.connector.state.move_chat(ADA, "a:1new")
    asked = {"isGroup": False, "members": [{"id": ADA.id}], "tenantId": ADA.tenant_id}
    status, opened = await wire.call("POST", "v3/conversations", json=asked)
    assert (status, opened["id"]) == (201, "a:1new")
    _, still = await wire.call("POST", "v3/conversations", json=asked | {"members": [{"id": BEN.id}]})
    assert still["id"] == personal(BEN).id


async def test_channel_refuses_in_all_its_threads_when_it_is_blocked(wire: Any) -> None:
    wire.connector.state.join(SALES)
    wire.connector.state.trouble(SALES, Blockage.NOT_IN_ROSTER)
    assert (await wire.send(TEXT, SALES.thread("17")))[0] == 403


async def test_lost_answer_is_lost_after_the_message_was_accepted(wire: Any) -> None:
    wire.connector.state.trouble(personal(ADA), Blockage.LOST_ANSWER)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await wire.send(TEXT)
    assert len(wire.connector.transcript.messages) == 1


async def test_slow_conversation_answers_after_its_delay(wire: Any, held: HeldSleep) -> None:
    wire.connector.state.trouble(personal(ADA), Blockage.SLOW, 7.5)
    sending = asyncio.create_task(wire.send(TEXT))
    await held.asked()
    assert (await wire.send(TEXT, personal(BEN)))[0] == 201
    assert [each.conversation_id for each in wire.connector.transcript.messages] == [personal(BEN).id]
    assert not sending.done()
    held.over.set()
    assert (await sending)[0] == 201
    assert held.seconds == [7.5]


async def test_roster_of_a_team_names_its_owners(wire: Any) -> None:
    wire.connector.state.join(SALES)
    for place in (SALES.team_id, SALES.id):
        _, owner = await wire.call("GET", f"v3/conversations/{place}/members/{BEN.id}")
        _, member = await wire.call("GET", f"v3/conversations/{place}/members/{ADA.object_id}")
        assert (owner["userRole"], member["userRole"]) == ("owner", "user")
    _, page = await wire.call("GET", f"v3/conversations/{SALES.id}/pagedmembers")
    assert [each["userRole"] for each in page["members"]] == ["user", "owner"]


async def test_request_over_the_limit_is_429_with_seconds_and_counted() -> None:
    limits = SendLimits(conversation=((2, 30.0),), tenant=((3, 30.0),))
    async with SimulatedConnector(anonymous=True, limits=limits) as connector, aiohttp.ClientSession() as http:
        got = []
        for where in (personal(ADA), personal(ADA), personal(ADA), personal(BEN), group(ADA, BEN)):
            url = f"{connector.service_url}v3/conversations/{where.id}/activities"
            async with http.post(url, json=TEXT) as response:
                got.append((response.status, response.headers.get("Retry-After")))
        assert got == [(201, None), (201, None), (429, "30"), (201, None), (429, "30")]
        violations = connector.state.limits.violations
        assert violations == {personal(ADA).id: 1, f"tenant {ADA.tenant_id}": 1}


@pytest.mark.parametrize("limit", SEND_LIMITS)
def test_each_of_the_limits_is_enforced(limit: tuple[int, float]) -> None:
    now = 0.0
    limits = RateLimits(lambda: now, SendLimits(conversation=(limit,), tenant=()))
    for _ in range(limit[0]):
        limits.admit("x")
    now = limit[1] * 0.999
    with pytest.raises(ConnectorRefusedError):
        limits.admit("x")
    now = limit[1]
    limits.admit("x")
