"""Figures that people have seen, encrypted in a real database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import update

from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry
from bot.errors import StoreError
from bot.identity.stored_figures import SECONDS_OF_DAY, StoredFigures
from bot.identity.tokens.encryption import Encryptor
from bot.query.reports.day_figures import DayFigures
from bot.store import SeenFigures, Store
from bot.store.database.tables import SEEN_FIGURES
from tests.integration.identity.still_clock import NOW, StillClock
from tests.shown_figures import of

ADA = Caller("Tenant", "Ada", "Ada Agent")
BEN = Caller("Tenant", "Ben")
OLD, NEW = b"o" * 32, b"n" * 32
SCOPE = "customerTenantId eq '0112A436-B14E-4888-967B-CA4BB2CF1234'"
EXCHANGE = Entry(Dimension.WORKLOAD, "EXO", "Exchange")
SEEN = DayFigures(date(2018, 10, 14), of(62, 100), (EXCHANGE,))
SEEN_ON = datetime.fromtimestamp(NOW, UTC).date()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def figures(store: Store, clock: StillClock) -> StoredFigures:
    return StoredFigures(store.seen, Encryptor([OLD]), 400, clock=clock)


async def test_figures_are_stored_encrypted_and_read_again(figures: StoredFigures, store: Store) -> None:
    await figures.keep(ADA, SCOPE, SEEN)
    assert await figures.of(ADA, SCOPE) == (replace(SEEN, seen=SEEN_ON),)
    async with store._database.reading() as connection:
        (row,) = (await connection.execute(SEEN_FIGURES.select())).all()
    assert b"62" not in row.value
    assert b"Exchange" not in row.value
    assert "0112A436" not in row.scope


async def test_figures_are_those_of_one_person_and_scope(figures: StoredFigures) -> None:
    await figures.keep(ADA, SCOPE, SEEN)
    assert await figures.of(BEN, SCOPE) == ()
    assert await figures.of(ADA, f"{SCOPE} and workloadCode eq 'EXO'") == ()


async def test_row_that_is_moved_to_another_person_does_not_open(figures: StoredFigures, store: Store) -> None:
    await figures.keep(ADA, SCOPE, SEEN)
    await figures.keep(BEN, SCOPE, replace(SEEN, day=date(2018, 10, 7)))
    async with store._database.reading() as connection:
        rows = {row.person_id: row for row in (await connection.execute(SEEN_FIGURES.select())).all()}
    moved = update(SEEN_FIGURES).where(SEEN_FIGURES.c.person_id == BEN.key[1]).values(value=rows[ADA.key[1]].value)
    await store._database.write(lambda connection: connection.execute(moved).rowcount)
    assert await figures.of(BEN, SCOPE) == ()


async def test_figures_of_a_removed_key_are_not_read(store: Store, figures: StoredFigures, clock: StillClock) -> None:
    await figures.keep(ADA, SCOPE, SEEN)
    assert await StoredFigures(store.seen, Encryptor([NEW]), 400, clock=clock).of(ADA, SCOPE) == ()
    assert len(await StoredFigures(store.seen, Encryptor([NEW, OLD]), 400, clock=clock).of(ADA, SCOPE)) == 1


async def test_nothing_is_kept_with_a_retention_of_zero(
    store: Store, figures: StoredFigures, clock: StillClock
) -> None:
    await figures.keep(ADA, SCOPE, SEEN)
    nothing = StoredFigures(store.seen, Encryptor([OLD]), 0, clock=clock)
    await nothing.keep(BEN, SCOPE, SEEN)
    assert (await nothing.of(ADA, SCOPE), await store.seen.count()) == ((), 1)
    await nothing.expire()
    assert await store.seen.count() == 0


async def test_figures_are_neither_shown_nor_stored_after_their_time(
    store: Store, figures: StoredFigures, clock: StillClock
) -> None:
    await figures.keep(ADA, SCOPE, SEEN)
    clock.now = NOW + 401 * SECONDS_OF_DAY
    assert await figures.of(ADA, SCOPE) == ()
    await figures.expire()
    assert await store.seen.count() == 0


async def test_figures_of_one_person_are_forgotten(store: Store, figures: StoredFigures) -> None:
    await figures.keep(ADA, SCOPE, SEEN)
    await figures.keep(BEN, SCOPE, SEEN)
    await figures.forget(ADA)
    assert (await figures.of(ADA, SCOPE), len(await figures.of(BEN, SCOPE))) == ((), 1)
    await figures.keep(ADA, SCOPE, SEEN)
    assert await store.seen.count() == 2


class _Broken(SeenFigures):
    async def keep(self, *_: Any, **__: Any) -> None:
        raise StoreError("away")

    async def of(self, *_: Any) -> Any:
        raise StoreError("away")


async def test_database_that_is_away_hides_figures_and_breaks_nothing(store: Store) -> None:
    away = StoredFigures(_Broken(store._database), Encryptor([OLD]), 400)
    await away.keep(ADA, SCOPE, SEEN)
    assert await away.of(ADA, SCOPE) == ()
