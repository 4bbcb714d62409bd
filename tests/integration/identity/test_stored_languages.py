"""Chosen languages in a real database."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.stored_languages import StoredLanguages
from bot.store import Records, Store, open_store

ADA = Caller("Tenant", "Ada")
BEN = Caller("Tenant", "Ben")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as opened:
        yield opened


async def test_choice_of_a_person_is_shared_by_all_processes(store: Store) -> None:
    one, other = StoredLanguages(store.records), StoredLanguages(store.records)
    assert await one.chosen(ADA) is None
    await one.choose(ADA, "nl")
    await one.choose(BEN, "de")
    await other.choose(Caller("TENANT", "ADA"), "fr")
    assert (await one.chosen(ADA), await one.chosen(BEN)) == ("fr", "de")


async def test_forgotten_choice_is_gone(store: Store) -> None:
    languages = StoredLanguages(store.records)
    await languages.choose(ADA, "nl")
    await languages.choose(BEN, "de")
    await languages.forget(ADA)
    assert (await languages.chosen(ADA), await languages.chosen(BEN)) == (None, "de")
    await languages.forget(ADA)


class Failing(Records):
    def __init__(self) -> None:
        pass

    async def get(self, *_given: Any) -> Any:
        raise StoreError("the database failed")


async def test_sentence_is_read_when_the_choice_cannot_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert await StoredLanguages(Failing()).chosen(ADA) is None
    assert "chosen_language_not_read" in capsys.readouterr().out
