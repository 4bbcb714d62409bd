"""What the simulated connector answers and signs has the recorded fields, and no others."""

from typing import Any

import aiohttp
import jwt
import pytest

from bot.simulator.connector import ADA, BEN, SimulatedConnector, channel, group
from bot.simulator.entra.issuer_keys import issuer
from tests.contract.recorded.shapes import shapes

SHAPES = shapes("connector_answers")
GROUP, CHANNEL = group(ADA, BEN), channel("Licenses", ADA, BEN)
MESSAGE = {"type": "message", "text": "hi"}
PRIVATE = {"isGroup": False, "members": [{"id": ADA.id}], "tenantId": ADA.tenant_id}
THREAD = {
    "isGroup": True,
    "channelData": {"channel": {"id": CHANNEL.id}, "tenant": {"id": ADA.tenant_id}},
    "activity": MESSAGE,
}
HERE = f"v3/conversations/{GROUP.id}"
CALLS: dict[str, tuple[str, str, Any]] = {
    "created_personal": ("POST", "v3/conversations", PRIVATE),
    "created_thread": ("POST", "v3/conversations", THREAD),
    "sent": ("POST", f"{HERE}/activities", MESSAGE),
    "paged_members": ("GET", f"{HERE}/pagedmembers", None),
    "member": ("GET", f"{HERE}/members/{BEN.id}", None),
    "team": ("GET", f"v3/teams/{CHANNEL.team_id}", None),
    "channels": ("GET", f"v3/teams/{CHANNEL.team_id}/conversations", None),
    "error": ("POST", f"{HERE}/activities", {"type": "message"}),
}


async def answer(connector: SimulatedConnector, method: str, path: str, body: Any) -> Any:
    token = connector.keys.app_token(connector.app_id, ADA.tenant_id, issuer(ADA.tenant_id))
    headers = {"Authorization": f"Bearer {token}"}
    url = connector.service_url + path
    async with aiohttp.ClientSession() as session, session.request(method, url, json=body, headers=headers) as response:
        return await response.json()


@pytest.mark.parametrize("name", CALLS)
async def test_answer_has_the_recorded_fields(name: str) -> None:
    async with SimulatedConnector() as connector:
        assert SHAPES[name].differences(await answer(connector, *CALLS[name])) == []


async def test_answer_to_a_change_and_each_member_have_the_recorded_fields() -> None:
    async with SimulatedConnector() as connector:
        sent = await answer(connector, *CALLS["sent"])
        changed = await answer(connector, "PUT", f"{HERE}/activities/{sent['id']}", MESSAGE)
        assert SHAPES["updated"].differences(changed) == []
        for member in await answer(connector, "GET", f"{HERE}/members", None):
            assert SHAPES["member"].differences(member) == []


async def test_refusals_of_every_kind_have_the_recorded_fields() -> None:
    async with SimulatedConnector() as connector:
        url = f"{connector.service_url}{HERE}/activities"
        async with aiohttp.ClientSession() as session, session.post(url, json=MESSAGE) as response:
            assert response.status == 401
            assert SHAPES["error"].differences(await response.json()) == []
        connector.state.leave(GROUP)
        assert SHAPES["error"].differences(await answer(connector, *CALLS["sent"])) == []


async def test_channel_token_has_the_five_recorded_claims() -> None:
    async with SimulatedConnector() as connector:
        token = connector.channel_token()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert SHAPES["channel_token"].differences(claims) == []
    assert SHAPES["channel_token_head"].differences(jwt.get_unverified_header(token)) == []


async def test_documents_of_the_bot_framework_have_the_recorded_fields() -> None:
    async with SimulatedConnector() as connector, aiohttp.ClientSession() as session:
        async with session.get(connector.openid_configuration_url) as response:
            document = await response.json()
        async with session.get(document["jwks_uri"]) as response:
            keys = await response.json()
    assert SHAPES["openid"].differences(document) == []
    assert SHAPES["keys"].differences(keys) == []
