"""Conversations that accept no messages, for a while or forever.

Owners are notified in private.
"""

import time
from typing import Any

from bot.simulator.connector.blocked_conversations import Blockage
from tests.integration.digests.chat.posted import buttons_of, lines_of, text_of
from tests.integration.digests.chat.room import CHANNEL, CHAT, GROUP
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


async def test_owner_who_blocked_the_bot_gets_no_notice_and_resumes_later(room: Any) -> None:
    await room.set_up(CHAT)
    room.stage.connector.state.trouble(CHAT, Blockage.BLOCKED)
    await room.due()
    await room.nothing_more()
    since = time.time() - 25 * 3_600
    await room.store.digests.change(1, None, refusals=3, refused_since=since)
    await room.due()
    await room.nothing_more()
    assert await room.runs() == ["failed", "failed"]
    room.stage.connector.state.heal(CHAT)
    listed = await room.say("digests")
    assert "Suspended, because I can't post where it was set up" in lines_of(listed)
    assert buttons_of(listed) == ["Resume", "Change", "Delete"]
    assert lines_of(await room.press(listed, "Resume"))[0] == "Digest 1 is active again"
    await room.due()
    assert spoken(await room.heard(CHAT)).startswith("Digest 1.")
