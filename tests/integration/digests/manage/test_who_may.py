"""Who may see a digest and who may change it.

For all other users it does not exist.
"""

from dataclasses import replace
from typing import Any

import pytest

from bot.commands.command import Name, Usage
from cards.views.answer_views import ErrorView

DOING = ("run digest {}", "pause digest {}", "resume digest {}", "stop digest {}")
ACTS = (*DOING, "change digest {}")
CHANGE = "change digest {} to every friday at 17:00"
OPEN = "show digest {}"
DAILY = "digest every day at 9 usage on Exchange"


def unknown(number: int) -> ErrorView:
    return ErrorView("no_such_digest", {"number": str(number)})


@pytest.mark.parametrize("act", [*ACTS, CHANGE])
async def test_owner_may_do_everything_from_any_conversation(office: Any, rooms: Any, act: str) -> None:
    for here in (rooms.channel, rooms.private, rooms.group, None):
        number = await office.made(DAILY)
        assert not isinstance(await office.say(act.format(number), here=here), ErrorView)
        await office.store.stopped.stop(number, "ada")


@pytest.mark.parametrize("act", [*DOING, CHANGE])
async def test_members_of_the_conversation_see_a_digest_and_cannot_change_it(
    office: Any, people: Any, rooms: Any, act: str
) -> None:
    number = await office.made(DAILY)
    before = await office.digest(number)
    refused = await office.say(act.format(number), people.bob, replace(rooms.channel, reference="way of bob"))
    assert refused == ErrorView("digest_not_yours", {"number": str(number), "owner": "Ada Agent"})
    assert await office.digest(number) == before
    assert await office.desk.question(number, people.bob, rooms.channel) == Usage(subjects=(Name("Exchange"),))


@pytest.mark.parametrize("act", [*ACTS, CHANGE, OPEN])
async def test_digest_does_not_exist_in_other_conversations_and_tenants(
    office: Any, people: Any, rooms: Any, act: str
) -> None:
    number = await office.made(DAILY)
    before = await office.digest(number)
    nobodys = number + 1
    for caller, here in (
        (people.bob, rooms.group),
        (people.bob, rooms.bobs),
        (people.bob, None),
        (people.eve, rooms.channel),
        (people.eve, rooms.private),
        (people.eve, None),
    ):
        office.team_owners.add(rooms.channel.reference)
        assert await office.say(act.format(number), caller, here) == unknown(number)
        assert await office.say(act.format(nobodys), caller, here) == unknown(nobodys)
        assert await office.desk.question(number, caller, here) is None
    assert await office.digest(number) == before


@pytest.mark.parametrize("act", [*ACTS, CHANGE])
async def test_team_owner_may_change_the_digests_of_the_channel(office: Any, people: Any, rooms: Any, act: str) -> None:
    number = await office.made(DAILY)
    office.team_owners.add("way of bob")
    changed = await office.say(act.format(number), people.bob, replace(rooms.channel, reference="way of bob"))
    assert not isinstance(changed, ErrorView)
    assert await office.say(act.format(number), people.bob, replace(rooms.bobs, reference="way of bob")) == unknown(
        number
    )


async def test_owner_of_another_team_may_not_change_a_digest(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made(DAILY)
    office.team_owners.add("way of bob")
    elsewhere = replace(rooms.channel, conversation_id="19:other@thread.tacv2", reference="way of bob")
    assert await office.say(f"stop digest {number}", people.bob, elsewhere) == unknown(number)


async def test_group_chat_has_no_owner(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made(DAILY, here=rooms.group)
    office.team_owners.add("way of bob")
    refused = await office.say(f"stop digest {number}", people.bob, replace(rooms.group, reference="way of bob"))
    assert refused.problem == "digest_not_yours"


async def test_list_has_the_digests_of_the_conversation_or_all_own_in_private(
    office: Any, people: Any, rooms: Any
) -> None:
    adas, bobs = await office.made(DAILY), await office.made(DAILY, people.bob)
    private = await office.made(DAILY, here=rooms.private)
    group = await office.made(DAILY, here=rooms.group)

    async def listed(caller: Any, here: Any) -> list[tuple[int, bool, bool]]:
        view = await office.say("digests", caller, here)
        assert view.total == len(view.lines)
        return [(line.number, line.mine, line.here) for line in view.lines]

    assert await listed(people.ada, rooms.channel) == [(adas, True, True), (bobs, False, True)]
    assert await listed(people.bob, rooms.channel) == [(adas, False, True), (bobs, True, True)]
    assert await listed(people.eve, rooms.channel) == []
    assert await listed(people.ada, rooms.private) == [
        (adas, True, False),
        (private, True, True),
        (group, True, False),
    ]
    assert await listed(people.ada, None) == [(adas, True, False), (private, True, False), (group, True, False)]
    assert await listed(people.bob, rooms.bobs) == [(bobs, True, False)]
    office.team_owners.add(rooms.channel.reference)
    assert await listed(people.bob, rooms.channel) == [(adas, True, True), (bobs, True, True)]


async def test_long_list_is_cut_and_shows_the_total(office: Any) -> None:
    for minute in range(55):
        await office.made(f"digest every day at 9:{minute:02} usage on Exchange")
    view = await office.say("digests")
    assert (len(view.lines), view.total) == (50, 55)


async def test_deleted_digest_is_offered_again_only_to_its_owner_in_its_place(
    office: Any, people: Any, rooms: Any
) -> None:
    office.team_owners.add("way of bob")
    for caller, here, offered in (
        (people.ada, rooms.channel, True),
        (people.ada, rooms.private, False),
        (people.bob, replace(rooms.channel, reference="way of bob"), False),
    ):
        stopped = await office.say(f"stop digest {await office.made(DAILY)}", caller, here)
        if caller is people.bob:
            stopped = await office.press(stopped.confirm, caller, here)
        assert (stopped.done, stopped.again is not None) == ("stopped", offered)


async def test_forgetting_one_user_keeps_the_digests_of_others(office: Any, people: Any) -> None:
    adas, bobs = await office.made(DAILY), await office.made(DAILY, people.bob)
    assert await office.desk.forget(people.eve) == 0
    assert await office.desk.forget(people.ada) == 1
    assert await office.desk.forget(people.ada) == 0
    assert await office.store.digests.get(adas) is None
    assert await office.store.digests.get(bobs) is not None
