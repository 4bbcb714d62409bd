"""MSAL for Python with its own transport and instance discovery gets tokens over https."""

import asyncio
from typing import Any

import jwt
import msal
import pytest
import requests

from tests.foreign.clients.conftest import APP, REDIRECT, SCOPE, SECRET, TENANT, Office

AUTHORITY = f"https://login.microsoftonline.com/{TENANT}"
CONNECTOR_SCOPE = "https://api.botframework.com/.default"


@pytest.fixture
def http() -> Any:
    with requests.Session() as session:
        yield session


async def confidential(http: Any) -> msal.ConfidentialClientApplication:
    return await asyncio.to_thread(lambda: msal.ConfidentialClientApplication(APP, SECRET, AUTHORITY, http_client=http))


async def test_client_secret_gives_a_token_signed_by_a_published_key(office: Office, http: Any) -> None:
    app = await confidential(http)
    answer = await asyncio.to_thread(app.acquire_token_for_client, [CONNECTOR_SCOPE])
    document = (await asyncio.to_thread(http.get, f"{AUTHORITY}/v2.0/.well-known/openid-configuration")).json()
    keys = jwt.PyJWKSet.from_dict((await asyncio.to_thread(http.get, document["jwks_uri"])).json())
    key = keys[jwt.get_unverified_header(answer["access_token"])["kid"]]
    claims = jwt.decode(answer["access_token"], key, ["RS256"], audience="https://api.botframework.com")
    assert claims["tid"] == TENANT


async def test_on_behalf_of_and_refresh_give_the_persons_token(office: Office, http: Any) -> None:
    app = await confidential(http)
    first = await asyncio.to_thread(app.acquire_token_on_behalf_of, office.sso(), [SCOPE])
    (account,) = app.get_accounts()
    again = await asyncio.to_thread(lambda: app.acquire_token_silent([SCOPE], account, force_refresh=True))
    for answer in (first, again):
        assert office.entra.authority.verify(answer["access_token"]).object_id == office.ada.object_id
    assert first["access_token"] != again["access_token"]


async def test_code_with_pkce_is_redeemed_after_the_sign_in(office: Office, http: Any, person: Any) -> None:
    app = await confidential(http)
    options = {"redirect_uri": REDIRECT, "response_mode": "form_post"}
    flow = await asyncio.to_thread(lambda: app.initiate_auth_code_flow([SCOPE], **options))
    parameters = await person.sign_in(office.entra, flow["auth_uri"], office.ada)
    answer = await asyncio.to_thread(app.acquire_token_by_auth_code_flow, flow, parameters)
    assert answer["id_token_claims"]["oid"] == office.ada.object_id


async def test_device_code_is_redeemed_after_the_sign_in(office: Office, http: Any, person: Any) -> None:
    app = await asyncio.to_thread(lambda: msal.PublicClientApplication(APP, authority=AUTHORITY, http_client=http))
    flow = await asyncio.to_thread(app.initiate_device_flow, [SCOPE])
    await person.device(office.entra, flow["user_code"], office.ada)
    answer = await asyncio.to_thread(app.acquire_token_by_device_flow, flow)
    assert office.entra.authority.verify(answer["access_token"]).name == "Ada Agent"
