"""Digests of people who left their conversation: nothing is posted there any more."""

import time
from typing import Any

import pytest

from bot.simulator.connector import BEN, OrderedFailure, SimulatedConversation, group
from bot.simulator.connector.blocked_conversations import Blockage
from bot.simulator.connector.teams_people import ADA, Person, guid
from tests.integration.digests.chat.posted import buttons_of, lines_of, text_of
from tests.integration.digests.chat.room import BENS_CHAT, CHANNEL, CHAT, GROUP
from tests.integration.teams.sign_in.conftest import spoken

LEFT = (
    "You are no longer a member of the conversation it is posted to, so I post nothing there. "
    "If you are a member again, press “Resume” or type “resume digest 1”."
)
GUEST = Person("Gail Guest", guid("gail"), role="guest")
WITH_GUEST = group(ADA, GUEST)
ONCE = "digest in 5 minutes usage for TEST COMPANY on Exchange"
LISTED = "Suspended, because its owner is no longer a member where it was set up"


def state_of(room: Any) -> Any:
    return room.stage.connector.state


def roster_fails(room: Any, failure: OrderedFailure) -> None:
    room.stage.connector.fail_roster(*[failure] * 50)


@pytest.mark.parametrize(
    ("where", "team"), [(CHANNEL, True), (CHANNEL, False), (GROUP, False)], ids=["team", "channel", "group chat"]
)
async def test_digest_is_suspended_at_once_and_its_owner_brings_it_back(
    room: Any, where: SimulatedConversation, *, team: bool
) -> None:
    await room.set_up(where)
    await room.stage.bot.client.leave(ADA, where, team=team)
    notified = await room.heard(CHAT)
    assert lines_of(notified)[:2] == ["Digest 1 is suspended", LEFT]
    assert LISTED in lines_of(await room.say("digests"))
    await room.due()
    await room.stage.bot.client.install(conversation=where.without(ADA))
    assert {each.conversation_id for each in await room.stage.quiet()} == {where.id}  # the welcome, no digest
    assert lines_of(await room.press(notified, "Resume"))[0] == "Digest 1 is active again"
    await room.due()
    assert lines_of(await room.heard(CHAT))[:2] == ["Digest 1 is suspended", LEFT]  # is no member yet
    state_of(room).join(where)
    assert lines_of(await room.say("resume digest 1"))[0] == "Digest 1 is active again"
    await room.due()
    assert spoken(await room.heard(where)).startswith("Digest 1.")
    await room.nothing_more()


async def test_all_of_the_owner_are_suspended_when_the_event_was_lost(room: Any) -> None:
    await room.stage.signed_in(BEN)
    for hour in (9, 10):
        await room.set_up(GROUP, f"digest every day at {hour} usage on Exchange")
    await room.set_up(GROUP, person=BEN)
    await room.set_up(CHANNEL)
    await room.stage.bot.client.leave(ADA, GROUP, quietly=True)
    await room.due(1, 3, 4)
    said = {each.conversation_id: each for each in [await room.stage.heard() for _ in range(4)]}
    assert set(said) == {CHAT.id, GROUP.id, CHANNEL.id}
    assert spoken(said[GROUP.id]).startswith("Digest 3.")
    await room.nothing_more()
    states = {each.number: each.state.value for each in await room.store.digests.all()}
    assert states == {1: "suspended", 2: "suspended", 3: "active", 4: "active"}
    assert await room.runs(1) == ["cancelled"]


async def test_run_by_hand_posts_nothing_after_its_owner_left(room: Any) -> None:
    await room.set_up(GROUP)
    assert lines_of(await room.say("run digest 1"))[0] == "Digest 1 is running"
    assert spoken(await room.heard(GROUP)).startswith("Digest 1.")  # its owner is known as a member now
    await room.stage.bot.client.leave(ADA, GROUP, quietly=True)
    for _ in range(2):
        assert lines_of(await room.say("run digest 1"))[0] == "Digest 1 is running"
        notified = await room.heard(CHAT)
        assert lines_of(notified)[:2] == ["Digest 1 is suspended", LEFT]
        assert buttons_of(notified) == ["Resume"]
        await room.nothing_more()
    assert await room.runs() == ["cancelled", "cancelled", "sent"]


async def test_single_time_is_posted_when_its_owner_came_back(room: Any) -> None:
    await room.set_up(GROUP, ONCE)
    await room.stage.bot.client.leave(ADA, GROUP, quietly=True)
    await room.due()
    assert lines_of(await room.heard(CHAT))[:2] == ["Digest 1 is suspended", LEFT]
    state_of(room).join(GROUP)
    assert lines_of(await room.say("resume digest 1"))[0] == "Digest 1 is active again"
    assert spoken(await room.heard(GROUP)).startswith("Digest 1.")
    await room.nothing_more()
    assert (await room.digest()).state == "done"


@pytest.mark.parametrize("failure", [OrderedFailure(503), OrderedFailure(500), OrderedFailure(429, retry_after=900)])
async def test_nothing_is_posted_or_suspended_while_the_roster_fails(room: Any, failure: OrderedFailure) -> None:
    await room.set_up(GROUP)
    roster_fails(room, failure)
    await room.due()

    async def tried() -> bool:
        found = await room.store.ledger.of(1)
        return bool(found) and found[0].state == "composed" and found[0].problem != ""

    await room.comes_true(tried)
    assert await room.stage.quiet() == []
    assert (await room.digest()).state == "active"


async def test_refusing_roster_counts_like_a_refused_message(room: Any) -> None:
    await room.set_up(GROUP)
    room.stage.connector.fail_roster(OrderedFailure(404, "ConversationNotFound"))
    await room.due()
    await room.nothing_more()
    digest = await room.digest()
    assert (digest.state, digest.refusals, digest.last) == ("active", 1, "refused")
    assert digest.next_due > time.time()
    await room.due()
    assert spoken(await room.heard(GROUP)).startswith("Digest 1.")


async def test_owner_is_told_once_that_guests_see_the_digest(room: Any) -> None:
    state_of(room).join(WITH_GUEST)
    await room.set_up(WITH_GUEST)
    await room.due()
    notified, posted = await room.heard(CHAT), await room.heard(WITH_GUEST)
    assert lines_of(notified)[0] == "Others can read Digest 1"
    assert "They see its figures too." in text_of(notified)
    assert spoken(posted).startswith("Digest 1.")
    await room.due()
    assert spoken(await room.heard(WITH_GUEST)).startswith("Digest 1.")
    await room.nothing_more()


async def test_notice_about_guests_is_tried_again_when_it_was_refused(room: Any) -> None:
    state_of(room).join(WITH_GUEST)
    await room.set_up(WITH_GUEST)
    state_of(room).trouble(CHAT, Blockage.BLOCKED)
    await room.due()
    assert spoken(await room.heard(WITH_GUEST)).startswith("Digest 1.")
    state_of(room).heal(CHAT)
    await room.due()
    assert lines_of(await room.heard(CHAT))[0] == "Others can read Digest 1"
    assert spoken(await room.heard(WITH_GUEST)).startswith("Digest 1.")
    await room.nothing_more()


async def test_digest_of_somebody_else_goes_on(room: Any) -> None:
    await room.stage.signed_in(BEN)
    await room.set_up(CHANNEL)
    await room.set_up(CHANNEL, person=BEN)
    await room.stage.bot.client.leave(BEN, CHANNEL, team=True)
    assert lines_of(await room.heard(BENS_CHAT))[0] == "Digest 2 is suspended"
    await room.due(1, 2)
    assert spoken(await room.heard(CHANNEL)).startswith("Digest 1.")
    await room.nothing_more()
