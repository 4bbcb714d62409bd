"""Where the bot may talk, as Teams tells it, reaches those who keep digests."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.errors import StoreError
from bot.simulator.connector import ADA, BEN, SimulatedConversation, channel, group, personal
from bot.simulator.connector.inbound_activity import as_installation
from bot.teams.turn.listeners import Listeners

SALES = channel("sales", ADA, BEN)


@dataclass
class Heard:
    """Notes what it hears; fails while `broken`, or the next `failures` times."""

    gone_from: list[tuple[str, str]] = field(default_factory=list)
    back_in: list[tuple[str, str]] = field(default_factory=list)
    ways: list[tuple[Caller, Conversation]] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    broken: bool = False
    failures: int = 0
    slow: float = 0.0

    async def gone(self, tenant_id: str, conversation_id: str) -> None:
        await self.note("gone")
        self.gone_from.append((tenant_id, conversation_id))

    async def back(self, tenant_id: str, conversation_id: str) -> None:
        await self.note("back")
        self.back_in.append((tenant_id, conversation_id))

    async def note(self, what: str) -> None:
        self.failures -= 1
        if self.failures >= 0:
            raise StoreError("the database failed")
        await asyncio.sleep(self.slow)
        self.slow /= 4
        self.order.append(what)

    async def seen(self, caller: Caller, here: Conversation) -> None:
        self.ways.append((caller, here))
        if self.broken:
            raise StoreError("the database failed")


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
async def stage(open_stage: Any, heard: Heard) -> Any:
    async with open_stage(listeners=Listeners(heard, heard)) as opened:
        yield opened


async def update(stage: Any, where: SimulatedConversation, **fields: Any) -> None:
    activity = stage.client.new("conversationUpdate", where, ADA) | fields
    assert (await stage.client.post(activity)).status == 200
    await stage.quiet()


def event(name: str, where: SimulatedConversation, channel_id: str | None = None) -> dict[str, Any]:
    return where.channel_data() | {"eventType": name, "channel": {"id": channel_id or where.channel_id}}


async def test_a_removed_app_is_gone_and_an_added_one_is_back(stage: Any, heard: Heard) -> None:
    await stage.client.uninstall(conversation=group(ADA, BEN))
    await stage.client.install(conversation=group(ADA, BEN))
    await stage.quiet()
    assert heard.gone_from == [(ADA.tenant_id, group(ADA, BEN).id)]
    assert set(heard.back_in) == {(ADA.tenant_id, group(ADA, BEN).id)}


async def test_in_a_team_it_is_the_whole_team(stage: Any, heard: Heard) -> None:
    await stage.client.uninstall(conversation=SALES)
    await stage.quiet()
    assert heard.gone_from == [(ADA.tenant_id, SALES.team_id)]


async def test_an_upgrade_is_neither(stage: Any, heard: Heard) -> None:
    for action in ("remove-upgrade", "add-upgrade"):
        await stage.client.post(as_installation(stage.client.new("installationUpdate", personal(ADA), ADA), action))
    await stage.quiet()
    assert heard.gone_from == heard.back_in == []


async def test_a_bot_that_is_removed_from_a_chat_is_gone_and_a_person_who_leaves_is_not(
    stage: Any, heard: Heard
) -> None:
    await update(stage, group(ADA, BEN), membersRemoved=[{"id": BEN.id}])
    assert heard.gone_from == []
    await update(stage, group(ADA, BEN), membersRemoved=[{"id": stage.connector.bot_id}])
    assert heard.gone_from == [(ADA.tenant_id, group(ADA, BEN).id)]


async def test_a_bot_that_is_taken_out_of_a_channel_stays_in_its_team(stage: Any, heard: Heard) -> None:
    await update(stage, SALES.thread("1"), membersRemoved=[{"id": stage.connector.bot_id}])
    assert heard.gone_from == [(ADA.tenant_id, SALES.id)]


async def test_what_happens_in_a_conversation_is_reported_in_its_order(stage: Any, heard: Heard) -> None:
    heard.slow = 0.1
    for action in ("remove", "add", "remove"):
        new = stage.client.new("installationUpdate", group(ADA, BEN), ADA)
        await stage.client.post(as_installation(new, action))
    await stage.quiet()
    assert heard.order == ["gone", "back", "gone"]


async def test_what_could_not_be_kept_is_reported_again(stage: Any, heard: Heard) -> None:
    heard.failures = 1
    await stage.client.uninstall(conversation=group(ADA, BEN))
    await stage.quiet()
    assert heard.order == ["gone"]


async def test_a_deleted_channel_is_gone_though_it_is_told_in_another(stage: Any, heard: Heard) -> None:
    await update(stage, SALES, channelData=event("channelDeleted", SALES, "19:other@thread.tacv2"))
    await update(stage, SALES, channelData=event("channelRestored", SALES, "19:other@thread.tacv2"))
    await update(stage, SALES, channelData=event("channelRenamed", SALES, "19:other@thread.tacv2"))
    assert heard.gone_from == heard.back_in == [(ADA.tenant_id, "19:other@thread.tacv2")]


@pytest.mark.parametrize(("ending", "beginning"), [("teamDeleted", "teamRestored"), ("teamArchived", "teamUnarchived")])
async def test_a_team_that_takes_no_messages_is_gone_until_it_does_again(
    stage: Any, heard: Heard, ending: str, beginning: str
) -> None:
    await update(stage, SALES, channelData=event(ending, SALES))
    await update(stage, SALES, channelData=event(beginning, SALES))
    assert heard.gone_from == heard.back_in == [(ADA.tenant_id, SALES.team_id)]


async def test_the_way_to_a_conversation_is_told_once_for_each_person_and_again_when_it_changes(
    stage: Any, heard: Heard
) -> None:
    for person in (ADA, ADA, BEN):
        await stage.client.say("help", conversation=SALES.thread("1"), from_=person)
        await stage.quiet()
    assert [(caller.object_id, here.conversation_id) for caller, here in heard.ways] == [
        (ADA.object_id, SALES.id),
        (BEN.object_id, SALES.id),
    ]
    moved = stage.client.new("message", SALES, ADA) | {"text": "help"}
    moved["serviceUrl"] = elsewhere = moved["serviceUrl"].removesuffix("/")
    token = stage.connector.channel_token(service_url=elsewhere)
    assert (await stage.client.post(moved, token=token)).status == 200
    await stage.quiet()
    assert len(heard.ways) == 3
    assert elsewhere in heard.ways[-1][1].reference


async def test_a_way_that_was_not_kept_is_told_again(stage: Any, heard: Heard) -> None:
    heard.broken = True
    for _ in range(2):
        assert (await stage.client.say("help")).status == 200
        await stage.quiet()
    assert len(heard.ways) == 2


async def test_who_answers_hears_where_it_was_asked_or_pressed(stage: Any) -> None:
    await stage.client.say("help", conversation=SALES.thread("1"))
    await stage.client.press({"v": 1, "do": "ask", "text": "help"}, conversation=SALES.thread("1"), reply_to="1")
    await stage.quiet()
    assert [(here.conversation_id, here.kind, here.team_id) for here in stage.answers.here] == [
        (SALES.id, ConversationKind.CHANNEL, SALES.team_id)
    ] * 2
