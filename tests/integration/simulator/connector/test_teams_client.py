"""Tests that the Teams client sends what Teams sends and returns the bot's answer."""

from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest

from bot.simulator.connector import ADA, BEN, SimulatedConnector, TeamsClient, channel, group, personal


@pytest.fixture
async def teams(keeper: Any) -> AsyncIterator[TeamsClient]:
    async with SimulatedConnector() as connector, TeamsClient(connector, keeper.url) as client:
        yield client


async def test_a_typed_sentence_arrives_with_everything_teams_puts_in(teams: TeamsClient, keeper: Any) -> None:
    delivered = await teams.say("usage for TEST COMPANY", from_=BEN)
    (activity,) = keeper.activities
    assert delivered.status == 201
    assert activity["text"] == "usage for TEST COMPANY"
    assert activity["channelId"] == "msteams"
    assert activity["from"] == {"id": BEN.id, "name": BEN.name, "aadObjectId": BEN.object_id}
    assert activity["recipient"]["id"] == teams.connector.bot_id
    assert activity["conversation"] == {
        "conversationType": "personal",
        "tenantId": BEN.tenant_id,
        "id": personal(BEN).id,
    }
    assert activity["channelData"] == {"tenant": {"id": BEN.tenant_id}}
    assert activity["entities"][-1]["timezone"] == "Europe/Amsterdam"
    assert activity["serviceUrl"] == teams.connector.service_url


async def test_the_bearer_is_a_channel_token_for_this_bot(teams: TeamsClient, keeper: Any) -> None:
    await teams.say("hi")
    claims = jwt.decode(keeper.bearers[0].removeprefix("Bearer "), options={"verify_signature": False})
    assert claims["aud"] == teams.connector.app_id


async def test_an_anonymous_connector_sends_no_bearer(keeper: Any) -> None:
    async with SimulatedConnector(anonymous=True) as connector, TeamsClient(connector, keeper.url) as client:
        await client.say("hi")
    assert keeper.bearers == [""]


@pytest.mark.parametrize("conversation", [group(ADA, BEN), channel("Licenses", ADA, BEN).thread("17")])
async def test_bot_is_mentioned_outside_a_private_chat(teams: TeamsClient, keeper: Any, conversation: Any) -> None:
    await teams.say("help", conversation=conversation)
    (activity,) = keeper.activities
    assert activity["text"] == "<at>License usage</at> help\n"
    assert activity["entities"][0]["mentioned"]["id"] == teams.connector.bot_id
    assert activity["conversation"]["isGroup"] is True


async def test_a_press_is_an_invoke_whose_answer_is_a_card(teams: TeamsClient, keeper: Any) -> None:
    delivered = await teams.press({"v": 1, "do": "ask"}, reply_to="17")
    (activity,) = keeper.activities
    assert (activity["type"], activity["name"], activity["replyToId"]) == ("invoke", "adaptiveCard/action", "17")
    assert activity["value"]["action"]["data"] == {"v": 1, "do": "ask"}
    assert delivered.card == {"type": "AdaptiveCard", "version": "1.5", "body": []}


async def test_installation_is_sent_before_the_members(teams: TeamsClient, keeper: Any) -> None:
    await teams.install()
    await teams.uninstall()
    assert [(a["type"], a.get("action")) for a in keeper.activities] == [
        ("installationUpdate", "add"),
        ("conversationUpdate", None),
        ("installationUpdate", "remove"),
    ]
    assert keeper.activities[1]["membersAdded"][0]["id"] == teams.connector.bot_id


@pytest.mark.parametrize(("team", "event"), [(True, "teamMemberRemoved"), (False, "channelMemberRemoved")])
async def test_person_who_leaves_is_reported_without_a_name(
    teams: TeamsClient, keeper: Any, event: str, *, team: bool
) -> None:
    sales = channel("sales", ADA, BEN)
    teams.connector.state.join(sales)
    await teams.leave(BEN, sales, team=team)
    (activity,) = keeper.activities
    assert activity["membersRemoved"] == [{"id": BEN.id}]
    assert activity["channelData"]["eventType"] == event
    assert activity["conversation"]["id"] == (sales.team_id if team else sales.id)
    assert [each["id"] for each in teams.connector.state.conversation(sales.id).roster()] == [ADA.id]


async def test_activity_ids_are_never_twice_the_same(teams: TeamsClient, keeper: Any) -> None:
    for _ in range(5):
        await teams.say("hi")
    assert len({activity["id"] for activity in keeper.activities}) == 5


async def test_waiting_times_out_when_no_message_comes(teams: TeamsClient) -> None:
    with pytest.raises(TimeoutError):
        await teams.connector.next_message(timeout=0.01)


async def test_changed_messages_keep_their_id_and_say_what_happened(teams: TeamsClient, keeper: Any) -> None:
    where = channel("Licenses", ADA, BEN)
    said = await teams.say("one", conversation=where)
    await teams.edit(said, "two", conversation=where)
    await teams.delete(said, conversation=where)
    await teams.undelete(said, conversation=where)
    _, edited, deleted, undeleted = keeper.activities
    assert {each["id"] for each in keeper.activities} == {said.activity["id"]}
    assert [each["type"] for each in (edited, deleted, undeleted)] == [
        "messageUpdate",
        "messageDelete",
        "messageUpdate",
    ]
    events = [each["channelData"]["eventType"] for each in (edited, deleted, undeleted)]
    assert events == ["editMessage", "softDeleteMessage", "undeleteMessage"]
    texts = ["<at>License usage</at> two\n", False, "<at>License usage</at> one\n"]
    assert [edited["text"], "text" in deleted, undeleted["text"]] == texts
    assert edited["attachments"][0]["content"].endswith("License usage</span>&nbsp;two</p>")
    assert {each["conversation"]["id"] for each in keeper.activities} == {where.thread(said.activity["id"]).id}
