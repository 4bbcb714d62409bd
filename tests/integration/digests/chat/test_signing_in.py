"""A digest whose owner is not signed in: only the owner is asked, in private."""

import time
from typing import Any

from bot.simulator.connector import ADA, BEN
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Challenge, IgnoreMfa, Refuse
from tests.integration.digests.chat.posted import buttons_of, lines_of, text_of
from tests.integration.digests.chat.room import CHANNEL, CHAT, DAILY, GROUP
from tests.integration.teams.sign_in.conftest import sign_in_card, spoken


async def test_digest_waits_for_the_sign_in_of_its_owner(room: Any) -> None:
    await room.set_up(CHANNEL)
    await room.set_up(GROUP)
    await room.sign_out()
    await room.due(1, 2)
    card = sign_in_card(await room.heard(CHAT))
    await room.nothing_more()  # one card for both digests, and no message in the channel and the group
    assert await room.runs(1) == await room.runs(2) == ["waiting"]
    assert text_of(await room.say("digests")).count("Waiting for Ada Agent to sign in: ") == 2
    assert (await room.stage.exchange(card)).status == 200
    said = {each.conversation_id: spoken(each) for each in [await room.stage.heard(), await room.stage.heard()]}
    assert said[CHANNEL.id].startswith("Digest 1. TEST COMPANY")
    assert said[GROUP.id].startswith("Digest 2. TEST COMPANY")
    await room.nothing_more()
    assert "Waiting for" not in text_of(await room.say("digests"))


async def test_digest_is_posted_when_a_second_factor_is_given_on_the_page(room: Any, browser: Any) -> None:
    room.stage.entra.standing(room.stage.users[ADA.name]).mfa_done = False
    await room.sign_out()
    room.stage.partner_center[FAULTS].add(IgnoreMfa(times=None))
    await room.stage.signed_in()
    await room.set_up(CHANNEL)
    room.stage.partner_center[FAULTS].clear()  # from now on it is enforced
    await room.due()
    card = sign_in_card(await room.heard(CHAT))
    await room.nothing_more()
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Approve the sign-in")
    assert (await browser.follow()).status == 200
    assert spoken(await room.heard(CHANNEL)).startswith("Digest 1. TEST COMPANY")
    await room.nothing_more()


async def test_challenge_of_a_digest_is_never_exchanged_silently(room: Any) -> None:
    await room.set_up(CHANNEL)
    room.stage.partner_center[FAULTS].add(Challenge(status=403, times=None))
    await room.due()
    assert (await room.stage.exchange(sign_in_card(await room.heard(CHAT)))).status == 412
    await room.nothing_more()
    assert await room.runs() == ["waiting"]


async def test_digest_is_not_resumed_again_and_again_by_silent_sign_ins(room: Any) -> None:
    await room.set_up(CHANNEL)
    room.stage.entra.standing(room.stage.users[ADA.name]).valid_from = time.time() + 1e6  # no refresh token works
    room.stage.partner_center[FAULTS].add(Refuse(status=401, code="900427", times=None))
    await room.due()
    statuses = [(await room.stage.exchange(sign_in_card(await room.heard(CHAT)))).status]
    while statuses[-1] == 200 and len(statuses) < 5:
        statuses.append((await room.stage.exchange(sign_in_card(await room.heard(CHAT)))).status)
    assert statuses == [200, 412]  # the sign-in before the digest was silent, too
    await room.nothing_more()


async def test_digest_is_set_up_after_the_sign_in_of_a_new_user(room: Any) -> None:
    await room.stage.say(DAILY, BEN, CHANNEL.thread("77"))
    asked = (await room.stage.quiet())[-1]  # after the notice about who sees the answers
    assert (asked.conversation_id, asked.reader) == (CHANNEL.thread("77").id, BEN.id)
    assert await room.store.digests.count() == 0
    [done] = await room.sign_in(BEN)
    assert (lines_of(done)[0], done.conversation_id) == ("Digest 1 is set up", CHANNEL.thread("77").id)
    await room.due()
    assert "This answer uses the rights of Ben Broker" in text_of(await room.heard(CHANNEL))


async def test_waiting_run_is_cancelled_when_digest_is_paused_or_suspended(room: Any) -> None:
    await room.set_up(CHANNEL)
    await room.set_up(GROUP)
    await room.sign_out()
    await room.due(1, 2)
    card = sign_in_card(await room.heard(CHAT))
    await room.settled()
    await room.stage.bot.client.uninstall(conversation=CHANNEL)
    assert lines_of(await room.heard(CHAT))[0] == "Digest 1 is suspended"
    await room.say("pause digest 2")
    assert (await room.stage.exchange(card)).status == 200
    await room.nothing_more()
    assert await room.runs(1) == await room.runs(2) == ["cancelled"]
    assert "Waiting for" not in text_of(await room.say("digests"))

    await room.sign_out()
    await room.say("run digest 2")
    card = sign_in_card(await room.heard(CHAT))
    assert (await room.stage.exchange(card)).status == 200
    assert spoken(await room.heard(GROUP)).startswith("Digest 2.")  # a requested run is posted
    assert (await room.digest(2)).state == "paused"


async def test_digest_is_paused_and_owner_notified_after_three_misses(room: Any) -> None:
    await room.set_up(CHANNEL)
    await room.sign_out()
    for waited in range(3):
        await room.due()
        await room.settled()
        assert (await room.runs())[0] == "waiting"
        assert (await room.digest()).misses == waited
    card = sign_in_card(await room.heard(CHAT))
    await room.due()
    told = await room.heard(CHAT)
    assert lines_of(told)[:2] == [
        "Digest 1 is paused",
        "I waited three times in a row for you to sign in, so I paused it. Sign in, then press “Resume”.",
    ]
    await room.nothing_more()
    assert (await room.runs()).count("missed") == 3
    assert (await room.stage.exchange(card)).status == 200
    await room.nothing_more()  # the missed occurrences are not made up for
    assert buttons_of(told) == ["Resume"]
    assert lines_of(await room.press(told, "Resume"))[0] == "Digest 1 is active again"
    await room.due()
    assert spoken(await room.heard(CHANNEL)).startswith("Digest 1. TEST COMPANY")
