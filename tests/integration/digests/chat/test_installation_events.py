"""Conversations that accept no messages, for a while or forever.

Owners are notified in private.
"""

from typing import Any

from bot.simulator.connector import BEN
from bot.simulator.connector.blocked_conversations import Blockage
from tests.integration.digests.chat.posted import buttons_of, lines_of, text_of
from tests.integration.digests.chat.room import BENS_CHAT, CHANNEL, CHAT, GROUP
from tests.integration.teams.sign_in.conftest import spoken

SUSPENDED = (
    "I can't post where it was set up: I am no longer in that conversation, or an administrator blocked me. "
    "After I am added again, it resumes by itself."
)


async def test_digests_are_suspended_until_the_app_is_added_again(room: Any) -> None:
    await room.set_up(CHANNEL)
    await room.set_up(GROUP)
    client = room.stage.bot.client
    await client.uninstall(conversation=CHANNEL)
    assert lines_of(await room.heard(CHAT))[:2] == ["Digest 1 is suspended", SUSPENDED]
    assert "Suspended, because I can't post where it was set up" in text_of(await room.say("digests"))
    await room.due(1, 2)
    assert spoken(await room.heard(GROUP)).startswith("Digest 2.")
    await room.nothing_more()
    await client.install(conversation=CHANNEL)
    said = {each.conversation_id: lines_of(each) for each in await room.stage.quiet()}
    assert set(said) == {CHAT.id, CHANNEL.id}  # the conversation that gets the welcome message
    assert said[CHAT.id][0] == "Digest 1 is active again"
    await room.nothing_more()
    await room.due()
    assert spoken(await room.heard(CHANNEL)).startswith("Digest 1.")


async def test_removal_is_noticed_at_the_next_digest_when_no_event_arrived(room: Any) -> None:
    for hour, where in ((9, CHANNEL), (10, CHANNEL), (9, GROUP)):
        await room.set_up(where, f"digest every day at {hour} usage on Exchange")
    state = room.stage.connector.state
    state.trouble(CHANNEL, Blockage.NOT_IN_ROSTER)
    state.trouble(GROUP, Blockage.DISABLED)
    await room.due(1, 3)  # the channel's other digest is then suspended too
    told = sorted([lines_of(await room.heard(CHAT))[:2] for _ in range(3)])
    assert told == [[f"Digest {number} is suspended", SUSPENDED] for number in (1, 2, 3)]
    await room.nothing_more()
    assert await room.runs(1) == await room.runs(3) == ["failed"]
    state.heal(CHANNEL)
    await room.stage.bot.client.install(conversation=CHANNEL)
    await room.stage.quiet()
    assert [(await room.digest(number)).state for number in (1, 2, 3)] == ["active", "active", "suspended"]


async def test_digests_are_deleted_and_owners_notified_when_conversation_is_gone(room: Any) -> None:
    await room.stage.signed_in(BEN)
    await room.set_up(CHANNEL)
    await room.set_up(CHANNEL, person=BEN)
    await room.set_up(GROUP)
    room.stage.connector.state.trouble(CHANNEL, Blockage.DELETED)
    await room.due(1, 3)
    said = {each.conversation_id: each for each in [await room.stage.heard() for _ in range(3)]}
    gone = (
        "The conversation it was posted to no longer exists, so I deleted the digest. "
        "Set it up again where you want to read it."
    )
    assert lines_of(said[CHAT.id])[:2] == ["Digest 1 is deleted", gone]
    assert lines_of(said[BENS_CHAT.id])[:2] == ["Digest 2 is deleted", gone]
    assert spoken(said[GROUP.id]).startswith("Digest 3.")
    await room.nothing_more()
    assert [each.number for each in await room.store.digests.all()] == [3]


async def test_owner_who_blocked_the_bot_gets_no_notice_and_resumes_later(room: Any) -> None:
    await room.set_up(CHAT)
    room.stage.connector.state.trouble(CHAT, Blockage.BLOCKED)
    await room.due()
    await room.nothing_more()
    assert await room.runs() == ["failed"]
    room.stage.connector.state.heal(CHAT)
    listed = await room.say("digests")
    assert "Suspended, because I can't post where it was set up" in lines_of(listed)
    assert buttons_of(listed) == ["Resume", "Change", "Delete"]
    assert lines_of(await room.press(listed, "Resume"))[0] == "Digest 1 is active again"
    await room.due()
    assert spoken(await room.heard(CHAT)).startswith("Digest 1.")
