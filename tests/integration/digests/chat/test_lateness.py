"""Digests with a single time, and those that were due while the bot was stopped."""

import time
from typing import Any

from tests.integration.digests.chat.posted import lines_of, text_of
from tests.integration.digests.chat.room import CHAT, GROUP
from tests.integration.teams.sign_in.conftest import spoken

DAY = 86_400


async def test_single_digest_is_posted_once_and_is_done(room: Any) -> None:
    confirmed = await room.say("digest in 1 minute usage for TEST COMPANY on Exchange")
    assert lines_of(confirmed)[0] == "Digest 1 is set up"
    assert 50 < (await room.digest()).next_due - time.time() <= 60
    await room.due()
    told = text_of(await room.heard())
    assert "0 active of 1 qualified" in told
    assert "nothing to compare with yet" not in told  # it has no next digest to compare with
    await room.nothing_more()
    assert "No digests" in lines_of(await room.say("digests"))  # what is finished leaves the list
    await room.stage.say("run digest 1")
    said = [spoken(await room.heard()) for _ in range(2)]
    assert sorted(each[:12] for each in said) == ["Digest 1 is ", "Digest 1. TE"]
    await room.nothing_more()
    changed = await room.say("change digest 1 to every day at 9")
    assert lines_of(changed)[0] == "Digest 1 is changed"
    assert "Next times:" in lines_of(changed)


async def test_digest_is_posted_once_and_says_late_when_the_bot_was_stopped(room: Any) -> None:
    await room.set_up(GROUP)
    await room.set_up(CHAT, "digest in 1 minute usage for TEST COMPANY on SharePoint")
    await room.down()
    await room.due(1, ago=3 * DAY + 600)
    await room.due(2, ago=DAY)
    await room.stage.another_bot()
    said = {each.conversation_id: text_of(each) for each in [await room.stage.heard(), await room.stage.heard()]}
    assert "This digest is late. It was due " in said[GROUP.id]
    assert "Earlier digests were missed and will not be posted." in said[GROUP.id]
    assert "This digest is late. It was due " in said[CHAT.id]
    assert "Earlier digests were missed" not in said[CHAT.id]
    await room.nothing_more()
    assert (await room.digest(1)).next_due > time.time()
    assert (await room.digest(2)).state == "done"


async def test_run_is_finished_once_by_the_next_bot_when_the_bot_stops(room: Any) -> None:
    for minute in range(3):
        await room.set_up(GROUP, f"digest every day at 9:{minute:02} for TEST COMPANY on Exchange")
    await room.due(1, 2, 3)
    while not await room.runs():
        pass
    await room.down()
    await room.stage.another_bot()
    await room.settled()
    said = [spoken(each) for each in await room.stage.quiet()]
    assert sorted(each[:9] for each in said) == ["Digest 1.", "Digest 2.", "Digest 3."]
