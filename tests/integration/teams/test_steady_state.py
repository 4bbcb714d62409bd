"""What a turn sends when the bot is warm: one request, on an open connection."""

from typing import Any

from bot.simulator.connector import ADA, BEN, group, personal


async def test_turn_makes_one_request_and_no_connection_when_warm(stage: Any) -> None:
    await stage.client.say("help")
    stage.requests.clear()
    stage.connections.clear()
    tokens, asked = stage.connector.state.tokens_issued, len(stage.authority.requests)
    for number in range(20):
        here = personal(ADA) if number % 2 else group(ADA, BEN)
        await stage.client.say("help", conversation=here)
    assert len(stage.requests) == 20
    assert stage.connections == []
    assert stage.connector.state.tokens_issued == tokens == 1
    assert len(stage.authority.requests) == asked


async def test_token_and_keys_are_fetched_once_when_cold(stage: Any) -> None:
    import asyncio

    await asyncio.gather(*(stage.client.say("help") for _ in range(6)))
    assert stage.connector.state.tokens_issued == 1
    assert sum("openid" in request or "keys" in request for request in stage.requests) == 2
