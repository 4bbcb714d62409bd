"""Installation events of Teams are reported to the listeners of digests."""

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
class RecordingListener:
    """A listener that records its calls.

    It fails while `broken`, or the next `failures` times.
    """

    gone_from: list[tuple[str, str]] = field(default_factory=list)
    back_in: list[tuple[str, str]] = field(default_factory=list)
    people: list[tuple[str, str, frozenset[str]]] = field(default_factory=list)
    references: list[tuple[Caller, Conversation]] = field(default_factory=list)
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

    async def left(self, tenant_id: str, conversation_id: str, people: frozenset[str]) -> None:
        await self.note("left")
        self.people.append((tenant_id, conversation_id, people))

    async def note(self, what: str) -> None:
        self.failures -= 1
        if self.failures >= 0:
            raise StoreError("the database failed")
        await asyncio.sleep(self.slow)
        self.slow /= 4
        self.order.append(what)

    async def seen(self, caller: Caller, here: Conversation) -> None:
        self.references.append((caller, here))
        if self.broken:
            raise StoreError("the database failed")


@pytest.fixture
def listener() -> RecordingListener:
    return RecordingListener()


@pytest.fixture
async def stage(open_stage: Any, listener: RecordingListener) -> Any:
    async with open_stage(listeners=Listeners(listener, listener)) as opened:
        yield opened


async def update(stage: Any, where: SimulatedConversation, **fields: Any) -> None:
    activity = stage.client.new("conversationUpdate", where, ADA) | fields
    assert (await stage.client.post(activity)).status == 200
    await stage.quiet()


def event(name: str, where: SimulatedConversation, channel_id: str | None = None) -> dict[str, Any]:
    return where.channel_data() | {"eventType": name, "channel": {"id": channel_id or where.channel_id}}


async def test_removal_and_addition_of_the_app_are_reported(stage: Any, listener: RecordingListener) -> None:
    await stage.client.uninstall(conversation=group(ADA, BEN))
    await stage.client.install(conversation=group(ADA, BEN))
    await stage.quiet()
    assert listener.gone_from == [(ADA.tenant_id, group(ADA, BEN).id)]
    assert set(listener.back_in) == {(ADA.tenant_id, group(ADA, BEN).id)}


async def test_removal_from_a_team_is_reported_for_the_team(stage: Any, listener: RecordingListener) -> None:
    await stage.client.uninstall(conversation=SALES)
    await stage.quiet()
    assert listener.gone_from == [(ADA.tenant_id, SALES.team_id)]


async def test_upgrade_is_not_reported(stage: Any, listener: RecordingListener) -> None:
    for action in ("remove-upgrade", "add-upgrade"):
        await stage.client.post(as_installation(stage.client.new("installationUpdate", personal(ADA), ADA), action))
    await stage.quiet()
    assert listener.gone_from == listener.back_in == []


async def test_removal_of_a_member_is_no_removal_of_the_bot(stage: Any, listener: RecordingListener) -> None:
    await stage.client.leave(BEN, group(ADA, BEN))
    await stage.quiet()
    assert listener.people == [(ADA.tenant_id, group(ADA, BEN).id, frozenset({BEN.id}))]
    assert listener.gone_from == []
    await update(stage, group(ADA, BEN), membersRemoved=[{"id": stage.connector.bot_id}])
    assert listener.gone_from == [(ADA.tenant_id, group(ADA, BEN).id)]
    assert len(listener.people) == 1


async def test_people_are_reported_with_both_ids_beside_the_bot(stage: Any, listener: RecordingListener) -> None:
    ben = {"id": BEN.id, "aadObjectId": BEN.object_id.upper()}
    await update(stage, SALES.thread("1"), membersRemoved=[{"id": stage.connector.bot_id}, ben, {}])
    assert listener.people == [(ADA.tenant_id, SALES.id, frozenset({BEN.id, BEN.object_id}))]
    assert listener.gone_from == [(ADA.tenant_id, SALES.id)]


