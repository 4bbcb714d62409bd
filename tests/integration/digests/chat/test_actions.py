"""Actions of the owner on a digest: run now, pause, resume, change, delete."""

from typing import Any

from bot.simulator.connector import BEN
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Slow
from tests.integration.digests.chat.posted import lines_of, text_of
from tests.integration.digests.chat.room import BENS_CHAT, CHANNEL, CHAT, GROUP
from tests.integration.teams.sign_in.conftest import spoken


async def test_run_now_posts_at_once_and_keeps_the_times(room: Any) -> None:
    await room.set_up(CHANNEL)
    planned = (await room.digest()).next_due
    listed = await room.say("digests", CHANNEL)
    assert lines_of(await room.press(listed, "Run now", where=CHANNEL))[0] == "Digest 1 is running"
    assert spoken(await room.heard(CHANNEL)).startswith("Digest 1. TEST COMPANY")
    await room.nothing_more()
    assert (await room.digest()).next_due == planned
    for _ in range(2):  # two requests cause one run
        await room.stage.say("run digest 1")
    said = [await room.stage.heard() for _ in range(3)]
    assert sorted(spoken(each)[:19] for each in said) == [
        "Digest 1 is running",
        "Digest 1 is running",
        "Digest 1. TEST COMP",
    ]
    await room.nothing_more()
    assert await room.runs() == ["sent", "sent"]


async def test_paused_digest_is_not_posted_until_it_is_resumed(room: Any) -> None:
    for hour in (9, 10):
        await room.set_up(GROUP, f"digest every day at {hour} for TEST COMPANY on Exchange")
    paused = await room.press(await room.say("digests"), "Pause", "Digest 1")
    assert lines_of(paused)[0] == "Digest 1 is paused"
    assert "Paused" in lines_of(await room.say("digests"))
    await room.due(1, 2)
    assert spoken(await room.heard(GROUP)).startswith("Digest 2.")
    await room.nothing_more()
    resumed = await room.press(paused, "Resume")
    assert lines_of(resumed)[0] == "Digest 1 is active again"
    assert "Next times:" in lines_of(resumed)
    await room.nothing_more()  # occurrences during the pause are not made up for
    await room.due(1)
    assert spoken(await room.heard(GROUP)).startswith("Digest 1.")


async def test_result_takes_the_place_of_the_list_and_leads_back(room: Any) -> None:
    await room.set_up()
    listed = await room.say("digests")
    skipped = await room.press(listed, "Skip next", "Digest 1")
    assert skipped.id == listed.id
    assert lines_of(skipped)[0].startswith("Digest 1 is paused until ")
    back = await room.press(skipped, "All digests")
    assert back.id == listed.id
    assert any(line.startswith("Paused until ") for line in lines_of(back))
    await room.nothing_more()


async def test_digest_is_changed_by_its_settings_and_deleted_by_a_button(room: Any) -> None:
    await room.set_up()
    settings = await room.press(await room.say("digests"), "Change", "Digest 1")
    assert lines_of(settings)[:2] == ["Digest 1", "usage for TEST COMPANY on Exchange"]
    changed = await room.press(settings, "Save", inputs={"when": "first", "at": "09:00", "quiet": "always"})
    assert lines_of(changed)[0] == "Digest 1 is changed"
    assert "On day 1 of every month at 9:00 AM (Europe/Amsterdam)" in text_of(changed)
    typed = await room.say("change digest 1 to every tuesday at 16:00 Asia/Tokyo")
    assert "Every Tuesday at 4:00 PM (Asia/Tokyo)" in text_of(typed)
    deleted = await room.press(changed, "Delete")
    assert lines_of(deleted)[0] == "Digest 1 is deleted"
    assert await room.store.digests.count() == 0
    assert "No digests" in text_of(await room.say("digests"))
    again = await room.press(deleted, "Set it up again")
    assert lines_of(again)[0] == "Digest 2 is set up"
    assert "Every Tuesday at 4:00 PM (Asia/Tokyo)" in text_of(again)
    assert "You have no digest 1." in text_of(await room.press(changed, "Delete"))  # the button of the old card


async def test_deleted_digest_is_not_posted_when_its_run_is_in_progress(room: Any) -> None:
    await room.set_up(GROUP)
    await room.set_up(CHAT)
    room.stage.partner_center[FAULTS].add(Slow())
    await room.due(1, 2)
    await room.stage.held.asked()
    assert "Digest 1 is deleted" in text_of(await room.say("stop digest 1"))
    room.stage.held.over.set()
    assert spoken(await room.heard(CHAT)).startswith("Digest 2.")
    await room.nothing_more()


async def test_other_users_are_answered_while_digests_run(room: Any) -> None:
    for minute in range(3):
        await room.set_up(GROUP, f"digest every day at 9:{minute:02} usage on Exchange by customer")
    await room.due(1, 2, 3)
    assert (await room.stage.say("help", BEN)).status == 200
    said = sorted([await room.stage.heard() for _ in range(4)], key=spoken)
    assert [each.conversation_id for each in said] == [GROUP.id] * 3 + [BENS_CHAT.id]
    assert [spoken(each)[:9] for each in said[:3]] == ["Digest 1.", "Digest 2.", "Digest 3."]
    await room.nothing_more()
