"""Activities have the fields that Teams was seen to send, and no others.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
"""

import re
from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest

from bot.simulator.connector import (
    ADA,
    BEN,
    CARA,
    GUS,
    OTHER_TENANT,
    TENANT,
    SimulatedConnector,
    TeamsClient,
    channel,
    group,
    personal,
)

SALES = channel("sales", ADA, BEN)
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
async def teams(keeper: Any) -> AsyncIterator[TeamsClient]:
    async with SimulatedConnector() as connector, TeamsClient(connector, keeper.url) as client:
        yield client


async def test_installation_names_a_language_but_no_person(teams: TeamsClient, keeper: Any) -> None:
    await teams.install(conversation=SALES)
    installed = keeper.activities[0]
    assert installed["from"] == {"id": ADA.id, "aadObjectId": ADA.object_id}
    assert installed["locale"] == ADA.locale
    assert installed["entities"] == [{"type": "clientInfo", "locale": ADA.locale, "platform": "Web"}]
    assert {"localTimezone", "localTimestamp"}.isdisjoint(installed)
    data = installed["channelData"]
    assert data["settings"] == {"selectedChannel": {"id": SALES.id}}
    assert data["source"] == {"name": "message"}
    assert set(data["team"]) == {"id", "name", "aadGroupId"}
    assert installed["conversation"]["id"] == SALES.team_id


async def test_conversation_update_tells_nothing_of_the_client(teams: TeamsClient, keeper: Any) -> None:
    await teams.install(conversation=SALES)
    added = keeper.activities[1]
    assert {"locale", "entities", "localTimezone", "localTimestamp"}.isdisjoint(added)
    assert added["from"] == {"id": ADA.id, "aadObjectId": ADA.object_id}
    assert set(added["channelData"]) == {"team", "eventType", "tenant"}
    assert added["channelData"]["eventType"] == "teamMemberAdded"
    assert set(added["channelData"]["team"]) == {"id", "name", "aadGroupId"}
    assert "tenantId" not in added["conversation"]


@pytest.mark.parametrize("where", [SALES, group(ADA, BEN)])
async def test_only_the_bot_is_new_in_a_team_or_group(teams: TeamsClient, keeper: Any, where: Any) -> None:
    await teams.install(conversation=where)
    assert keeper.activities[1]["membersAdded"] == [{"id": teams.connector.bot_id}]


async def test_person_is_new_in_a_private_chat_too(teams: TeamsClient, keeper: Any) -> None:
    await teams.install()
    newcomers = [{"id": teams.connector.bot_id}, {"id": ADA.id, "aadObjectId": ADA.object_id}]
    assert keeper.activities[1]["membersAdded"] == newcomers


async def test_every_message_of_a_channel_is_in_a_thread(teams: TeamsClient, keeper: Any) -> None:
    new = (await teams.say("help", conversation=SALES)).activity
    reply = (await teams.say("help", conversation=SALES.thread("17"))).activity
    pressed = (await teams.press({}, reply_to="18", conversation=SALES)).activity
    assert new["conversation"]["id"] == f"{SALES.id};messageid={new['id']}"
    assert reply["conversation"]["id"] == f"{SALES.id};messageid=17"
    assert pressed["conversation"]["id"] == f"{SALES.id};messageid=18"
    assert new["channelData"]["channel"] == {"id": SALES.id}


async def test_press_has_a_title_a_source_and_a_legacy_id(teams: TeamsClient, keeper: Any) -> None:
    await teams.press({"v": 1}, reply_to="17")
    await teams.press({"v": 1}, reply_to="17", verb="open")
    plain, named = keeper.activities
    assert plain["id"].startswith("f:")
    assert GUID.fullmatch(plain["id"].removeprefix("f:"))
    assert set(plain["value"]["action"]) == {"type", "title", "data"}
    assert named["value"]["action"]["verb"] == "open"
    assert plain["channelData"]["source"] == {"name": "message"}
    assert plain["channelData"]["legacy"]["replyToId"].startswith("1:")


