"""What the simulated Entra answers and signs has the recorded fields, and no others."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
import pytest

from bot.simulator.entra import SimulatedEntra, User
from tests.contract.recorded.shapes import shapes

SHAPES = shapes("entra")
TENANT = "7e1a2b3c-0000-4000-8000-000000000001"
APP = "7e1a2b3c-0000-4000-8000-0000000000aa"
SECRET = "a simulated secret"
SCOPE = "https://api.partnercenter.microsoft.com/user_impersonation"
BEHALF = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "requested_token_use": "on_behalf_of"}
EVERY_SCOPE = f"{SCOPE} openid profile offline_access"


@dataclass
class Wire:
    """The service, a person, and raw requests."""

    entra: SimulatedEntra
    ada: User
    session: aiohttp.ClientSession

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.entra.url}/{path}") as response:
            return await response.json()

    async def post(self, path: str = "token", **form: str) -> Any:
        url = f"{self.entra.url}/{TENANT}/oauth2/v2.0/{path}"
        async with self.session.post(url, data={"client_id": APP, "client_secret": SECRET} | form) as response:
            return await response.json()

    async def on_behalf(self, scope: str = EVERY_SCOPE) -> Any:
        return await self.post(assertion=self.entra.sso_token(self.ada, APP), scope=scope, client_info="1", **BEHALF)


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with SimulatedEntra() as entra, aiohttp.ClientSession() as session:
        entra.register(APP, SECRET, public=True)
        ada = entra.directory.add(User("Ada Agent", TENANT, "7e1a2b3c-0000-4000-8000-00000000000a"))
        yield Wire(entra, ada, session)


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


async def test_token_of_an_application_has_the_recorded_fields(wire: Wire) -> None:
    scope = "https://api.botframework.com/.default"
    answer = await wire.post(grant_type="client_credentials", scope=scope)
    assert SHAPES["client_token"].differences(answer) == []


async def test_tokens_on_behalf_of_a_person_have_the_recorded_fields(wire: Wire) -> None:
    answer = await wire.on_behalf()
    assert {"id_token", "refresh_token", "client_info"} <= answer.keys()
    assert SHAPES["user_token"].differences(answer) == []
    assert SHAPES["partner_center_token"].differences(claims_of(answer["access_token"])) == []
    assert SHAPES["id_token"].differences(claims_of(answer["id_token"])) == []
    assert SHAPES["sso_token"].differences(claims_of(wire.entra.sso_token(wire.ada, APP))) == []


async def test_refusals_have_the_recorded_fields(wire: Wire) -> None:
    wrong = await wire.post(grant_type="client_credentials", client_secret="another", scope="x/.default")
    wire.entra.standing(wire.ada).consented = False
    for refused in (wrong, await wire.on_behalf(), await wire.post(grant_type="password")):
        assert SHAPES["error"].differences(refused) == []


async def test_demand_for_a_factor_on_behalf_has_the_recorded_fields(wire: Wire) -> None:
    standing = wire.entra.standing(wire.ada)
    standing.mfa, standing.mfa_done = True, False
    assert SHAPES["interaction_required"].differences(await wire.on_behalf()) == []


async def test_device_code_has_the_recorded_fields(wire: Wire) -> None:
    answer = await wire.post("devicecode", scope=SCOPE)
    assert SHAPES["device_code"].differences(answer) == []
    kind = "urn:ietf:params:oauth:grant-type:device_code"
    pending = await wire.post(grant_type=kind, device_code=answer["device_code"])
    assert pending["error"] == "authorization_pending"
    assert SHAPES["error"].differences(pending) == []


@pytest.mark.parametrize("tenant", [TENANT, "organizations", "common"])
async def test_documents_have_the_recorded_fields(wire: Wire, tenant: str) -> None:
    document = await wire.get(f"{tenant}/v2.0/.well-known/openid-configuration")
    assert SHAPES["discovery"].differences(document) == []
    assert SHAPES["keys"].differences(await wire.get(f"{tenant}/discovery/v2.0/keys")) == []


async def test_list_of_hosts_has_the_recorded_fields(wire: Wire) -> None:
    assert SHAPES["instance"].differences(await wire.get("common/discovery/instance")) == []
