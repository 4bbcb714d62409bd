"""Failures of runs: the owner is notified in private, and nothing is posted twice."""

import asyncio
from typing import Any

from bot.commands.command import Name, Usage
from bot.commands.command_document import write
from bot.simulator.connector.blocked_conversations import Blockage
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Refuse
from tests.integration.digests.chat.posted import lines_of, text_of
from tests.integration.digests.chat.room import CHANNEL, CHAT, GROUP, SECONDS
from tests.integration.teams.sign_in.conftest import spoken

NEXT = "I post it again at its next time. To get it sooner, press “Run now”."


async def test_owner_is_notified_once_when_partner_center_refuses(room: Any) -> None:
    await room.set_up(CHANNEL)
    room.stage.partner_center[FAULTS].add(Refuse(status=403, code="900150", times=2))
    await room.due()
    told = await room.heard(CHAT)
    title, why, *_, support = lines_of(told)
    assert title == "Digest 1 was not posted"
    assert why == (
        "Your account has no role that may read this report. Ask your Partner Center administrator for one, with the "
        f"text below. {NEXT}"
    )
    assert any("give me the Admin agent, Sales agent or Helpdesk agent role" in line for line in lines_of(told))
    assert support.startswith("For support: ")
    await room.nothing_more()
    await room.due()
    await room.nothing_more()  # the owner was notified before
    assert await room.runs() == ["failed", "failed"]
    assert any(line.startswith("Could not be posted: ") for line in lines_of(await room.say("digests")))
    assert lines_of(await room.press(told, "Run now"))[0] == "Digest 1 is running"
    assert spoken(await room.heard(CHANNEL)).startswith("Digest 1. TEST COMPANY")


async def test_notice_gives_the_reason_when_the_question_has_no_answer(room: Any) -> None:
    await room.set_up(CHANNEL)
    await room.set_up(GROUP)
    gone_since = Usage(customers=(Name("Long Gone Holding"),))
    await room.store.digests.change(1, None, command=write(gone_since))
    await room.store.digests.change(2, None, command='{"v": 99, "verb": "usage"}')
    await room.due(1, 2)
    said = {lines_of(each)[0]: lines_of(each)[1] for each in [await room.heard(CHAT), await room.heard(CHAT)]}
    gone, strange = said["Digest 1 was not posted"], said["Digest 2 was not posted"]
    assert gone.startswith("A name in its question no longer exists, has changed, or now matches several.")
    assert strange.startswith("I no longer understand its question.")
    await room.nothing_more()


async def test_owner_is_offered_a_run_when_a_single_digest_failed(room: Any) -> None:
    await room.set_up(GROUP, "digest in 5 minutes usage for TEST COMPANY on Exchange")
    room.stage.partner_center[FAULTS].add(Refuse(status=403, code="900150", times=1))
    await room.due()
    told = await room.heard(CHAT)
    assert lines_of(told)[0] == "Digest 1 was not posted"
    assert lines_of(told)[1].endswith("It has no other time. To get it, press “Run now” or type “run digest 1”.")
    await room.press(told, "Run now")
    assert spoken(await room.heard(GROUP)).startswith("Digest 1.")


async def test_digest_is_posted_once_when_teams_throttles_for_a_while(room: Any) -> None:
    await room.set_up(GROUP)
    state = room.stage.connector.state
    state.trouble(GROUP, Blockage.THROTTLED, seconds=1)
    asked = state.requests
    await room.due()
    async with asyncio.timeout(SECONDS):
        while (await room.runs()) != ["sending"] or state.requests == asked:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    state.heal(GROUP)
    assert spoken(await room.heard(GROUP)).startswith("Digest 1.")
    await room.nothing_more()
    assert await room.runs() == ["sent"]


async def test_digest_is_not_sent_again_when_it_may_have_been_posted(room: Any) -> None:
    await room.set_up(GROUP)
    room.stage.connector.state.trouble(GROUP, Blockage.LOST_ANSWER)
    await room.due()
    assert spoken(await room.heard(GROUP)).startswith("Digest 1.")
    await room.nothing_more()
    assert await room.runs() == ["unknown"]
    room.stage.connector.state.heal(GROUP)
    listed = text_of(await room.say("digests"))
    assert "Teams did not confirm it arrived, so I won't send it again." in listed
    assert "Next: " in listed
