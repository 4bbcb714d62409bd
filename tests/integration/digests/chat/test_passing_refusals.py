"""Conversations that refuse for a while: nothing is deleted.

What was refused is tried again. Owners are notified elsewhere when a conversation has refused for more than a day.
"""

import time
from typing import Any

from bot.simulator.connector import BEN
from bot.simulator.connector.blocked_conversations import Blockage
from bot.simulator.connector.rate_limits import OrderedFailure
from tests.integration.digests.chat.posted import buttons_of, lines_of, text_of
from tests.integration.digests.chat.room import BENS_CHAT, CHANNEL, CHAT, GROUP
from tests.integration.teams.sign_in.conftest import spoken

HOUR = 3_600.0
GONE = (
    "For more than a day, Teams did not find the conversation it is posted to. I deleted nothing. "
    "If the conversation is there, press “Resume” or type “resume digest 1”."
)
ONCE = "digest in 5 minutes usage for TEST COMPANY on Exchange"


async def a_day_later(room: Any, *numbers: int) -> None:
    """Move the first refusal of these digests back, and make one of them due."""
    for number in numbers or (1,):
        digest = await room.digest(number)
        assert digest.refusals == 1
        changed = {"refusals": 3, "refused_since": digest.refused_since - 25 * HOUR}
        await room.store.digests.change(number, None, **changed)
    await room.due((numbers or (1,))[0])


async def test_digest_is_listed_and_retried_when_one_404_passes(room: Any) -> None:
    await room.set_up(CHAT)
    answered = await room.say("run digest 1")
    assert lines_of(answered)[0] == "Digest 1 is running"
    await room.heard(CHAT)
    await room.nothing_more()  # until its run is over, another request is the same run
    room.stage.connector.state.trouble(CHAT, Blockage.DELETED)
    assert await room.store.digests.change(1, None, requested=time.time())
    await room.nothing_more()
    room.stage.connector.state.heal(CHAT)
    listed = await room.say("digests")
    assert "Run now" in buttons_of(listed)
    assert "Teams refused it: " in text_of(listed)
    digest = await room.digest()
    assert (digest.state, digest.refusals) == ("active", 1)
    assert 0 < digest.next_due - time.time() <= HOUR + 60
    await room.due()
    assert spoken(await room.heard(CHAT)).startswith("Digest 1.")
    await room.nothing_more()
    digest = await room.digest()
    assert (digest.state, digest.refusals, digest.refused_since, digest.last) == ("active", 0, None, "sent")


async def test_single_digest_is_not_lost_when_its_conversation_refuses(room: Any) -> None:
    await room.set_up(GROUP, ONCE)
    room.stage.connector.state.trouble(GROUP, Blockage.DELETED)
    await room.due()
    await room.nothing_more()
    digest = await room.digest()
    assert (digest.state, digest.last, await room.runs()) == ("active", "refused", ["failed"])
    assert digest.next_due > time.time()
    room.stage.connector.state.heal(GROUP)
    await room.due()
    assert spoken(await room.heard(GROUP)).startswith("Digest 1.")
    await room.nothing_more()
    assert ((await room.digest()).state, (await room.digest()).last) == ("done", "sent")


async def test_single_digest_is_posted_by_resume_when_it_was_suspended(room: Any) -> None:
    await room.set_up(GROUP, ONCE)
    room.stage.connector.state.trouble(GROUP, Blockage.DELETED)
    await room.due()
    await room.nothing_more()
    await a_day_later(room)
    told = await room.heard(CHAT)
    assert lines_of(told)[:2] == ["Digest 1 is suspended", GONE]
    assert (await room.digest()).state == "suspended"
    room.stage.connector.state.heal(GROUP)
    assert lines_of(await room.press(told, "Resume"))[0] == "Digest 1 is active again"
    assert spoken(await room.heard(GROUP)).startswith("Digest 1.")
    assert (await room.digest()).state == "done"


async def test_owners_are_notified_elsewhere_when_refusals_lasted_a_day(room: Any) -> None:
    await room.stage.signed_in(BEN)
    await room.set_up(CHANNEL)
    await room.set_up(CHANNEL, person=BEN)
    await room.set_up(GROUP)
    room.stage.connector.state.trouble(CHANNEL, Blockage.DELETED)
    await room.due()
    await room.nothing_more()
    await a_day_later(room, 1, 2)
    said = {each.conversation_id: each for each in [await room.stage.heard() for _ in range(2)]}
    assert lines_of(said[CHAT.id])[:2] == ["Digest 1 is suspended", GONE]
    assert lines_of(said[BENS_CHAT.id])[:2] == ["Digest 2 is suspended", GONE.replace("digest 1", "digest 2")]
    assert buttons_of(said[CHAT.id]) == ["Resume"]
    await room.nothing_more()
    states = {each.number: each.state.value for each in await room.store.digests.all()}
    assert states == {1: "suspended", 2: "suspended", 3: "active"}


