"""A digest whose row was changed outside of the bot has no owner.

No change by the bot makes it valid.
"""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from bot.digests.manage.digest_signatures import DigestSignatures
from bot.digests.manage.signature_upkeep import SignatureUpkeep
from bot.store import Store
from tests.integration.digests.stage import TOKEN_KEYS, store_at

NEW_KEY = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="


async def sql(store: Store, statement: str) -> None:
    await store.digests._database.write(lambda connection: connection.execute(text(statement)).close())


async def stored(store: Store) -> list[Any]:
    async with store.digests._database.reading() as connection:
        return list(await connection.execute(text("SELECT * FROM digests ORDER BY number")))


@pytest.fixture
async def altered(office: Any, people: Any) -> int:
    """Set up a digest of Ada, and make it Bob's in the database."""
    number: int = await office.made("digest every day at 9 usage")
    await sql(office.store, f"UPDATE digests SET owner_id = '{people.bob.key[1]}'")
    return number


async def test_changed_digest_is_in_nobodys_list(office: Any, people: Any, altered: int) -> None:
    for person in (people.ada, people.bob):
        assert (await office.say("digests", person)).lines == ()


@pytest.mark.parametrize("act", ["pause", "resume", "run", "stop"])
async def test_changed_digest_cannot_be_handled(office: Any, people: Any, altered: int, act: str) -> None:
    before = await stored(office.store)
    for person in (people.ada, people.bob):
        assert (await office.say(f"{act} digest {altered}", person)).problem == "no_such_digest"
    assert await stored(office.store) == before


async def test_changed_digest_is_not_opened(office: Any, people: Any, rooms: Any, altered: int) -> None:
    assert await office.desk.question(altered, people.bob, rooms.channel) is None


async def test_change_of_what_is_signed_does_not_sign_what_was_changed_before(office: Any, altered: int) -> None:
    before = await stored(office.store)
    assert await office.store.digests.change(altered, None, command='{"v":1,"verb":"usage"}') is None
    assert await stored(office.store) == before


async def test_newest_reference_does_not_sign_what_was_changed_before(
    office: Any, people: Any, rooms: Any, altered: int
) -> None:
    before = await stored(office.store)
    await office.places.seen(people.bob, replace(rooms.channel, reference="another way"))
    assert await stored(office.store) == before


async def test_nobody_is_notified_of_a_changed_digest(office: Any, people: Any, rooms: Any, altered: int) -> None:
    await office.places.gone(people.ada.tenant_id, rooms.channel.conversation_id)
    await office.places.back(people.ada.tenant_id, rooms.channel.conversation_id)
    assert office.told == []


async def test_changes_of_the_bot_keep_a_digest_valid(office: Any, people: Any, rooms: Any) -> None:
    number = await office.made("digest every day at 9 usage")
    await office.say(f"change digest {number} to every monday at 8")
    await office.say(f"pause digest {number}")
    await office.places.seen(people.ada, replace(rooms.channel, reference="another way"))
    found = await office.digest(number)
    assert (found.schedule.at.hour, found.reference, found.state) == (8, "another way", "paused")


async def test_progress_may_be_changed_without_keys(office: Any) -> None:
    number = await office.made("digest every day at 9 usage")
    progress = (
        "state = 'paused', reason = 'misses', next_due = 1, requested = 1, misses = 3, last = 'missed', refusals = 2"
    )
    await sql(
        office.store, f"UPDATE digests SET {progress}, last_at = 1, refused_since = 1, paused_until = 1, version = 9"
    )
    assert (await office.digest(number)).version == 9


async def test_digest_stays_valid_when_the_key_is_replaced(office: Any, database_url: str, clock: Any) -> None:
    number = await office.made("digest every day at 9 usage")
    async with store_at(database_url, clock, DigestSignatures([NEW_KEY])) as only_new:
        assert await only_new.digests.get(number) is None
    async with store_at(database_url, clock, DigestSignatures([NEW_KEY, *TOKEN_KEYS])) as both:
        assert await both.digests.get(number) is not None
        await SignatureUpkeep(both, clock).look()
        assert await both.signing.sign_again() == 0
    async with store_at(database_url, clock, DigestSignatures([NEW_KEY])) as only_new:
        assert await only_new.digests.get(number) is not None
    assert await office.store.digests.get(number) is None


async def test_replaced_key_does_not_sign_what_was_changed(
    office: Any, database_url: str, clock: Any, altered: int
) -> None:
    async with store_at(database_url, clock, DigestSignatures([NEW_KEY, *TOKEN_KEYS])) as both:
        assert await both.signing.sign_again() == 0
        assert await both.digests.get(altered) is None


async def test_digest_resumes_when_its_row_is_as_it_was(office: Any, people: Any, altered: int) -> None:
    upkeep = SignatureUpkeep(office.store, office.clock)
    office.clock.now += 86_400
    assert await office.claim() == []
    await upkeep.look()
    assert (await stored(office.store))[0].state == "suspended"
    await sql(office.store, f"UPDATE digests SET owner_id = '{people.ada.key[1]}'")
    await upkeep.look()
    found = await office.digest(altered)
    assert (found.state, found.reason) == ("active", "")
    assert found.next_due > office.clock.now
