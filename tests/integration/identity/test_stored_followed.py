"""Lists of customers in a real database."""

from collections.abc import AsyncIterator

import pytest

from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry
from bot.identity.stored_followed import KIND, StoredFollowed
from bot.identity.tokens.encryption import Encryptor
from bot.store import Store, open_store

ADA = Caller("Tenant", "Ada")
BEN = Caller("Tenant", "Ben")
SEALER, OTHER = Encryptor([b"k" * 32]), Encryptor([b"o" * 32])
ONE, TWO = (Entry(Dimension.CUSTOMER, f"id-{name}", name) for name in ("Contoso", "Fabrikam"))


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as opened:
        yield opened


async def test_list_of_a_person_is_shared_by_all_processes(store: Store) -> None:
    one, other = StoredFollowed(store.records, SEALER), StoredFollowed(store.records, SEALER)
    assert await one.of(ADA) == ()
    await one.change(ADA, (ONE, TWO), ())
    await other.change(BEN, (TWO,), ())
    assert await other.change(Caller("TENANT", "ADA"), (), (TWO,)) == (ONE,)
    assert (await one.of(ADA), await one.of(BEN)) == ((ONE,), (TWO,))


async def test_list_is_encrypted_for_its_person_alone(store: Store) -> None:
    kept = StoredFollowed(store.records, SEALER)
    await kept.change(ADA, (ONE,), ())
    record = await store.records.get(KIND, ADA.record_key)
    assert record is not None
    assert b"Contoso" not in record.value
    await store.records.put(KIND, BEN.record_key, record.value)
    assert await kept.of(BEN) == ()
    assert await StoredFollowed(store.records, OTHER).of(ADA) == ()


async def test_forgotten_list_is_gone(store: Store) -> None:
    kept = StoredFollowed(store.records, SEALER)
    await kept.change(ADA, (ONE,), ())
    await kept.change(BEN, (ONE,), ())
    await kept.forget(ADA)
    assert (await kept.of(ADA), await kept.of(BEN)) == ((), (ONE,))
