"""A digest is changed by its owner or a team owner.

It is invisible in other conversations.
"""

from dataclasses import replace
from typing import Any

from bot.simulator.connector import BEN, personal
from tests.integration.digests.chat.posted import buttons_of, data_of, lines_of, text_of
from tests.integration.digests.chat.room import BENS_CHAT, CHANNEL, CHAT, CLEO, CLEOS_CHAT, EVE, GROUP

YES = "Yes, do it"
ACTS = ("run digest 1", "pause digest 1", "change digest 1 to every day at 8", "stop digest 1")
NOT_YOURS = (
    "Digest 1 belongs to Ada Agent. Only Ada Agent can change it. In a team, the owners of the team can change it too."
)


async def confirmed(room: Any, asked: Any) -> Any:
    """Let the owner of the team confirm.

    Return what they see. The owner of the digest is informed in private.
    """
    yes = data_of(asked, YES)
    await room.stage.bot.client.press(yes, reply_to=asked.id, conversation=CHANNEL.thread(asked.id), from_=CLEO)
    told, done = sorted(await room.stage.quiet(), key=lambda each: each.conversation_id != CHAT.id)
    assert (told.conversation_id, "An owner of the team" in text_of(told)) == (CHAT.id, True)
    assert done.reader == CLEO.id
    return done


async def test_team_owner_may_change_a_digest_and_a_member_may_not(room: Any) -> None:
    done = await room.say("digest every monday 8:30 for TEST COMPANY on Exchange", CHANNEL)
    before = await room.digest()
    for act in ACTS:
        assert NOT_YOURS in lines_of(await room.say(act, CHANNEL, BEN))
    asked = await room.press(done, "Delete", where=CHANNEL, person=BEN)
    assert NOT_YOURS in lines_of(await room.press(asked, YES, where=CHANNEL, person=BEN))
    assert await room.digest() == before
    bens = await room.say("digests", CHANNEL, BEN)
    assert buttons_of(bens) == []
    assert "Set up by Ada Agent" in lines_of(bens)

    cleos = await room.say("digests", CHANNEL, CLEO)
    assert buttons_of(cleos) == ["Run now", "Pause", "Skip next", "Change", "Delete"]
    asked = await room.press(cleos, "Pause", where=CHANNEL, person=CLEO)
    assert lines_of(await confirmed(room, asked))[0] == "Digest 1 is paused"
    assert "You have no digest 1." in text_of(await room.say("resume digest 1", CLEOS_CHAT, CLEO))
    asked = await room.say("change digest 1 to every friday at 17:00", CHANNEL, CLEO)
    changed = await confirmed(room, asked)
    assert lines_of(changed)[:3:2] == ["Digest 1 is changed", "Every Friday at 5:00 PM (Europe/Amsterdam)"]
    resumed = await confirmed(room, await room.say("resume digest 1", CHANNEL, CLEO))  # the change left the pause
    assert lines_of(resumed)[0] == "Digest 1 is active again"
    await room.due()
    assert "This answer uses the rights of Ada Agent" in text_of(await room.heard(CHANNEL))
    await room.settled()
    asked = await room.say("stop digest 1", CHANNEL, CLEO)
    assert lines_of(await confirmed(room, asked))[0] == "Digest 1 is deleted"
    await room.set_up(GROUP)
    assert "Digest 2 belongs to Ada Agent." in text_of(await room.say("stop digest 2", GROUP, CLEO))  # it has no team
    await room.say("stop digest 2")
    assert "No digests" in text_of(await room.say("digests"))


# The caller writes in Ada's chat, or in the team's channel, but is of another tenant.
STRANGERS = {
    "in a chat of one's own": (BENS_CHAT, BEN),
    "in another group": (GROUP, BEN),
    "of another tenant": (personal(EVE), EVE),
    "of another tenant, in the chat": (replace(CHAT, tenant_id=EVE.tenant_id), EVE),
    "of another tenant, in the channel": (replace(CHANNEL, tenant_id=EVE.tenant_id), EVE),
}


async def test_digest_is_invisible_in_other_conversations_and_tenants(room: Any) -> None:
    room.stage.connector.state.join(personal(EVE))
    room.stage.connector.state.join(replace(CHANNEL, members=(*CHANNEL.members, EVE)))
    await room.set_up(CHAT)
    await room.set_up(CHANNEL)
    before = [await room.digest(number) for number in (1, 2)]
    for who, (where, person) in STRANGERS.items():
        assert "No digests" in text_of(await room.say("digests", where, person)), who
        for number in (1, 2, 3):  # digest 3 does not exist
            for act in ("run", "pause", "change", "stop", "show"):
                told = text_of(await room.say(f"{act} digest {number}", where, person))
                assert f"You have no digest {number}." in told, (who, act)
    client = room.stage.bot.client
    removed = client.new("installationUpdate", *STRANGERS["of another tenant, in the channel"])
    assert (await client.post({**removed, "action": "remove"})).status == 200
    assert await room.stage.quiet() == []
    assert [await room.digest(number) for number in (1, 2)] == before
