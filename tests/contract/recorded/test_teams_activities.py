"""What the simulated Teams sends has the fields that Teams was seen to send, and no others."""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from aiohttp import web

from bot.simulator.connector import (
    ADA,
    BEN,
    Delivered,
    Posted,
    SimulatedConnector,
    SimulatedConversation,
    TeamsClient,
    channel,
    group,
    personal,
)
from bot.simulator.connector import inbound_activity as inbound
from bot.simulator.connector.activity_checks import FILE_CONSENT
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


Act = Callable[[TeamsClient], Awaitable[Any]]
CARD = {"tokenExchangeResource": {"id": "1"}, "connectionName": "entra"}
FILE = {"acceptContext": {"file": "1"}, "declineContext": {"file": "1"}}
CONSENT = {"attachments": [{"contentType": FILE_CONSENT, "name": "usage.xlsx", "content": FILE}]}
QUERY = {
    "commandId": "search",
    "parameters": [{"name": "customer", "value": "contoso"}],
    "queryOptions": {"skip": 0, "count": 25},
}
FORM = {"commandId": "ask", "commandContext": "compose", "requestId": "1", "context": {"theme": "default"}}
SUBMITTED = FORM | {"data": {"customer": "contoso"}}
REPLY = "1700000000001"


def saying(where: SimulatedConversation) -> tuple[Act, ...]:
    return (lambda client: client.say("usage", conversation=where),)


def pressing(where: SimulatedConversation) -> tuple[Act, ...]:
    def press(verb: str) -> Act:
        return lambda client: client.press({"do": "ask"}, reply_to=REPLY, conversation=where, verb=verb)

    return press(""), press("ask")


def editing(where: SimulatedConversation) -> tuple[Act, ...]:
    async def edit(client: TeamsClient) -> Delivered:
        return await client.edit(await client.say("usage", conversation=where), "usage by product", conversation=where)

    async def undelete(client: TeamsClient) -> Delivered:
        said = await client.say("usage", conversation=where)
        await client.delete(said, conversation=where)
        return await client.undelete(said, conversation=where)

    return edit, undelete


def deleting(where: SimulatedConversation) -> tuple[Act, ...]:
    async def delete(client: TeamsClient) -> Delivered:
        return await client.delete(await client.say("usage", conversation=where), conversation=where)

    return (delete,)


def installing(where: SimulatedConversation) -> tuple[Act, ...]:
    return *adding(where), lambda client: client.uninstall(conversation=where)


def adding(where: SimulatedConversation) -> tuple[Act, ...]:
    return (lambda client: client.install(conversation=where),)


def reacting(where: SimulatedConversation) -> Act:
    return lambda client: client.post(inbound.as_reaction(client.new("messageReaction", where, ADA), "like", REPLY))


def exchanging(where: SimulatedConversation) -> Act:
    return lambda client: client.exchange(CARD, "token", conversation=where)


def verifying(where: SimulatedConversation) -> tuple[Act, ...]:
    return (lambda client: client.verify_state("", REPLY, conversation=where),)


def answering(*, accept: bool) -> tuple[Act, ...]:
    return (lambda client: client.consent(Posted("sent", REPLY, CHAT.id, CONSENT), accept=accept),)


def extending(name: str, value: object) -> tuple[Act, ...]:
    def act(where: SimulatedConversation) -> Act:
        return lambda client: client.extend(name, value, conversation=where)

    return tuple(map(act, PLACES.values()))


def everywhere(act: Callable[[TeamsClient, SimulatedConversation], Awaitable[Any]]) -> tuple[Act, ...]:
    return tuple(partial(_here, act, where) for where in PLACES.values())


def _here(act: Any, where: SimulatedConversation, client: TeamsClient) -> Awaitable[Any]:
    done: Awaitable[Any] = act(client, where)
    return done


SENT: dict[str, tuple[Act, ...]] = {
    "message_personal": saying(CHAT),
    "message_group": saying(GROUP),
    "message_channel": saying(CHANNEL),
    "message_edited": editing(CHAT),
    "message_edited_channel": editing(CHANNEL),
    "message_deleted": deleting(CHAT),
    "message_deleted_channel": deleting(CHANNEL),
    "slash_command": (lambda client: client.slash("usage", conversation=GROUP),),
    "slash_command_channel": (lambda client: client.slash("usage", conversation=CHANNEL),),
    "reaction": tuple(map(reacting, PLACES.values())),
    "installation_personal": installing(CHAT),
    "installation_group": installing(GROUP),
    "installation_channel": installing(CHANNEL),
    "added_personal": adding(CHAT),
    "added_group": adding(GROUP),
    "added_team": adding(CHANNEL),
    "removed_team": (lambda client: client.leave(BEN, CHANNEL, team=True),),
    "removed_channel": (lambda client: client.leave(BEN, CHANNEL),),
    "press_personal": pressing(CHAT),
    "press_group": pressing(GROUP),
    "press_channel": pressing(CHANNEL),
    "token_exchange": tuple(map(exchanging, (CHAT, GROUP))),
    "verify_state": verifying(CHAT),
    "verify_state_group": verifying(GROUP),
    "verify_state_channel": verifying(CHANNEL),
    "sign_in_failure": everywhere(lambda client, where: client.sign_in_failed("tokenmissing", conversation=where)),
    "file_accepted": answering(accept=True),
    "file_declined": answering(accept=False),
    "look_up": (
        *everywhere(lambda client, where: client.look_up("contoso", "customer", conversation=where)),
        lambda client: client.look_up("contoso", "customer", inputs={"box": "1"}),
    ),
    "extension_query": extending("query", QUERY),
    "extension_form": extending("fetchTask", FORM),
    "extension_submitted": extending("submitAction", SUBMITTED),
}


@pytest.mark.parametrize("name", SHAPES)
async def test_activity_has_the_recorded_fields(teams: Recorder, name: str) -> None:
    for act in SENT[name]:
        await act(teams.client)
        kind = "installationUpdate" if name.startswith("installation") else teams.got[-1]["type"]
        sent = [each for each in teams.got if each["type"] == kind]
        assert SHAPES[name].differences(sent[-1]) == []


def test_no_activity_is_sent_that_was_not_recorded() -> None:
    assert SENT.keys() == SHAPES.keys()
