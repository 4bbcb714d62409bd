"""What is left out of answers, in a real database."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry
from bot.errors import StoreError
from bot.identity.exclusion import MOST_EXCLUSIONS, Exclusion, scope_of
from bot.identity.stored_exclusions import StoredExclusions
from bot.identity.tokens.encryption import Encryptor
from bot.store import ExclusionRecord, Store, open_store

ADA = Caller("tenant", "ada")
BEN = Caller("tenant", "ben")
IN_CHANNEL, BEN_THERE = replace(ADA, place="19:channel"), replace(BEN, place="19:channel")
SEALER, OTHER = Encryptor([b"k" * 32]), Encryptor([b"o" * 32])
CONTOSO = Entry(Dimension.CUSTOMER, "id-contoso", "Contoso")
ONE, TRIALS = Exclusion(CONTOSO, by=ADA.key), Exclusion(None, digests=True, by=ADA.key)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as opened:
        yield opened


async def test_exclusions_of_a_person_are_shared_by_all_processes(store: Store) -> None:
    one, other = StoredExclusions(store.exclusions, SEALER), StoredExclusions(store.exclusions, SEALER)
    assert set(await one.add(ADA, (ONE, TRIALS))) == {ONE, TRIALS}
    assert set(await other.of(Caller("TENANT", "ADA"))) == {ONE, TRIALS}
    assert await other.of(BEN) == ()
    assert await other.remove(ADA, (TRIALS,)) == (ONE,)


async def test_exclusions_of_a_conversation_are_those_of_all_members(store: Store) -> None:
    kept = StoredExclusions(store.exclusions, SEALER)
    await kept.add(IN_CHANNEL, (ONE,))
    assert await kept.of(BEN_THERE) == (ONE,)
    assert (await kept.of(ADA), await kept.of(replace(BEN, place="19:other"))) == ((), ())


async def test_row_is_encrypted_and_no_other_scope_or_person_can_use_it(store: Store) -> None:
    kept = StoredExclusions(store.exclusions, SEALER)
    await kept.add(ADA, (ONE,))
    (record,) = await store.exclusions.of(scope_of(ADA))
    assert b"Contoso" not in record.value
    await store.exclusions.put(replace(record, scope=scope_of(BEN)), most=9)
    await store.exclusions.put(replace(record, person_id="ben"), most=9)
    assert (await kept.of(BEN), await kept.of(ADA)) == ((), ())
    await kept.add(ADA, (ONE,))
    assert await StoredExclusions(store.exclusions, OTHER).of(ADA) == ()


async def test_more_than_the_most_is_not_added(store: Store) -> None:
    kept = StoredExclusions(store.exclusions, SEALER)
    many = [Exclusion(Entry(Dimension.CUSTOMER, f"id-{at}", f"C{at}"), by=ADA.key) for at in range(MOST_EXCLUSIONS)]
    await kept.add(ADA, many)
    assert len(await kept.add(ADA, (ONE,))) == MOST_EXCLUSIONS
    assert len(await kept.add(ADA, (replace(many[0], digests=True),))) == MOST_EXCLUSIONS


async def test_forget_me_erases_what_the_person_left_out_everywhere(store: Store) -> None:
    kept = StoredExclusions(store.exclusions, SEALER)
    await kept.add(ADA, (ONE,))
    await kept.add(IN_CHANNEL, (ONE,))
    theirs = replace(TRIALS, by=BEN.key)
    await kept.add(BEN_THERE, (theirs,))
    await kept.forget(ADA)
    assert (await kept.of(ADA), await kept.of(IN_CHANNEL)) == ((), (theirs,))


async def test_what_was_read_lately_is_left_out_while_the_database_fails(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    kept = StoredExclusions(store.exclusions, SEALER, lambda: now[0])
    await kept.add(ADA, (ONE,))

    async def failed(scope: str) -> list[ExclusionRecord]:
        raise StoreError(scope)

    monkeypatch.setattr(store.exclusions, "of", failed)
    assert await kept.of(ADA) == (ONE,)
    with pytest.raises(StoreError):
        await kept.of(BEN)
    now[0] = 121.0
    with pytest.raises(StoreError):
        await kept.of(ADA)