@pytest.mark.parametrize("team", [True, False])
async def test_person_who_is_removed_is_reported_for_team_or_channel(
    stage: Any, listener: RecordingListener, *, team: bool
) -> None:
    await stage.client.leave(BEN, SALES, team=team)
    await stage.quiet()
    assert listener.people == [(ADA.tenant_id, SALES.team_id if team else SALES.id, frozenset({BEN.id}))]


async def test_removal_from_a_channel_is_reported_for_the_channel_only(stage: Any, listener: RecordingListener) -> None:
    await update(stage, SALES.thread("1"), membersRemoved=[{"id": stage.connector.bot_id}])
    assert listener.gone_from == [(ADA.tenant_id, SALES.id)]


async def test_events_of_a_conversation_are_reported_in_order(stage: Any, listener: RecordingListener) -> None:
    listener.slow = 0.1
    for action in ("remove", "add", "remove"):
        new = stage.client.new("installationUpdate", group(ADA, BEN), ADA)
        await stage.client.post(as_installation(new, action))
    await stage.quiet()
    assert listener.order == ["gone", "back", "gone"]


async def test_event_is_reported_again_when_it_could_not_be_stored(stage: Any, listener: RecordingListener) -> None:
    listener.failures = 1
    await stage.client.uninstall(conversation=group(ADA, BEN))
    await stage.quiet()
    assert listener.order == ["gone"]


async def test_deletion_of_a_channel_is_reported_from_another_channel(stage: Any, listener: RecordingListener) -> None:
    await update(stage, SALES, channelData=event("channelDeleted", SALES, "19:other@thread.tacv2"))
    await update(stage, SALES, channelData=event("channelRestored", SALES, "19:other@thread.tacv2"))
    await update(stage, SALES, channelData=event("channelRenamed", SALES, "19:other@thread.tacv2"))
    assert listener.gone_from == listener.back_in == [(ADA.tenant_id, "19:other@thread.tacv2")]


@pytest.mark.parametrize(("ending", "beginning"), [("teamDeleted", "teamRestored"), ("teamArchived", "teamUnarchived")])
async def test_team_is_reported_when_it_stops_and_starts_taking_messages(
    stage: Any, listener: RecordingListener, ending: str, beginning: str
) -> None:
    await update(stage, SALES, channelData=event(ending, SALES))
    await update(stage, SALES, channelData=event(beginning, SALES))
    assert listener.gone_from == listener.back_in == [(ADA.tenant_id, SALES.team_id)]


async def test_reference_is_reported_once_per_person_and_when_it_changes(
    stage: Any, listener: RecordingListener
) -> None:
    for person in (ADA, ADA, BEN):
        await stage.client.say("help", conversation=SALES.thread("1"), from_=person)
        await stage.quiet()
    assert [(caller.object_id, here.conversation_id) for caller, here in listener.references] == [
        (ADA.object_id, SALES.id),
        (BEN.object_id, SALES.id),
    ]
    moved = stage.client.new("message", SALES, ADA) | {"text": "help"}
    moved["serviceUrl"] = elsewhere = moved["serviceUrl"].removesuffix("/")
    token = stage.connector.channel_token(service_url=elsewhere)
    assert (await stage.client.post(moved, token=token)).status == 200
    await stage.quiet()
    assert len(listener.references) == 3
    assert elsewhere in listener.references[-1][1].reference


async def test_reference_is_reported_again_when_it_could_not_be_stored(stage: Any, listener: RecordingListener) -> None:
    listener.broken = True
    for _ in range(2):
        assert (await stage.client.say("help")).status == 200
        await stage.quiet()
    assert len(listener.references) == 2


async def test_handler_receives_the_conversation_of_question_and_button(stage: Any) -> None:
    await stage.client.say("help", conversation=SALES.thread("1"))
    await stage.client.press({"v": 1, "do": "ask", "text": "help"}, conversation=SALES.thread("1"), reply_to="1")
    await stage.quiet()
    assert [(here.conversation_id, here.kind, here.team_id) for here in stage.answers.here] == [
        (SALES.id, ConversationKind.CHANNEL, SALES.team_id)
    ] * 2
