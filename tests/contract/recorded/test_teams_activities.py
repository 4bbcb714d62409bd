"""What the simulated Teams sends has the fields that Teams was seen to send, and no others."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.simulator.connector import ADA, BEN, SimulatedConnector, TeamsClient, channel, group, personal
from bot.simulator.connector import inbound_activity as inbound
from bot.simulator.loopback_listener import listen
from tests.contract.recorded.shapes import shapes

SHAPES = shapes("teams_activities")
CHAT, GROUP, CHANNEL = personal(ADA), group(ADA, BEN), channel("Licenses", ADA, BEN)
PLACES = {"personal": CHAT, "group": GROUP, "channel": CHANNEL}


class Recorder:
    """A bot that keeps what it gets."""

    def __init__(self, client: TeamsClient, got: list[dict[str, Any]]) -> None:
        self.client = client
        self.got = got


@pytest.fixture
async def teams() -> AsyncIterator[Recorder]:
    got: list[dict[str, Any]] = []

    async def messages(request: web.Request) -> web.Response:
        got.append(await request.json())
        return web.Response()

    app = web.Application()
    app.add_routes([web.post("/api/messages", messages)])
    listening = await listen(app)
    async with SimulatedConnector() as connector, TeamsClient(connector, f"{listening.url}/api/messages") as client:
        yield Recorder(client, got)
    await listening.close()


def check(name: str, activity: dict[str, Any]) -> None:
    assert SHAPES[name].differences(activity) == []


@pytest.mark.parametrize("place", PLACES)
async def test_message_has_the_recorded_fields(teams: Recorder, place: str) -> None:
    await teams.client.say("usage", conversation=PLACES[place])
    check(f"message_{place}", teams.got[0])


@pytest.mark.parametrize("place", PLACES)
async def test_installation_has_the_recorded_fields(teams: Recorder, place: str) -> None:
    await teams.client.install(conversation=PLACES[place])
    installed, added = teams.got
    check(f"installation_{place}", installed)
    check("added_team" if place == "channel" else f"added_{place}", added)
    await teams.client.uninstall(conversation=PLACES[place])
    check(f"installation_{place}", teams.got[-1])


@pytest.mark.parametrize("team", [True, False])
async def test_departure_has_the_recorded_fields(teams: Recorder, team: bool) -> None:
    await teams.client.leave(BEN, CHANNEL, team=team)
    check("removed_team" if team else "removed_channel", teams.got[0])


@pytest.mark.parametrize("verb", ["", "ask"])
@pytest.mark.parametrize("place", PLACES)
async def test_press_has_the_recorded_fields(teams: Recorder, place: str, verb: str) -> None:
    await teams.client.press({"do": "ask"}, reply_to="1700000000001", conversation=PLACES[place], verb=verb)
    check(f"press_{place}", teams.got[0])


async def test_change_of_a_message_has_the_recorded_fields(teams: Recorder) -> None:
    said = await teams.client.say("usage")
    changes: list[tuple[str, Callable[[], Awaitable[Any]]]] = [
        ("message_edited", lambda: teams.client.edit(said, "usage by product")),
        ("message_deleted", lambda: teams.client.delete(said)),
        ("message_edited", lambda: teams.client.undelete(said)),
    ]
    for name, change in changes:
        await change()
        check(name, teams.got[-1])


@pytest.mark.parametrize("place", PLACES)
async def test_reaction_has_the_recorded_fields(teams: Recorder, place: str) -> None:
    base = teams.client.new("messageReaction", PLACES[place], ADA)
    check("reaction", inbound.as_reaction(base, "like", "1700000000001"))
