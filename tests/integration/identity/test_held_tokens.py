"""A held token is used no longer than its sign-in lasts.

On whichever replica that ends or begins.
"""

import asyncio
from typing import Any

import pytest

from bot.errors import ClaimsRequiredError, EntraDownError, NotSignedInError, StoreError
from bot.identity.tokens.held_checks import LONGEST, RECHECK
from bot.identity.tokens.user_tokens import SPARE
from bot.simulator.entra import SimulatedEntra, User


@pytest.fixture
def database(database_url: str) -> str:
    """Run these tests on both kinds of database."""
    return database_url


@pytest.fixture
async def other(house: Any, ada: User, caller: Any) -> Any:
    """Return another replica, which holds Ada's token."""
    await house.sso(ada)
    made = house.restarted()
    await made.token(caller(ada))
    yield made
    await made.close()


async def test_sign_out_elsewhere_is_known_in_the_next_turn(house: Any, other: Any, ada: User, caller: Any) -> None:
    ended: list[Any] = []
    other.held.ended.append(lambda *news: ended.append(news))
    await house.tokens.forget(caller(ada))
    with pytest.raises(NotSignedInError):
        await other.confirm(caller(ada))
    assert ended == [(caller(ada).key, False)]
    with pytest.raises(NotSignedInError):
        await other.token(caller(ada))


async def test_the_newest_sign_in_counts_on_every_replica(house: Any, other: Any, ada: User, caller: Any) -> None:
    old, ended = await other.token(caller(ada)), []
    other.held.ended.append(lambda *news: ended.append(news))
    await house.tokens.forget(caller(ada))
    await house.sso(ada)
    await other.confirm(caller(ada))
    assert await other.token(caller(ada)) == await house.tokens.token(caller(ada)) != old
    assert ended == [(caller(ada).key, True)], "what the last sign-in could see is not forgotten"


async def test_no_sign_in_ends_of_a_person_who_has_none(house: Any, ben: User, caller: Any) -> None:
    ended: list[Any] = []
    house.tokens.held.ended.append(lambda *news: ended.append(news))
    with pytest.raises(NotSignedInError):
        await house.tokens.confirm(caller(ben))
    assert ended == []


async def test_a_refresh_elsewhere_ends_no_sign_in(house: Any, other: Any, ada: User, caller: Any) -> None:
    ended: list[Any] = []
    other.held.ended.append(lambda *news: ended.append(news))
    renewed = await house.tokens.token(caller(ada), refused=await house.tokens.token(caller(ada)))
    await other.confirm(caller(ada))
    assert await other.token(caller(ada)) == renewed
    assert ended == []


async def test_a_token_is_checked_before_its_use_when_that_is_long_ago(
    house: Any, other: Any, ada: User, caller: Any
) -> None:
    await house.tokens.forget(caller(ada))
    house.clock.ahead = RECHECK - 1
    assert await other.token(caller(ada))
    house.clock.ahead = LONGEST + 1
    with pytest.raises(NotSignedInError):
        await other.token(caller(ada))


async def test_a_token_outlasts_a_short_outage_of_the_store_only(
    house: Any, other: Any, ada: User, caller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise StoreError("away")

    monkeypatch.setattr(house.cache, "version", away)
    house.clock.ahead = LONGEST - 1
    await other.confirm(caller(ada))
    house.clock.ahead = LONGEST + 1
    for ask in (other.confirm, other.token):
        with pytest.raises(StoreError):
            await ask(caller(ada))


async def test_a_look_under_way_does_not_replace_a_newer_sign_in(
    house: Any, other: Any, ada: User, caller: Any, app_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await other.token(caller(ada))
    other.held.clear()
    refresh, asked, go = house.entra.refresh, asyncio.Event(), asyncio.Event()

    async def slow(*args: Any, **options: Any) -> Any:
        outcome = await refresh(*args, **options)
        asked.set()
        await go.wait()
        return outcome

    monkeypatch.setattr(house.entra, "refresh", slow)
    looking = asyncio.create_task(other.token(caller(ada)))
    await asked.wait()
    exchanged = await house.entra.on_behalf_of(_claims(ada), house.simulated.sso_token(ada, app_id))
    await other.accept(exchanged)
    go.set()
    assert await looking == exchanged.access_token != old
    assert await other.token(caller(ada)) == exchanged.access_token


async def test_after_a_403_a_newer_sign_in_is_looked_for(house: Any, other: Any, ada: User, caller: Any) -> None:
    refused = await other.token(caller(ada))
    asked = house.simulated.asked
    assert await other.newer(caller(ada), refused) is None
    assert house.simulated.asked == asked
    await house.tokens.forget(caller(ada))
    await house.sso(ada)
    newer = await other.newer(caller(ada), refused)
    assert newer == await house.tokens.token(caller(ada)) != refused
    assert await other.newer(caller(ada), refused) == newer
    await house.tokens.forget(caller(ada))
    assert await other.newer(caller(ada), newer) is None


async def test_a_token_still_good_serves_while_entra_fails(
    entra: SimulatedEntra, house: Any, other: Any, ada: User, caller: Any
) -> None:
    token = await other.token(caller(ada))
    entra.standing(ada).down = True
    house.clock.ahead = 3600 - 200
    assert await other.token(caller(ada)) == token
    asked = entra.asked
    assert await other.token(caller(ada)) == token
    assert entra.asked == asked, "every question waits for Entra"
    with pytest.raises(EntraDownError):
        await other.token(caller(ada), refused=token)
    house.clock.ahead = 3600 - SPARE + 2
    with pytest.raises(EntraDownError):
        await other.token(caller(ada))
    entra.standing(ada).down = False
    house.clock.ahead += 60
    assert await other.token(caller(ada)) != token


async def test_a_refusal_of_entra_is_told_though_a_token_is_good(
    entra: SimulatedEntra, house: Any, other: Any, ada: User, caller: Any
) -> None:
    entra.standing(ada).claims = '{"access_token":{}}'
    house.clock.ahead = 3600 - 200
    with pytest.raises(ClaimsRequiredError):
        await other.token(caller(ada))


async def test_tokens_in_doubt_are_checked_before_their_use(house: Any, other: Any, ada: User, caller: Any) -> None:
    await house.tokens.forget(caller(ada))
    assert await other.token(caller(ada))
    other.held.doubt()
    with pytest.raises(NotSignedInError):
        await other.token(caller(ada))


def _claims(user: User) -> Any:
    from bot.identity.sso.sso_token import SsoClaims

    return SsoClaims(user.tenant_id, user.object_id, user.name, 0.0)
