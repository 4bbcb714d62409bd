"""Sentences without names, encrypted in a real database."""

from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.stored_misses import LONGEST, MOST_OF_PERSON, SECONDS, StoredMisses
from bot.identity.tokens.encryption import Encryptor
from bot.store import MissRecords, Store
from tests.integration.identity.still_clock import NOW, StillClock

ADA = Caller("Tenant", "Ada", "Ada Agent")
BEN = Caller("Tenant", "Ben")
OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def misses(store: Store, clock: StillClock) -> StoredMisses:
    return StoredMisses(store.misses, Encryptor([OLD]), clock=clock)


async def texts(misses: StoredMisses) -> list[str | None]:
    return [each.text for each in await misses.since(0.0)]


async def test_text_is_stored_encrypted_and_read_again(misses: StoredMisses, store: Store) -> None:
    await misses.keep(ADA, "not_understood", "en", "usage for <customer> <word>")
    (found,) = await misses.since(0.0)
    assert (found.at, found.kind, found.language) == (NOW, "not_understood", "en")
    assert found.text == "usage for <customer> <word>"
    (row,) = await store.misses.since(0.0)
    assert b"usage" not in row.text
    assert b"customer" not in row.text


async def test_text_of_a_replaced_key_is_read_until_the_key_is_removed(store: Store, clock: StillClock) -> None:
    await StoredMisses(store.misses, Encryptor([OLD]), clock=clock).keep(ADA, "several", "nl", "old")
    both = StoredMisses(store.misses, Encryptor([NEW, OLD]), clock=clock)
    await both.keep(ADA, "several", "nl", "new")
    assert await texts(both) == ["new", "old"]
    assert await texts(StoredMisses(store.misses, Encryptor([NEW]), clock=clock)) == ["new", None]


async def test_text_that_was_copied_to_another_person_is_not_read(misses: StoredMisses, store: Store) -> None:
    await misses.keep(ADA, "several", "en", "hers")
    (row,) = await store.misses.since(0.0)
    moved = type(row)(row.tenant_id, "ben", row.at, row.kind, row.language, row.text)
    await store.misses.add(moved, most=9, most_of_person=9)
    assert sorted(await texts(misses), key=str) == [None, "hers"]


async def test_forget_me_erases_the_texts_of_that_person(misses: StoredMisses) -> None:
    await misses.keep(ADA, "several", "en", "hers")
    await misses.keep(BEN, "several", "en", "his")
    await misses.forget(Caller("TENANT", "ADA"))
    assert await texts(misses) == ["his"]


async def test_text_is_not_shown_after_30_days(misses: StoredMisses, clock: StillClock) -> None:
    await misses.keep(ADA, "several", "en", "one")
    clock.now += SECONDS
    assert await texts(misses) == ["one"]
    clock.now += 1
    assert await texts(misses) == []


async def test_texts_of_a_person_have_a_limit(misses: StoredMisses, store: Store) -> None:
    for at in range(MOST_OF_PERSON + 2):
        await misses.keep(ADA, "several", "en", f"sentence {at}")
    assert await store.misses.count() == MOST_OF_PERSON
    assert (await texts(misses))[-1] == "sentence 2"


@pytest.mark.parametrize("text", ["", "x" * (LONGEST + 1)])
async def test_text_without_words_or_too_long_is_not_stored(misses: StoredMisses, text: str) -> None:
    await misses.keep(ADA, "several", "en", text)
    assert await texts(misses) == []


class Failing(MissRecords):
    def __init__(self) -> None:
        pass

    async def add(self, *_given: Any, **_options: Any) -> None:
        raise StoreError("the database failed")


async def test_failing_database_is_logged_without_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    await StoredMisses(Failing(), Encryptor([OLD])).keep(ADA, "several", "en", "sentinel")
    logged = capsys.readouterr().out
    assert "missed_sentence_not_stored" in logged
    assert "sentinel" not in logged
    assert "ada" not in logged.lower()
