"""After `forget me` no digest of this user is posted; those of others still are."""

from typing import Any

from bot.simulator.connector import ADA, BEN
from tests.integration.digests.chat.posted import text_of
from tests.integration.digests.chat.room import BENS_CHAT, CHANNEL, CHAT, GROUP
from tests.integration.teams.sign_in.conftest import sign_in_card, spoken


async def test_forget_me_deletes_digests_and_waiting_runs(room: Any) -> None:
    await room.stage.signed_in(BEN)
    await room.set_up(CHANNEL)
    await room.set_up(GROUP)
    await room.set_up(GROUP, person=BEN)
    await room.sign_out()
    await room.due(1)
    sign_in_card(await room.heard(CHAT))
    await room.settled()
    asked = await room.say("forget me")
    assert "cannot be undone" in text_of(asked)
    assert "I deleted your sign-in, your digests" in text_of(await room.press(asked, "Yes, forget me"))
    assert [each.number for each in await room.store.digests.all()] == [3]
    assert await room.runs(1) == []
    await room.stage.signed_in(ADA)
    await room.nothing_more()
    assert "No digests" in text_of(await room.say("digests"))
    assert "You have no digest 1." in text_of(await room.say("run digest 1"))
    assert spoken(await room.say("digests", BENS_CHAT, BEN)) == "1 digest"
    await room.due(3)
    assert spoken(await room.heard(GROUP)).startswith("Digest 3.")
    assert await room.set_up(CHAT) == 4  # no number is used again
    await room.nothing_more()
