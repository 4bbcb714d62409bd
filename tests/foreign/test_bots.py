"""Bots of three SDKs, unmodified and with their token checks on, hold conversations in simulated Teams."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.simulator.connector import ADA, BEN, SimulatedConversation, channel, group, personal
from tests.foreign.conftest import ForeignBot, running

BOTS = ("stock", "teams_sdk", "agents_sdk")
PLACES = [personal(ADA), group(ADA, BEN), channel("Licenses", ADA, BEN).thread("1700000000001")]


@pytest.fixture(params=BOTS)
async def bot(request: pytest.FixtureRequest, certificate: Any) -> AsyncIterator[ForeignBot]:
    async with running(request.param, certificate) as started:
        yield started


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.scope)
async def test_each_bot_answers_where_it_is_asked(bot: ForeignBot, place: SimulatedConversation) -> None:
    assert (await bot.client.say("hi", conversation=place)).status < 300
    posted = await bot.heard()
    assert posted.text == "Echo: hi"
    assert posted.conversation_id == place.id


async def test_each_bot_greets_when_it_is_added(bot: ForeignBot) -> None:
    await bot.client.install()
    assert (await bot.heard()).text == "Hello"


async def test_each_bot_posts_a_card_and_answers_its_button(bot: ForeignBot) -> None:
    await bot.client.say("card")
    posted = await bot.heard()
    (button,) = posted.card["actions"]
    pressed = await bot.client.press(button["data"], reply_to=posted.id)
    assert (pressed.status, pressed.body["value"]) == (200, "Pressed")


async def test_each_bot_changes_and_deletes_its_messages(bot: ForeignBot) -> None:
    await bot.client.say("change")
    first, second = await bot.heard(), await bot.heard()
    assert (first.text, second.text, second.id) == ("first", "second", first.id)
    await bot.client.say("delete")
    gone = await bot.heard()
    assert gone.text == "gone"


async def test_each_bot_reads_the_roster(bot: ForeignBot) -> None:
    await bot.client.say("members", conversation=group(ADA, BEN))
    assert (await bot.heard()).text == f"{ADA.name}, {BEN.name}"


FORGED: dict[str, dict[str, Any]] = {
    "of another bot": {"aud": "7e1a2b3c-0000-4000-8000-0000000000ff"},
    "that has expired": {"exp": 1_600_000_000, "nbf": 1_500_000_000},
}


@pytest.mark.parametrize("spoiled", FORGED)
async def test_each_bot_refuses_a_token(bot: ForeignBot, spoiled: str) -> None:
    client, connector = bot.client, bot.connector
    activity = client.new("message", personal(ADA), ADA) | {"text": "hi"}
    token = connector.channel_token(**FORGED[spoiled])
    assert (await client.post(activity, token=token)).status in {401, 403}
    await client.say("hi")
    assert (await bot.heard()).text == "Echo: hi"
    assert connector.transcript.unread() == []
