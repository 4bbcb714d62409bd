"""The effect on digests when the bot is removed, added again or gets a message."""

from dataclasses import replace
from typing import Any

from bot.digests.manage.inactive_digests import give_up
from bot.domain.recurrence import Schedule, Weekly
from bot.store import DigestState

DAILY = "digest every day at 9 usage on Exchange"
DAY = 86_400.0


def notices(office: Any) -> list[tuple[int, str]]:
    return [(number, view.notice) for number, view in office.told]


async def test_digests_are_suspended_and_resume_when_the_bot_is_added_again(
    office: Any, people: Any, rooms: Any
) -> None:
    number = await office.made(DAILY, here=rooms.group)
    elsewhere = await office.made(DAILY, here=rooms.channel)
    due = (await office.digest(number)).next_due
    await office.places.gone(people.ada.tenant_id, rooms.group.conversation_id)
    await office.places.gone(people.ada.tenant_id, rooms.group.conversation_id)
    assert (await office.digest(number)).reason == "uninstalled"
    (line, _) = (await office.say("digests", here=rooms.private)).lines
    assert (line.state, line.next) == ("suspended", None)
    office.clock.now += 3 * DAY
    assert await office.claim() == [elsewhere]
    woken = office.woken
    await office.places.back(people.ada.tenant_id, rooms.group.conversation_id)
    await office.places.back(people.ada.tenant_id, rooms.group.conversation_id)
    digest = await office.digest(number)
    assert (digest.state, digest.next_due, digest.reason) == ("active", due + 3 * DAY, "")
    assert office.woken == woken + 1
    assert notices(office) == [(number, "suspended"), (number, "restored")]


async def test_all_channels_are_suspended_when_the_event_names_the_team(office: Any, people: Any, rooms: Any) -> None:
    other = replace(rooms.channel, conversation_id="19:other@thread.tacv2")
    numbers = [await office.made(DAILY, here=here) for here in (rooms.channel, other)]
    await office.places.gone(people.ada.tenant_id, rooms.channel.team_id)
    assert {(await office.digest(number)).state for number in numbers} == {"suspended"}
    await office.places.back(people.ada.tenant_id, rooms.channel.team_id)
    assert {(await office.digest(number)).state for number in numbers} == {"active"}


async def test_nothing_is_suspended_when_the_id_is_empty_or_the_tenant_differs(
    office: Any, people: Any, rooms: Any
) -> None:
    number = await office.made(DAILY, here=rooms.group)
    await office.places.gone(people.ada.tenant_id, "")
    await office.places.gone(people.eve.tenant_id, rooms.group.conversation_id)
    assert (await office.digest(number)).state == "active"


async def test_paused_digest_stays_paused_and_suspended_one_can_be_paused(office: Any, people: Any, rooms: Any) -> None:
    paused, rested = await office.made(DAILY), await office.made("digest every day at 10 usage on Exchange")
    await office.say(f"pause digest {paused}")
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    await office.say(f"pause digest {rested}")
    await office.places.back(people.ada.tenant_id, rooms.channel.conversation_id)
    assert {(await office.digest(number)).state for number in (paused, rested)} == {"paused"}
    assert notices(office) == [(rested, "suspended")]


async def test_single_time_resumes_when_it_is_in_the_future(office: Any, people: Any, rooms: Any) -> None:
    soon = await office.made("digest in 10 minutes usage on Exchange")
    later = await office.made("digest in 60 minutes usage on Exchange")
    due = (await office.digest(later)).next_due
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    office.clock.now += 1800
    await office.places.back(people.ada.tenant_id, rooms.channel.conversation_id)
    assert ((await office.digest(soon)).state, (await office.digest(soon)).next_due) == ("done", None)
    assert ((await office.digest(later)).state, (await office.digest(later)).next_due) == ("active", due)
    assert notices(office)[2:] == [(later, "restored")]


async def test_owner_may_resume_a_digest_before_the_event_arrives(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made(DAILY)
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    assert (await office.say(f"resume digest {number}", here=rooms.private)).line.state == "active"


async def test_no_notice_is_sent_to_the_removed_chat_and_three_at_most(office: Any, people: Any, rooms: Any) -> None:
    await office.made(DAILY, here=rooms.private)
    adas = [await office.made(f"digest every day at {hour} usage on Exchange") for hour in range(8, 14)]
    bobs = await office.made(DAILY, people.bob)
    await office.places.gone(people.ada.tenant_id, rooms.private.conversation_id)
    assert office.told == []
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    assert [number for number, _ in office.told] == [*adas[:3], bobs]
    assert [view.more for _, view in office.told] == [0, 0, 3, 0]


async def test_digest_is_restored_when_its_owner_cannot_be_notified(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made(DAILY)
    office.mute = True
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    await office.places.back(people.ada.tenant_id, rooms.channel.conversation_id)
    assert (await office.digest(number)).state == "active"


async def test_other_digests_are_restored_when_a_time_zone_is_unknown(office: Any, people: Any, rooms: Any) -> None:
    lost, other = await office.made(DAILY), await office.made(DAILY, people.bob)
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    gone = Schedule(Weekly(frozenset({0})), (await office.digest(lost)).schedule.at, "Europe/Gone")
    await office.store.digests.change(lost, None, schedule=gone)
    await office.places.back(people.ada.tenant_id, rooms.channel.conversation_id)
    assert [(await office.digest(number)).state for number in (lost, other)] == ["done", "active"]


async def test_newest_reference_is_stored_for_the_caller_only(office: Any, people: Any, rooms: Any) -> None:
    adas, bobs = await office.made(DAILY), await office.made(DAILY, people.bob)
    await office.places.seen(people.ada, replace(rooms.channel, reference="a newer way"))
    assert (await office.digest(adas)).reference == "a newer way"
    assert (await office.digest(bobs)).reference == "way to the channel"


async def test_digest_is_erased_when_it_was_suspended_for_ninety_days(office: Any, people: Any, rooms: Any) -> None:
    rests = await office.made(DAILY)
    paused = await office.made(DAILY, here=rooms.group)
    await office.say(f"pause digest {paused}")
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    assert (await office.digest(rests)).state is DigestState.SUSPENDED
    assert await give_up(office.store.digests, office.clock.now + 90 * DAY) == 0
    assert await give_up(office.store.digests, office.clock.now + 91 * DAY) == 1
    assert [each.number for each in await office.store.digests.all()] == [paused]
