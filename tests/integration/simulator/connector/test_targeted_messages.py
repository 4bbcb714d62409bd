"""Messages for one person, which no other member of the conversation sees."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.simulator.connector import ADA, BEN, Person, SimulatedConnector, TeamsClient, channel, group, personal
from bot.simulator.connector.conversations.posted_messages import TARGETED_SECONDS
from bot.simulator.connector.conversations.targeted_sends import TargetedRefusal
from bot.simulator.connector.teams_people import guid
from tests.integration.simulator.connector.conftest import Wire

PLACES = [group(ADA, BEN), channel("Licenses", ADA, BEN), channel("Licenses", ADA, BEN).thread("17")]
STRANGER = Person("Eve", guid("eve"))
TO_ADA = {"type": "message", "text": "Hello", "recipient": {"id": ADA.id, "isTargeted": True}}
DONE = {"type": "message", "text": "Done"}
ONLY = "?isTargetedActivity=true"


def path(where: Any, activity_id: str = "", query: str = ONLY) -> str:
    end = f"/{activity_id}" if activity_id else ""
    return f"v3/conversations/{where.id}/activities{end}{query}"


def texts(wire: Any, where: Any, person: Person | None = None) -> list[str]:
    return [each["text"] for each in wire.connector.state.shown(where.id, person)]


@pytest.mark.parametrize("where", PLACES)
async def test_targeted_message_is_seen_by_one_person(wire: Any, where: Any) -> None:
    status, answer = await wire.call("POST", path(where), json=TO_ADA)
    posted = await wire.connector.next_message()
    assert (status, answer) == (202, {"id": posted.id})
    assert (posted.reader, posted.is_seen_by(ADA.id), posted.is_seen_by(BEN.id)) == (ADA.id, True, False)
    assert [texts(wire, where, each) for each in (ADA, BEN, None)] == [["Hello"], [], []]


async def test_reply_is_targeted_too(wire: Any) -> None:
    assert (await wire.call("POST", path(PLACES[0], "17"), json=TO_ADA))[0] == 202
    assert texts(wire, PLACES[0], BEN) == []


async def test_everybody_sees_a_message_without_the_query_string(wire: Any) -> None:
    assert (await wire.call("POST", path(PLACES[0], query=""), json=TO_ADA))[0] == 201
    posted = await wire.connector.next_message()
    assert (posted.reader, texts(wire, PLACES[0], BEN)) == (None, ["Hello"])


@pytest.mark.parametrize(
    ("where", "recipient"),
    [
        (personal(ADA), {"id": ADA.id, "isTargeted": True}),
        (PLACES[0], None),
        (PLACES[0], {"id": ADA.id}),
        (PLACES[0], {"isTargeted": True}),
        (PLACES[0], {"id": ADA.object_id, "isTargeted": True}),
        (PLACES[0], {"id": STRANGER.id, "isTargeted": True}),
    ],
)
async def test_targeted_message_without_a_member_to_see_it_is_refused(wire: Any, where: Any, recipient: Any) -> None:
    activity = {**DONE, "recipient": recipient} if recipient else DONE
    status, answer = await wire.call("POST", path(where), json=activity)
    assert (status, answer["error"]["code"]) == (400, "BadArgument")
    assert wire.connector.transcript.entries == []


async def test_changes_of_a_targeted_message_are_seen_by_its_reader(wire: Any) -> None:
    where = PLACES[0]
    _, sent = await wire.call("POST", path(where), json=TO_ADA)
    assert (await wire.call("PUT", path(where, sent["id"]), json=TO_ADA))[0] == 400
    assert (await wire.call("PUT", path(where, sent["id"]), json=DONE))[0] == 200
    assert [texts(wire, where, each) for each in (ADA, BEN)] == [["Done"], []]
    assert (await wire.call("DELETE", path(where, sent["id"])))[0] == 200
    assert texts(wire, where, ADA) == []
    changes = [(each.kind, each.reader) for each in wire.connector.transcript.entries]
    assert changes == [("sent", ADA.id), ("updated", ADA.id), ("deleted", ADA.id)]


async def test_query_string_of_a_change_must_be_that_of_the_message(wire: Any) -> None:
    where = PLACES[0]
    _, targeted = await wire.call("POST", path(where), json=TO_ADA)
    _, public = await wire.call("POST", path(where, query=""), json=DONE)
    for activity_id, query in ((targeted["id"], ""), (public["id"], ONLY)):
        for method in ("PUT", "DELETE"):
            status, answer = await wire.call(method, path(where, activity_id, query), json=DONE)
            assert (status, answer["error"]["code"]) == (404, "ActivityNotFoundInConversation")


async def test_targeted_message_disappears_after_a_day() -> None:
    moments = [0.0]
    async with (
        SimulatedConnector(anonymous=True, clock=lambda: moments[0]) as connector,
        aiohttp.ClientSession() as session,
    ):
        wire, where = Wire(connector, session), PLACES[0]
        _, sent = await wire.call("POST", path(where), json=TO_ADA)
        moments[0] = TARGETED_SECONDS - 1
        assert texts(wire, where, ADA) == ["Hello"]
        moments[0] = TARGETED_SECONDS
        assert texts(wire, where, ADA) == []
        assert (await wire.call("PUT", path(where, sent["id"]), json=DONE))[0] == 404


@pytest.fixture
async def client(wire: Any, keeper: Any) -> AsyncIterator[TeamsClient]:
    async with TeamsClient(wire.connector, keeper.url) as opened:
        yield opened


async def test_nobody_else_can_press_a_button_of_it(wire: Any, keeper: Any, client: TeamsClient) -> None:
    _, sent = await wire.call("POST", path(PLACES[0]), json=TO_ADA)
    with pytest.raises(ValueError, match="Ben Broker does not see this message"):
        await client.press({}, reply_to=sent["id"], conversation=PLACES[0], from_=BEN)
    assert keeper.activities == []
    await client.press({}, reply_to=sent["id"], conversation=PLACES[0], from_=ADA)
    assert len(keeper.activities) == 1


@pytest.mark.parametrize(
    ("reason", "status", "code"),
    [
        (TargetedRefusal.NOT_ENABLED, 403, "ApiNotEnabledException"),
        (TargetedRefusal.BAD_ARGUMENT, 400, "BadArgument"),
        (TargetedRefusal.NOT_IN_ROSTER, 404, "BotNotInConversationRoster"),
    ],
)
@pytest.mark.parametrize("where", PLACES)
async def test_conversation_may_refuse_them_and_take_others(
    wire: Any, where: Any, reason: TargetedRefusal, status: int, code: str
) -> None:
    wire.connector.state.take_no_targeted(where, reason)
    refused, answer = await wire.call("POST", path(where), json=TO_ADA)
    assert (refused, answer["error"]["code"]) == (status, code)
    assert texts(wire, where, ADA) == []
    assert (await wire.call("POST", path(where, query=""), json=TO_ADA))[0] == 201
