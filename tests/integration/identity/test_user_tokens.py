"""The caller's token.

Never another person's, never requested twice at once, never lost.
"""

import asyncio
from typing import Any

import pytest

from bot.errors import (
    ClaimsRequiredError,
    EntraDownError,
    EntraMisconfiguredError,
    EntraRefusedError,
    NotSignedInError,
    StoreError,
)
from bot.identity.entra.app_credentials import Credentials
from bot.identity.entra.entra_client import EntraClient
from bot.identity.tokens.encryption import Encryptor
from bot.identity.tokens.token_cache import TokenCache
from bot.identity.tokens.user_tokens import UserTokens
from bot.simulator.entra import SimulatedEntra, User
from bot.store import open_records


@pytest.fixture
def database(database_url: str) -> str:
    """Run these tests on both kinds of database."""
    return database_url


async def test_not_signed_in_is_raised_before_a_sign_in(house: Any, ada: User, caller: Any) -> None:
    with pytest.raises(NotSignedInError):
        await house.tokens.token(caller(ada))
    assert house.simulated.asked == 0


async def test_partner_center_accepts_the_persons_own_token(
    house: Any, entra: SimulatedEntra, ada: User, ben: User, caller: Any
) -> None:
    await house.sso(ada)
    await house.sso(ben)
    for user in (ada, ben):
        token = await house.tokens.token(caller(user))
        assert entra.authority.verify(token).object_id == user.object_id


async def test_a_cached_token_needs_no_request(house: Any, ada: User, caller: Any) -> None:
    await house.sso(ada)
    asked = house.simulated.asked
    assert len({await house.tokens.token(caller(ada)) for _ in range(50)}) == 1
    assert house.simulated.asked == asked


async def test_the_stored_token_is_used_after_a_restart(house: Any, ada: User, caller: Any) -> None:
    await house.sso(ada)
    token = await house.tokens.token(caller(ada))
    asked = house.simulated.asked
    assert await house.restarted().token(caller(ada)) == token
    assert house.simulated.asked == asked


async def test_a_token_is_renewed_five_minutes_before_it_expires(
    house: Any, entra: SimulatedEntra, ada: User, caller: Any
) -> None:
    await house.sso(ada)
    first = await house.tokens.token(caller(ada))
    house.clock.ahead = 3600 - 299
    second = await house.tokens.token(caller(ada))
    assert second != first
    assert entra.issued["refresh_token"] == 1
    assert await house.restarted().token(caller(ada)) == second


async def test_a_refused_token_is_renewed_once_for_all_callers(
    house: Any, entra: SimulatedEntra, ada: User, caller: Any
) -> None:
    await house.sso(ada)
    bad = await house.tokens.token(caller(ada))
    renewed = await asyncio.gather(*(house.tokens.token(caller(ada), refused=bad) for _ in range(10)))
    assert set(renewed) != {bad}
    assert len(set(renewed)) == 1
    assert entra.issued["refresh_token"] == 1
    assert await house.tokens.token(caller(ada), refused=bad) == renewed[0]


async def test_a_refused_token_is_not_returned_again_after_a_restart(house: Any, ada: User, caller: Any) -> None:
    await house.sso(ada)
    bad = await house.tokens.token(caller(ada))
    fresh = house.restarted()
    one, other = await asyncio.gather(fresh.token(caller(ada)), fresh.token(caller(ada), refused=bad))
    assert one == bad
    assert other != bad


