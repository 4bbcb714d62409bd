"""The digests of a person who leaves: suspended until the owner resumes them."""

from dataclasses import replace
from typing import Any

import pytest

from bot.store.digests.digest_record import LEFT
from cards.views.answer_views import ErrorView

DAILY = "digest every day at 9 usage on Exchange"


def notices(office: Any) -> list[tuple[int, str]]:
    return [(number, view.notice) for number, view in office.told]


async def test_digests_of_a_person_are_suspended_when_they_leave(office: Any, people: Any, rooms: Any) -> None:
    adas, bobs = await office.made(DAILY), await office.made(DAILY, people.bob)
    elsewhere, private = await office.made(DAILY, here=rooms.group), await office.made(DAILY, here=rooms.private)
    for _ in range(2):  # Teams may report it twice
        await office.places.left(
            people.ada.tenant_id, rooms.channel.conversation_id, frozenset({people.ada.object_id.lower()})
        )
    states = {each.number: (each.state.value, each.reason) for each in await office.store.digests.all()}
    assert states == {adas: ("suspended", LEFT), **dict.fromkeys((bobs, elsewhere, private), ("active", ""))}
    assert notices(office) == [(adas, LEFT)]
    assert office.told[0][1].again is not None
    (line,) = [each for each in (await office.say("digests", here=rooms.private)).lines if each.number == adas]
    assert (line.state, line.why, line.next) == ("suspended", LEFT, None)


async def test_person_is_known_by_the_account_in_the_reference(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made(DAILY)
    people_left = frozenset({f"29:{rooms.channel.reference}"})
    await office.places.left(people.ada.tenant_id, rooms.channel.team_id, people_left)
    assert (await office.digest(number)).reason == LEFT


@pytest.mark.parametrize("gone", [frozenset({"29:somebody"}), frozenset({""}), frozenset()])
async def test_nothing_is_suspended_when_somebody_else_leaves(
    office: Any, people: Any, rooms: Any, gone: frozenset[str]
) -> None:
    number = await office.made(DAILY)
    await office.places.left(people.ada.tenant_id, rooms.channel.conversation_id, gone)
    await office.places.left(people.eve.tenant_id, rooms.channel.conversation_id, frozenset({people.ada.object_id}))
    assert (await office.digest(number)).state == "active"


async def test_digest_of_who_left_stays_suspended_when_the_bot_is_added(office: Any, people: Any, rooms: Any) -> None:
    adas, bobs = await office.made(DAILY), await office.made(DAILY, people.bob)
    place = people.ada.tenant_id, rooms.channel.conversation_id
    await office.places.gone(*place)
    await office.places.left(*place, frozenset({people.ada.object_id.lower()}))
    await office.places.back(*place)
    assert [(await office.digest(number)).state for number in (adas, bobs)] == ["suspended", "active"]
    resumed = await office.say(f"resume digest {adas}", here=rooms.private)
    assert (resumed.done, (await office.digest(adas)).reason) == ("resumed", "")


async def test_paused_digest_stays_paused_when_its_owner_leaves(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made(DAILY)
    await office.say(f"pause digest {number}")
    left = frozenset({people.ada.object_id.lower()})
    await office.places.left(people.ada.tenant_id, rooms.channel.conversation_id, left)
    assert ((await office.digest(number)).state, office.told) == ("paused", [])


@pytest.mark.parametrize("sentence", ["resume digest {}", "run digest {}", "change digest {} to every day at 8"])
async def test_team_owner_deletes_the_digest_of_who_left_and_cannot_resume_it(
    office: Any, people: Any, rooms: Any, sentence: str
) -> None:
    number = await office.made(DAILY)
    left = frozenset({people.ada.object_id.lower()})
    await office.places.left(people.ada.tenant_id, rooms.channel.conversation_id, left)
    office.team_owners.add("way of bob")
    bobs = replace(rooms.channel, reference="way of bob")
    asked = await office.say(sentence.format(number), people.bob, bobs)
    refused = await office.press(asked.confirm, people.bob, bobs)
    assert refused == ErrorView("digest_owner_left", {"number": str(number), "owner": "Ada Agent"})
    assert (await office.digest(number)).state == "suspended"
    asked = await office.say(f"stop digest {number}", people.bob, bobs)
    assert (await office.press(asked.confirm, people.bob, bobs)).done == "stopped"
