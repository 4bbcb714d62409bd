"""The bot is removed, added again and spoken to: what becomes of the digests there."""

from dataclasses import replace
from typing import Any

from bot.digests.manage.inactive_digests import give_up
from bot.domain.recurrence import Schedule, Weekly
from bot.store import DigestState

DAILY = "digest every day at 9 usage on Exchange"
DAY = 86_400.0


def notices(office: Any) -> list[tuple[int, str]]:
    return [(number, view.notice) for number, view in office.told]


async def test_where_the_bot_is_removed_digests_rest_and_go_on_at_their_next_time_when_it_is_back(
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


async def test_a_team_is_all_its_channels(office: Any, people: Any, rooms: Any) -> None:
    other = replace(rooms.channel, conversation_id="19:other@thread.tacv2")
    numbers = [await office.made(DAILY, here=here) for here in (rooms.channel, other)]
    await office.places.gone(people.ada.tenant_id, rooms.channel.team_id)
    assert {(await office.digest(number)).state for number in numbers} == {"suspended"}
    await office.places.back(people.ada.tenant_id, rooms.channel.team_id)
    assert {(await office.digest(number)).state for number in numbers} == {"active"}


async def test_a_place_without_a_name_and_one_in_another_tenant_suspend_nothing(
    office: Any, people: Any, rooms: Any
) -> None:
    number = await office.made(DAILY, here=rooms.group)
    await office.places.gone(people.ada.tenant_id, "")
    await office.places.gone(people.eve.tenant_id, rooms.group.conversation_id)
    assert (await office.digest(number)).state == "active"


async def test_what_its_owner_paused_stays_paused_and_what_rested_can_be_paused(
    office: Any, people: Any, rooms: Any
) -> None:
    paused, rested = await office.made(DAILY), await office.made("digest every day at 10 usage on Exchange")
    await office.say(f"pause digest {paused}")
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    await office.say(f"pause digest {rested}")
    await office.places.back(people.ada.tenant_id, rooms.channel.conversation_id)
    assert {(await office.digest(number)).state for number in (paused, rested)} == {"paused"}
    assert notices(office) == [(rested, "suspended")]


async def test_a_single_time_goes_on_if_it_is_still_to_come(office: Any, people: Any, rooms: Any) -> None:
    soon = await office.made("digest in 10 minutes usage on Exchange")
    later = await office.made("digest in 60 minutes usage on Exchange")
    due = (await office.digest(later)).next_due
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    office.clock.now += 1800
    await office.places.back(people.ada.tenant_id, rooms.channel.conversation_id)
    assert ((await office.digest(soon)).state, (await office.digest(soon)).next_due) == ("done", None)
    assert ((await office.digest(later)).state, (await office.digest(later)).next_due) == ("active", due)
    assert notices(office)[2:] == [(later, "restored")]


async def test_its_owner_may_resume_it_before_anybody_says_the_bot_is_back(
    office: Any, people: Any, rooms: Any
) -> None:
    number = await office.made(DAILY)
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    assert (await office.say(f"resume digest {number}", here=rooms.private)).line.state == "active"


async def test_nobody_is_told_in_the_chat_that_was_left_and_nobody_is_flooded(
    office: Any, people: Any, rooms: Any
) -> None:
    await office.made(DAILY, here=rooms.private)
    adas = [await office.made(f"digest every day at {hour} usage on Exchange") for hour in range(8, 14)]
    bobs = await office.made(DAILY, people.bob)
    await office.places.gone(people.ada.tenant_id, rooms.private.conversation_id)
    assert office.told == []
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    assert [number for number, _ in office.told] == [*adas[:3], bobs]


async def test_an_owner_who_cannot_be_told_keeps_nobody_from_being_restored(
    office: Any, people: Any, rooms: Any
) -> None:
    number = await office.made(DAILY)
    office.mute = True
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    await office.places.back(people.ada.tenant_id, rooms.channel.conversation_id)
    assert (await office.digest(number)).state == "active"


async def test_a_zone_that_is_gone_keeps_the_others_from_nothing(office: Any, people: Any, rooms: Any) -> None:
    lost, other = await office.made(DAILY), await office.made(DAILY, people.bob)
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    gone = Schedule(Weekly(frozenset({0})), (await office.digest(lost)).schedule.at, "Europe/Gone")
    await office.store.digests.change(lost, None, schedule=gone)
    await office.places.back(people.ada.tenant_id, rooms.channel.conversation_id)
    assert [(await office.digest(number)).state for number in (lost, other)] == ["done", "active"]


async def test_the_newest_way_is_kept_for_who_speaks_and_for_nobody_else(office: Any, people: Any, rooms: Any) -> None:
    adas, bobs = await office.made(DAILY), await office.made(DAILY, people.bob)
    await office.places.seen(people.ada, replace(rooms.channel, reference="a newer way"))
    assert (await office.digest(adas)).reference == "a newer way"
    assert (await office.digest(bobs)).reference == "way to the channel"


async def test_what_could_not_be_posted_for_ninety_days_is_given_up(office: Any, people: Any, rooms: Any) -> None:
    rests = await office.made(DAILY)
    paused = await office.made(DAILY, here=rooms.group)
    await office.say(f"pause digest {paused}")
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    assert (await office.digest(rests)).state is DigestState.SUSPENDED
    assert await give_up(office.store.digests, office.clock.now + 90 * DAY) == 0
    assert await give_up(office.store.digests, office.clock.now + 91 * DAY) == 1
    assert [each.number for each in await office.store.digests.all()] == [paused]