async def test_service_url_names_the_tenant_and_the_token_agrees(teams: TeamsClient, keeper: Any) -> None:
    await teams.say("help")
    assert keeper.activities[0]["serviceUrl"] == f"{teams.connector.url}/amer/{TENANT}/"
    claims = jwt.decode(keeper.bearers[0].removeprefix("Bearer "), options={"verify_signature": False})
    assert set(claims) == {"aud", "exp", "iss", "nbf", "serviceurl"}
    assert claims["serviceurl"] == keeper.activities[0]["serviceUrl"]


async def test_html_copy_comes_with_a_mention_only(teams: TeamsClient, keeper: Any) -> None:
    await teams.say("usage for A & B", conversation=SALES)
    await teams.say("usage for A & B", conversation=personal(ADA))
    mentioned, plain = keeper.activities
    (html,) = mentioned["attachments"]
    span = '<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="0">License usage</span>'
    assert html == {"contentType": "text/html", "content": f"<p>{span}&nbsp;usage for A &amp; B</p>"}
    assert "attachments" not in plain


async def test_moments_have_seven_digits_of_a_second(teams: TeamsClient, keeper: Any) -> None:
    await teams.say("help")
    (said,) = keeper.activities
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z", said["timestamp"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}[+-]\d\d:\d\d", said["localTimestamp"])


async def test_shared_channel_names_the_tenants_of_channel_and_sender(teams: TeamsClient, keeper: Any) -> None:
    shared = channel("shared", ADA, CARA)
    await teams.say("help", conversation=shared, from_=CARA)
    await teams.say("help", conversation=shared, from_=ADA)
    named = [(each["conversation"]["tenantId"], each["channelData"]["tenant"]["id"]) for each in keeper.activities]
    assert named == [(TENANT, OTHER_TENANT), (TENANT, TENANT)]
    assert {each["serviceUrl"] for each in keeper.activities} == {f"{teams.connector.url}/amer/{TENANT}/"}


async def test_chat_of_another_tenant_has_its_own_service_url(teams: TeamsClient, keeper: Any) -> None:
    await teams.say("help", from_=CARA)
    (said,) = keeper.activities
    assert (said["conversation"]["tenantId"], said["channelData"]["tenant"]["id"]) == (OTHER_TENANT, OTHER_TENANT)
    assert said["serviceUrl"] == f"{teams.connector.url}/amer/{OTHER_TENANT}/"
    claims = jwt.decode(keeper.bearers[0].removeprefix("Bearer "), options={"verify_signature": False})
    assert claims["serviceurl"] == said["serviceUrl"]


async def test_guest_is_of_the_tenant_of_the_host_and_named_so(teams: TeamsClient, keeper: Any) -> None:
    here = channel("guests", ADA, GUS)
    await teams.say("help", conversation=here, from_=GUS)
    (said,) = keeper.activities
    assert said["channelData"]["tenant"] == {"id": TENANT}
    member = here.roster()[1]
    assert (member["userRole"], member["tenantId"]) == ("guest", TENANT)
    assert member["userPrincipalName"] == "gus.guest_partner.example#EXT#@host.example"


async def test_slash_command_is_a_message_for_the_bot_alone(teams: TeamsClient, keeper: Any) -> None:
    await teams.slash("help", conversation=SALES)
    (said,) = keeper.activities
    assert (said["type"], said["text"], said["recipient"]["isTargeted"]) == ("message", "help", True)
    assert "attachments" not in said


async def test_token_exchange_names_the_card_and_its_connection(teams: TeamsClient, keeper: Any) -> None:
    await teams.exchange({"connectionName": "", "tokenExchangeResource": {"id": "card"}}, "token")
    (invoke,) = keeper.activities
    assert (invoke["type"], invoke["name"], invoke["id"][:2]) == ("invoke", "signin/tokenExchange", "f:")
    assert invoke["value"] == {"id": "card", "connectionName": "", "token": "token"}
    assert invoke["channelData"]["source"] == {"name": "message"}
