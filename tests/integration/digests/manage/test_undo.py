"""A digest that was stopped can be brought back for ten minutes."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from bot.store.database.tables import STOPPED_DIGESTS
from bot.store.digests.stopped_digests import UNDO_SECONDS
from cards.views.answer_views import ConfirmView, ErrorView
from tests.integration.digests.manage.conftest import ADA

DAILY = "digest every day at 9 usage on Exchange"


def unknown(number: int) -> ErrorView:
    return ErrorView("no_such_digest", {"number": str(number)})


async def stopped(office: Any) -> Any:
    """Set up a digest of Ada that has been posted, and stop it. Return it as it was."""
    number = await office.made(DAILY)
    await office.store.digests.change(number, None, last="sent", misses=2, previous=b"sealed figures", previous_at=1.0)
    before = await office.digest(number)
    assert (await office.say(f"stop digest {number}")).done == "stopped"
    return before


async def kept(office: Any) -> int:
    async with office.store.digests._database.reading() as connection:
        return len((await connection.execute(select(STOPPED_DIGESTS))).all())


async def test_undo_brings_the_same_digest_back(office: Any) -> None:
    number = await office.made(DAILY)
    await office.store.digests.change(number, None, last="sent", misses=2, previous=b"sealed figures", previous_at=1.0)
    before = await office.digest(number)
    view = await office.say(f"stop digest {number}")
    office.clock.now += UNDO_SECONDS
    back = await office.press(view.undo)
    assert (back.done, back.line.number, bool(back.next)) == ("brought_back", number, True)
    assert await office.digest(number) == replace(before, version=before.version + 1)
    assert await kept(office) == 0


async def test_it_can_be_typed_too(office: Any) -> None:
    digest = await stopped(office)
    assert (await office.chat("resume it")).done == "brought_back"
    await office.say(f"stop digest {digest.number}")
    assert (await office.say(f"resume digest {digest.number}")).done == "brought_back"


async def test_a_second_press_changes_nothing(office: Any) -> None:
    digest = await stopped(office)
    await office.say(f"resume digest {digest.number}")
    assert (await office.say(f"resume digest {digest.number}")).done == "resumed"
    assert len((await office.say("digests")).lines) == 1


async def test_it_is_gone_after_ten_minutes(office: Any) -> None:
    digest = await stopped(office)
    office.clock.now += UNDO_SECONDS + 1
    assert await office.say(f"resume digest {digest.number}") == unknown(digest.number)
    assert await office.store.stopped.purge() == 1
    assert await kept(office) == 0


async def test_what_was_due_meanwhile_runs_when_it_is_back(office: Any) -> None:
    digest = await stopped(office)
    office.clock.now = digest.next_due - 1
    await office.say(f"stop digest {await office.made(DAILY.replace('Exchange', 'SharePoint'))}")
    office.clock.now = digest.next_due + 60
    assert await office.claim() == []
    number = digest.number + 1
    await office.say(f"resume digest {number}")
    assert await office.claim() == [number]


@pytest.mark.parametrize("act", ["pause", "run", "stop", "show", "change"])
async def test_nothing_else_can_be_done_to_it(office: Any, act: str) -> None:
    digest = await stopped(office)
    said = f"{act} digest {digest.number}" + (" to every day at 10" if act == "change" else "")
    if act == "show":
        assert await office.desk.question(digest.number, ADA, None) is None
    else:
        assert await office.say(said) == unknown(digest.number)
    assert await kept(office) == 1


async def test_another_person_cannot_bring_it_back(office: Any, people: Any, rooms: Any) -> None:
    digest = await stopped(office)
    said = f"resume digest {digest.number}"
    for person, here in ((people.bob, rooms.group), (people.eve, rooms.channel)):
        assert await office.say(said, person, here) == unknown(digest.number)
    assert await office.say(said, people.bob, rooms.channel) == unknown(digest.number)
    assert await office.store.digests.get(digest.number) is None


async def test_a_team_owner_who_stopped_it_undoes_that_and_its_owner_is_notified(office: Any, people: Any) -> None:
    number = await office.made(DAILY)
    office.team_owners.add("way to the channel")
    view = await office.say(f"stop digest {number}", people.bob)
    assert isinstance(view, ConfirmView)
    stop = await office.press(view.confirm, people.bob)
    assert (await office.press(stop.undo, people.bob)).done == "brought_back"
    assert [each.notice for _, each in office.told] == ["stopped_by_team", "changed_by_team"]


async def test_an_owner_gets_three_notices_when_a_team_owner_stops_ten_digests(office: Any, people: Any) -> None:
    numbers = [await office.made(f"digest every day at {hour} usage") for hour in range(8, 18)]
    office.team_owners.add("way to the channel")
    for _ in range(2):
        view = await office.say(f"stop digests {', '.join(map(str, numbers))}", people.bob)
        await office.press(view.confirm, people.bob)
        assert [(number, view.notice, view.more) for number, view in office.told] == [
            (numbers[0], "stopped_by_team", 0),
            (numbers[1], "stopped_by_team", 0),
            (numbers[2], "stopped_by_team", 7),
        ]
        office.told.clear()
        numbers = [await office.made(f"digest every day at {hour} usage") for hour in range(8, 18)]


async def test_a_team_owner_cannot_bring_back_what_its_owner_stopped(office: Any, people: Any) -> None:
    digest = await stopped(office)
    office.team_owners.add("way to the channel")
    assert await office.say(f"resume digest {digest.number}", people.bob) == unknown(digest.number)


async def test_forgotten_owners_have_nothing_to_bring_back(office: Any, people: Any) -> None:
    digest = await stopped(office)
    await office.desk.forget(people.ada)
    assert await kept(office) == 0
    assert await office.say(f"resume digest {digest.number}") == unknown(digest.number)


async def test_a_row_that_was_changed_in_the_database_never_comes_back(office: Any, people: Any) -> None:
    digest = await stopped(office)

    async def stored() -> dict[str, Any]:
        async with office.store.digests._database.reading() as connection:
            return msgspec.msgpack.decode((await connection.execute(select(STOPPED_DIGESTS.c.row))).scalar_one())

    row = await stored()
    row["owner_id"] = people.bob.key[1]
    async with office.store.digests._database.writing() as connection:
        await connection.execute(update(STOPPED_DIGESTS).values(row=msgspec.msgpack.encode(row)))
    for person in (people.ada, people.bob):
        assert await office.say(f"resume digest {digest.number}", person) == unknown(digest.number)
    assert await office.store.stopped.bring_back(digest.number) is None
    assert await office.store.digests.get(digest.number) is None
