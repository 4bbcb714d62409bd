"""Tests of keys, discovery and the token endpoint, over HTTP.

They use a token library that the simulator does not.
"""

import time
from base64 import b64encode
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from bot.simulator.connector.teams_people import TENANT
from bot.simulator.entra.tenant_directory import AppRegistration
from bot.simulator.issuer_signing_key import IssuerSigningKey
from tests.integration.simulator.connector.conftest import SCOPE


async def published(wire: Any) -> list[dict[str, Any]]:
    async with wire.session.get(wire.connector.openid_configuration_url) as response:
        configuration = await response.json()
    async with wire.session.get(configuration["jwks_uri"]) as response:
        keys: list[dict[str, Any]] = (await response.json())["keys"]
    return keys


async def test_a_channel_token_verifies_with_the_published_keys(wire: Any) -> None:
    (key,) = await published(wire)
    token = wire.connector.channel_token()
    claims = jwt.decode(token, jwt.PyJWK(key), algorithms=["RS256"], audience=wire.connector.app_id)
    assert claims["iss"] == "https://api.botframework.com"
    assert claims["serviceurl"] == wire.connector.service_url
    assert key["endorsements"] == ["msteams"]
    assert jwt.get_unverified_header(token)["kid"] == key["kid"]


async def test_overridden_claim_is_replaced_and_none_omits_it(wire: Any) -> None:
    token = wire.connector.channel_token(iss="https://evil.example", exp=None)
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["iss"] == "https://evil.example"
    assert "exp" not in claims


async def test_after_a_rotation_only_the_new_key_is_published(wire: Any) -> None:
    before = await published(wire)
    wire.connector.keys.rotate()
    (after,) = await published(wire)
    assert after["kid"] != before[0]["kid"]
    wire.connector.keys.rotate(keep_old=True)
    assert [key["kid"] for key in await published(wire)].index(after["kid"]) == 0


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_id": "somebody"}, 400, "unauthorized_client"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": "é"}, 401, "invalid_client"),
        ({"scope": "openid"}, 400, "invalid_scope"),
        ({"scope": ""}, 400, "invalid_scope"),
        ({"scope": f"{SCOPE} {SCOPE}"}, 400, "invalid_scope"),
        ({"scope": "https://nowhere.example/.default"}, 400, "invalid_resource"),
        ({"client_secret": ""}, 401, "invalid_client"),
        ({"client_secret": "", "client_assertion": "no token"}, 400, "invalid_request"),
        ({"tenant": "consumers"}, 400, "invalid_request"),
        ({"tenant": "common"}, 400, "invalid_request"),
        ({"tenant": "made.up.example"}, 400, "invalid_request"),
        ({"tenant": "7e1a2b3c-0000-4000-8000-0000000000ff"}, 400, "invalid_request"),
    ],
)
async def test_the_token_endpoint_refuses_what_entra_refuses(
    wire: Any, changes: dict[str, str], status: int, error: str
) -> None:
    got, answer = await wire.token(**changes)
    assert (got, answer["error"]) == (status, error)
    assert "access_token" not in answer
    assert wire.connector.state.tokens_issued == 1


async def test_bot_may_send_its_secret_in_the_header(wire: Any) -> None:
    pair = b64encode(f"{wire.connector.app_id}:{wire.connector.password}".encode()).decode()
    status, answer = await wire.token(headers={"Authorization": f"Basic {pair}"}, client_secret="")
    assert (status, answer["token_type"]) == (200, "Bearer")


async def test_bot_with_a_certificate_gets_a_token_that_is_taken(wire: Any) -> None:
    app_id, key = wire.connector.app_id, IssuerSigningKey()
    pem = key.certificate.public_bytes(Encoding.PEM).decode()
    wire.connector.directory.register(AppRegistration(app_id, "", certificates=(pem,)))
    now = int(time.time())
    url = f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
    claims = {"iss": app_id, "sub": app_id, "aud": url, "nbf": now, "exp": now + 60, "jti": "1"}
    status, answer = await wire.token(
        client_secret="",
        client_assertion=key.sign(claims, x5t=key.kid),
        client_assertion_type="urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    )
    assert status == 200
    wire.bearer = answer["access_token"]
    assert (await wire.send({"type": "message", "text": "hi"}))[0] == 201


@pytest.mark.parametrize("tenant", [TENANT, TENANT.upper(), "botframework.com"])
async def test_token_of_a_tenant_that_exists_is_taken(wire: Any, tenant: str) -> None:
    status, answer = await wire.token(tenant)
    assert status == 200
    wire.bearer = answer["access_token"]
    assert (await wire.send({"type": "message", "text": "hi"}))[0] == 201


async def test_token_for_another_resource_is_not_taken(wire: Any) -> None:
    status, answer = await wire.token(scope="https://graph.microsoft.com/.default")
    assert status == 200
    wire.bearer = answer["access_token"]
    assert (await wire.send({"type": "message", "text": "hi"}))[0] == 401


@pytest.mark.parametrize(("tenant", "status"), [(TENANT, 200), ("botframework.com", 200), ("made.up.example", 400)])
async def test_the_tenant_document_leads_to_the_token_endpoint(wire: Any, tenant: str, status: int) -> None:
    async with wire.session.get(f"{wire.connector.url}/{tenant}/v2.0/.well-known/openid-configuration") as response:
        document = await response.json()
        assert response.status == status
    endpoint = f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
    assert document.get("token_endpoint") == (endpoint if status == 200 else None)
