"""azure-identity with its own settings gets tokens of every kind that the bot's services need."""

import asyncio
from datetime import datetime
from typing import Any

import jwt
import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientSecretCredential, DeviceCodeCredential, OnBehalfOfCredential

from tests.foreign.clients.conftest import APP, DEFAULT_SCOPE, SCOPE, SECRET, TENANT, Office

CONNECTOR_SCOPE = "https://api.botframework.com/.default"


async def token_of(credential: Any, scope: str) -> str:
    """Ask as synchronous code does, and close what was opened."""
    with credential:
        return str((await asyncio.to_thread(credential.get_token, scope)).token)


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


async def test_client_secret_gives_the_token_of_the_application(office: Office) -> None:
    credential = ClientSecretCredential(TENANT, APP, SECRET)
    token = await token_of(credential, CONNECTOR_SCOPE)
    assert claims_of(token)["aud"] == "https://api.botframework.com"


async def test_wrong_secret_is_refused_with_entras_number(office: Office) -> None:
    credential = ClientSecretCredential(TENANT, APP, "another secret")
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        await token_of(credential, CONNECTOR_SCOPE)


async def test_on_behalf_of_gives_the_persons_token(office: Office) -> None:
    credential = OnBehalfOfCredential(TENANT, APP, client_secret=SECRET, user_assertion=office.sso())
    token = await token_of(credential, SCOPE)
    assert office.entra.authority.verify(token).object_id == office.ada.object_id


async def test_missing_consent_on_behalf_of_is_told(office: Office) -> None:
    office.entra.standing(office.ada).consented = False
    credential = OnBehalfOfCredential(TENANT, APP, client_secret=SECRET, user_assertion=office.sso())
    with pytest.raises(ClientAuthenticationError, match="AADSTS65001"):
        await token_of(credential, SCOPE)


async def test_device_code_gives_a_token_after_the_sign_in(office: Office, person: Any) -> None:
    loop, shown = asyncio.get_running_loop(), asyncio.Event()
    codes: list[str] = []

    def show(_uri: str, code: str, _until: datetime) -> None:
        codes.append(code)
        loop.call_soon_threadsafe(shown.set)

    credential = DeviceCodeCredential(APP, tenant_id=TENANT, prompt_callback=show)
    asked = asyncio.create_task(token_of(credential, DEFAULT_SCOPE))
    await shown.wait()
    await person.device(office.entra, codes[0], office.ada)
    assert office.entra.authority.verify(await asked).name == "Ada Agent"