async def test_others_resume_when_the_conversation_takes_a_message_again(room: Any) -> None:
    for hour in (9, 10):
        await room.set_up(GROUP, f"digest every day at {hour} usage on Exchange")
    room.stage.connector.state.trouble(GROUP, Blockage.NOT_IN_ROSTER)
    await room.due()
    await room.nothing_more()
    await a_day_later(room, 1, 2)
    told = [await room.heard(CHAT), await room.heard(CHAT)]
    assert sorted(lines_of(each)[0] for each in told) == ["Digest 1 is suspended", "Digest 2 is suspended"]
    assert all("Teams refused it" in text_of(each) for each in told)
    room.stage.connector.state.heal(GROUP)
    assert lines_of(await room.say("resume digest 1"))[0] == "Digest 1 is active again"
    await room.due()
    assert spoken(await room.heard(GROUP)).startswith("Digest 1.")
    assert lines_of(await room.heard(CHAT))[0] == "Digest 2 is active again"
    await room.nothing_more()
    assert [((await room.digest(n)).state, (await room.digest(n)).refusals) for n in (1, 2)] == [("active", 0)] * 2


async def test_nothing_is_posted_to_the_gone_chat_when_it_is_the_owners_own(room: Any) -> None:
    await room.set_up(CHAT)
    room.stage.connector.state.trouble(CHAT, Blockage.DELETED)
    await room.due()
    await room.nothing_more()
    await a_day_later(room)
    await room.settled()
    room.stage.connector.state.heal(CHAT)
    await room.nothing_more()
    listed = await room.say("digests")
    assert "Suspended, because I can't post where it was set up" in lines_of(listed)
    assert lines_of(await room.press(listed, "Resume"))[0] == "Digest 1 is active again"


async def test_event_suspends_at_once_when_a_retry_is_planned(room: Any) -> None:
    await room.set_up(GROUP, ONCE)
    room.stage.connector.fail_next(OrderedFailure(404, "ConversationNotFound"))
    await room.due()
    await room.nothing_more()
    assert (await room.digest()).state == "active"
    await room.stage.bot.client.uninstall(conversation=GROUP)
    assert lines_of(await room.heard(CHAT))[0] == "Digest 1 is suspended"
    await room.store.digests.change(1, None, next_due=time.time() - 1)  # its retry passes meanwhile
    await room.stage.bot.client.install(conversation=GROUP)
    said = {each.conversation_id: lines_of(each) for each in await room.stage.quiet()}
    assert said[CHAT.id][0] == "Digest 1 is active again"
    await room.settled()
    assert ((await room.digest()).state, (await room.digest()).last) == ("done", "sent")


async def test_paused_digest_stays_paused_when_a_run_by_hand_is_refused(room: Any) -> None:
    await room.set_up(GROUP)
    await room.say("pause digest 1")
    room.stage.connector.state.trouble(GROUP, Blockage.BLOCKED)
    await room.say("run digest 1")
    assert lines_of(await room.heard(CHAT))[0] == "Digest 1 was not posted"
    await room.nothing_more()
    assert (await room.digest()).state == "paused"


async def test_each_refused_digest_is_posted_once_when_the_refusal_passes(room: Any) -> None:
    for hour in (9, 10, 11):
        await room.set_up(GROUP, f"digest every day at {hour} usage on Exchange")
    room.stage.connector.state.trouble(GROUP, Blockage.DELETED)
    await room.due(1, 2, 3)
    await room.nothing_more()
    assert [((await room.digest(n)).state, (await room.digest(n)).last) for n in (1, 2, 3)] == [
        ("active", "refused")
    ] * 3
    room.stage.connector.state.heal(GROUP)
    await room.due(1, 2, 3)
    said = sorted([spoken(await room.heard(GROUP))[:9] for _ in range(3)])
    assert said == ["Digest 1.", "Digest 2.", "Digest 3."]
    await room.nothing_more()
    assert [(await room.runs(n))[:2] for n in (1, 2, 3)] == [["sent", "failed"]] * 3
    assert [len(await room.runs(n)) for n in (1, 2, 3)] == [2] * 3