async def test_one_more_refresh_is_needed_after_a_kill_before_saving(
    house: Any, entra: SimulatedEntra, ada: User, caller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.sso(ada)
    house.clock.ahead = 3500
    reached, never = asyncio.Event(), asyncio.Event()

    async def killed(*_: Any, **__: Any) -> None:
        reached.set()
        await never.wait()

    with monkeypatch.context() as patch:
        patch.setattr(house.cache, "replace", killed)
        dying = asyncio.create_task(house.tokens.token(caller(ada)))
        await reached.wait()
        for task in (dying, *house.tokens._fetching.values()):
            task.cancel()
        await asyncio.gather(dying, return_exceptions=True)
    assert entra.issued["refresh_token"] == 1
    reborn = house.restarted()
    house.clock.ahead = 3500
    token = await reborn.token(caller(ada), refused="the one that was lost")
    assert entra.authority.verify(token).object_id == ada.object_id
    assert entra.issued["refresh_token"] == 2


async def test_the_token_is_returned_when_saving_it_fails(
    house: Any, ada: User, caller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.sso(ada)
    house.clock.ahead = 3500

    async def broken(*_: Any, **__: Any) -> None:
        raise StoreError("disk full")

    monkeypatch.setattr(house.cache, "replace", broken)
    assert await house.tokens.token(caller(ada))


async def test_two_replicas_use_one_sign_in_and_its_refreshes(
    house: Any, entra: SimulatedEntra, ada: User, caller: Any
) -> None:
    await house.sso(ada)
    one, two = house.restarted(), house.restarted()
    house.clock.ahead = 3500
    tokens = await asyncio.gather(one.token(caller(ada), refused="x"), two.token(caller(ada), refused="x"))
    assert {entra.authority.verify(token).object_id for token in tokens} == {ada.object_id}
    assert await house.cache.version(caller(ada).key)
    await one.close()
    await two.close()


async def test_signing_out_deletes_tokens_from_memory_and_store(house: Any, ada: User, ben: User, caller: Any) -> None:
    await house.sso(ada)
    await house.sso(ben)
    assert await house.tokens.forget(caller(ada))
    for tokens in (house.tokens, house.restarted()):
        with pytest.raises(NotSignedInError):
            await tokens.token(caller(ada))
    assert await house.tokens.token(caller(ben))
    assert not await house.tokens.forget(caller(ada))


async def test_a_running_refresh_restores_nothing_after_a_sign_out(
    house: Any, ada: User, caller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.sso(ada)
    house.clock.ahead = 3500
    refresh, refreshing, go = house.entra.refresh, asyncio.Event(), asyncio.Event()

    async def slow(*args: Any, **options: Any) -> Any:
        refreshing.set()
        await go.wait()
        return await refresh(*args, **options)

    monkeypatch.setattr(house.entra, "refresh", slow)
    asking = asyncio.create_task(house.tokens.token(caller(ada)))
    await refreshing.wait()
    leaving = asyncio.create_task(house.tokens.forget(caller(ada)))
    while await house.tokens.signed_in(caller(ada)):  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0.01)
    assert not leaving.done()
    go.set()
    await leaving
    with pytest.raises(NotSignedInError):
        await asking
    assert await house.tokens.signed_in(caller(ada)) is None


async def test_a_sign_out_on_another_replica_is_noticed_in_a_minute(house: Any, ada: User, caller: Any) -> None:
    await house.sso(ada)
    other = house.restarted()
    await other.token(caller(ada))
    await house.tokens.forget(caller(ada))
    house.clock.ahead = 61
    await other.token(caller(ada))
    await other.close()
    with pytest.raises(NotSignedInError):
        await other.token(caller(ada))


async def test_signed_in_returns_the_time_of_the_sign_in(house: Any, ada: User, caller: Any) -> None:
    before = house.clock()
    await house.sso(ada)
    after = house.clock()
    kept = await house.tokens.signed_in(caller(ada))
    assert kept.name == "Ada Agent"
    assert before <= kept.since <= after


@pytest.mark.parametrize(
    ("setting", "value", "error"),
    [
        ("consented", False, NotSignedInError),
        ("mfa", True, ClaimsRequiredError),
        ("claims", '{"access_token":{}}', ClaimsRequiredError),
        ("blocked", True, EntraRefusedError),
        ("down", True, EntraDownError),
        ("throttled", 17, EntraDownError),
    ],
)
async def test_each_refusal_of_a_refresh_raises_its_own_error(
    house: Any, entra: SimulatedEntra, ada: User, caller: Any, setting: str, value: object, error: type[Exception]
) -> None:
    entra.standing(ada).mfa_done = False
    await house.sso(ada)
    setattr(entra.standing(ada), setting, value)
    house.clock.ahead = 3600
    with pytest.raises(error):
        await house.tokens.token(caller(ada))
    assert await house.cache.version(caller(ada).key)


async def test_the_sign_in_is_deleted_after_a_changed_password(
    house: Any, entra: SimulatedEntra, ada: User, caller: Any
) -> None:
    await house.sso(ada)
    entra.standing(ada).valid_from = house.clock() + 10
    house.clock.ahead = 3500
    with pytest.raises(NotSignedInError):
        await house.tokens.token(caller(ada))
    assert not await house.cache.version(caller(ada).key)


async def test_retry_after_of_entra_applies_only_to_this_person(
    house: Any, entra: SimulatedEntra, ada: User, ben: User, caller: Any
) -> None:
    await house.sso(ada)
    await house.sso(ben)
    house.clock.ahead = 3600
    entra.standing(ada).throttled = 40
    with pytest.raises(EntraDownError) as caught:
        await house.tokens.token(caller(ada))
    assert caught.value.retry_after == 40
    assert await house.tokens.token(caller(ben))
    asked = entra.asked
    entra.standing(ada).throttled = None
    with pytest.raises(EntraDownError):
        await house.tokens.token(caller(ada))
    assert entra.asked == asked
    house.clock.ahead = 3641
    assert await house.tokens.token(caller(ada))


async def test_an_outage_of_one_person_is_not_repeated_to_another(
    house: Any, entra: SimulatedEntra, ada: User, ben: User
) -> None:
    entra.standing(ada).down = True
    assert (await house.sso(ada)).first is False
    assert (await house.sso(ben)).first is True


async def test_misconfigured_is_raised_when_the_secret_is_wrong(house: Any, ada: User, caller: Any) -> None:
    await house.sso(ada)
    wrong = EntraClient(
        Credentials(house.simulated.directory.apps.popitem()[0], "wrong", ada.tenant_id), session=house.transport
    )
    house.simulated.register(wrong._credentials.app_id, "right")
    tokens = UserTokens(wrong, house.cache, clock=house.clock)
    with pytest.raises(EntraMisconfiguredError) as caught:
        await tokens.token(caller(ada), refused="x")
    assert caught.value.code == "AADSTS7000215"
    await asyncio.to_thread(wrong.close)


async def test_entra_down_is_raised_when_entra_does_not_answer(
    house: Any, entra: SimulatedEntra, ada: User, caller: Any
) -> None:
    await house.sso(ada)
    await entra.close()
    house.clock.ahead = 3600
    with pytest.raises(EntraDownError):
        await house.tokens.token(caller(ada))


async def test_a_new_sign_in_is_needed_when_the_key_is_gone(house: Any, ada: User, caller: Any) -> None:
    await house.sso(ada)
    other = UserTokens(house.entra, TokenCache(house.records, Encryptor([b"z" * 32])), clock=house.clock)
    with pytest.raises(NotSignedInError):
        await other.token(caller(ada))
    rotated = UserTokens(house.entra, TokenCache(house.records, Encryptor([b"z" * 32, b"k" * 32])), clock=house.clock)
    assert await rotated.token(caller(ada))


async def test_a_record_copied_to_another_persons_row_is_unusable(
    house: Any, ada: User, ben: User, caller: Any
) -> None:
    await house.sso(ada)
    stolen = await house.records.get("token", "|".join(caller(ada).key))
    await house.records.put("token", "|".join(caller(ben).key), stolen.value)
    with pytest.raises(NotSignedInError):
        await house.restarted().token(caller(ben))


async def test_a_restart_keeps_people_signed_in(
    house: Any, database: str, entra: SimulatedEntra, ada: User, caller: Any
) -> None:
    await house.sso(ada)
    async with open_records(database, house.clock) as again:
        tokens = UserTokens(house.entra, TokenCache(again, house.encryptor), clock=house.clock)
        assert entra.authority.verify(await tokens.token(caller(ada))).object_id == ada.object_id
