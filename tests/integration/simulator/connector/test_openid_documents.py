"""Tests of keys, discovery and the token endpoint, over HTTP.

They use a token library that the simulator does not.
"""

from typing import Any

import jwt
import pytest


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
    ],
)
async def test_the_token_endpoint_refuses_what_entra_refuses(
    wire: Any, changes: dict[str, str], status: int, error: str
) -> None:
    got, answer = await wire.token(**changes)
    assert (got, answer["error"]) == (status, error)
    assert "access_token" not in answer
    assert wire.connector.state.tokens_issued == 1


async def test_the_tenant_document_leads_to_the_token_endpoint(wire: Any) -> None:
    async with wire.session.get(f"{wire.connector.url}/t/v2.0/.well-known/openid-configuration") as response:
        document = await response.json()
    assert document["token_endpoint"] == "https://login.microsoftonline.com/t/oauth2/v2.0/token"
