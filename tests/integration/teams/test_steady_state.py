"""What a turn costs on the wire once the bot is warm: one request, on a connection that is open already."""

from typing import Any

from bot.simulator.connector import ADA, BEN, group, personal


async def test_a_warm_turn_makes_one_request_and_no_connection(stage: Any) -> None:
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


async def test_a_cold_bot_fetches_its_token_and_the_keys_once(stage: Any) -> None:
    import asyncio

    await asyncio.gather(*(stage.client.say("help") for _ in range(6)))
    assert stage.connector.state.tokens_issued == 1
    assert sum("openid" in request or "keys" in request for request in stage.requests) == 2
