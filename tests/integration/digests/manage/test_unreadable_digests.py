"""A digest whose row cannot be read stops no other one.

Its owner can stop it.
"""

from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.digests.manage.digest_signatures import DigestSignatures
from bot.digests.manage.inactive_digests import give_up
from bot.store import Digest
from tests.integration.digests.stage import TOKEN_KEYS, store_at

DAILY = "digest every day at 9 usage on Exchange"


@pytest.fixture
async def team(office: Any, people: Any, rooms: Any) -> tuple[int, int]:
    """Set up one digest of Ada that cannot be read, and one of Bob, in a channel."""
    damaged, sound = await office.made(DAILY), await office.made(DAILY, people.bob)
    await spoil(office.store, damaged)
    return damaged, sound


async def spoil(store: Any, number: int) -> None:
    """Give a digest a schedule of a newer release, and its signature."""
    change = text("UPDATE digests SET schedule = :schedule WHERE number = :number")

    def spoilt(connection: Any) -> None:
        connection.execute(change, {"number": number, "schedule": '{"moon":1}'})
        store.signing._signed.sign_all(connection)

    await store.digests._database.write(spoilt)


async def digest(office: Any, number: int) -> Digest:
    found: Digest = await office.store.digests.get(number)
    return found


async def test_removal_and_return_concern_all_digests_that_can_be_read(
    office: Any, people: Any, rooms: Any, team: tuple[int, int]
) -> None:
    await office.places.gone(people.ada.tenant_id, rooms.channel.team_id)
    assert (await digest(office, team[1])).state == "suspended"
    await office.places.back(people.ada.tenant_id, rooms.channel.team_id)
    assert (await digest(office, team[1])).state == "active"
    await office.places.left(people.ada.tenant_id, rooms.channel.team_id, frozenset({people.bob.key[1]}))
    assert (await digest(office, team[1])).reason == "left"
    await office.places.seen(people.ada, rooms.channel)


async def test_the_list_shows_it_and_its_owner_can_only_stop_it(
    office: Any, people: Any, rooms: Any, team: tuple[int, int]
) -> None:
    damaged, sound = team
    view = await office.say("digests")
    assert [each.number for each in view.lines] == [damaged, sound]
    line = view.lines[0]
    assert (line.state, line.mine, sorted(line.acts)) == ("unreadable", True, ["stop"])
    assert [each.number for each in (await office.say("digests", here=rooms.private)).lines] == [damaged]
    for words in ("resume", "pause", "run", "change"):
        said = f"{words} digest {damaged}" + (" to every day at 10" if words == "change" else "")
        assert (await office.say(said)).problem == "digest_unreadable"
    assert (await office.say(f"stop digest {damaged}", people.bob)).problem == "digest_not_yours"
    assert (await office.say(f"stop digest {damaged}", people.bob, rooms.bobs)).problem == "no_such_digest"
    stopped = await office.press(view.lines[0].acts["stop"])
    assert (stopped.done, stopped.line.number, stopped.undo) == ("stopped", damaged, None)
    assert [each.number for each in (await office.say("digests")).lines] == [sound]
    assert (await office.say(f"resume digest {damaged}")).problem == "no_such_digest"


async def test_others_are_handled_together_with_it(office: Any, people: Any, team: tuple[int, int]) -> None:
    another = await office.made("digest every day at 10 usage on Exchange")
    view = await office.say(f"pause digests {team[0]} and {another}")
    assert [each.line.number for each in view.changed] == [another]
    assert [(each.number, each.problem) for each in view.unchanged] == [(team[0], "digest_unreadable")]
    assert await give_up(office.store.digests, office.clock.now) == 0
    assert {each.number for each in await office.store.digests.all(limit=1)} == {team[1]}


async def test_due_digests_are_claimed_beside_it(office: Any, team: tuple[int, int]) -> None:
    office.clock.now += 86_400
    assert await office.claim() == [team[1]]
    office.clock.now += 86_400
    assert await office.claim() == [team[1]]


async def test_it_is_logged_once(office: Any, database_url: str, team: tuple[int, int]) -> None:
    with capture_logs() as logs:
        async with store_at(database_url, office.clock, DigestSignatures(TOKEN_KEYS)) as store:
            for _ in range(2):
                await store.digests.all()
    assert [(each["event"], each["digest"], each["log_level"]) for each in logs] == [
        ("digest_unreadable", team[0], "error")
    ]


async def test_a_refusal_is_counted_for_the_others(office: Any, people: Any, team: tuple[int, int]) -> None:
    office.clock.now += 86_400
    await office.claim()
    (run,) = await office.store.ledger.of(team[1])
    counted = await office.store.digests.refuse(team[1], run.due, "404 Gone", "gone", lambda _: None)
    assert team[1] in counted.suspended
    ended = await office.store.digests.end_refusals(
        team[1], people.ada.tenant_id, "19:sales@thread.tacv2", lambda each: ("active", each.next_due)
    )
    assert [each.number for each in ended] == [team[1]]
