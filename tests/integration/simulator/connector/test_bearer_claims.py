"""Tests that the connector takes a bot's token only with every claim right."""

import json
from typing import Any

import jwt
import pytest

from bot.simulator.connector.connector_keys import CONNECTOR_AUDIENCE
from bot.simulator.connector.teams_people import OTHER_TENANT
from bot.simulator.entra.issuer_keys import issuer

CLAIMS = ("exp", "nbf", "iss", "aud", "tid", "appid")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        *({name: None} for name in CLAIMS),
        *({name: "other"} for name in CLAIMS),
        {"exp": 1},
        {"nbf": 4_000_000_000},
        {"exp": [1]},
        {"aud": [CONNECTOR_AUDIENCE]},
        {"iss": issuer(OTHER_TENANT)},
    ],
)
async def test_signed_token_with_a_wrong_claim_is_refused(wire: Any, changes: dict[str, Any]) -> None:
    claims = jwt.decode(wire.bearer, options={"verify_signature": False}) | changes
    kept = {name: value for name, value in claims.items() if value is not None}
    key = wire.connector.keys.current
    wire.bearer = jwt.api_jws.encode(json.dumps(kept).encode(), key.private, "RS256", headers={"kid": key.kid})
    assert (await wire.send({"type": "message", "text": "Hello"}))[0] == (401 if changes else 201)
