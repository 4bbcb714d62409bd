"""A deleted sign-in is not used again after an older database was restored."""

from typing import Any

import pytest

from bot.errors import NotSignedInError
from bot.identity.tokens.token_cache import KIND, TokenCache
from bot.identity.tokens.user_tokens import UserTokens
from bot.simulator.entra import User
from tests.integration.identity.conftest import caller_of


@pytest.fixture
def database(database_url: str) -> str:
    """Run these tests on both kinds of database."""
    return database_url


def restarted(house: Any, after: float = 0.0) -> UserTokens:
    """Return the tokens of a process that refuses sign-ins from before `after`."""
    return UserTokens(house.entra, TokenCache(house.records, house.encryptor, after), clock=house.clock)


async def restored(house: Any, user: User) -> None:
    """Sign the person in and out, and put back the record of the time between."""
    await house.sso(user)
    key = f"{user.tenant_id}|{user.object_id}".lower()
    backup = await house.records.get(KIND, key)
    assert backup is not None
    await house.tokens.forget(caller_of(user))
    assert await house.records.get(KIND, key) is None
    await house.records.add(KIND, key, backup.value)


async def test_restored_sign_in_is_refused_from_its_moment_on(house: Any, ada: User, caller: Any) -> None:
    await restored(house, ada)
    house.clock.ahead += 3600
    tokens = restarted(house, house.clock())
    with pytest.raises(NotSignedInError):
        await tokens.token(caller(ada))
    assert await tokens.signed_in(caller(ada)) is None


async def test_restored_sign_in_is_used_without_the_setting(house: Any, ada: User, caller: Any) -> None:
    await restored(house, ada)
    assert await restarted(house).token(caller(ada))


async def test_renewed_token_does_not_make_a_restored_sign_in_newer(house: Any, ada: User, caller: Any) -> None:
    await restored(house, ada)
    house.clock.ahead += 7200
    assert await restarted(house).token(caller(ada))
    with pytest.raises(NotSignedInError):
        await restarted(house, house.clock()).token(caller(ada))


async def test_person_who_signs_in_after_the_restore_is_signed_in(house: Any, ada: User, caller: Any) -> None:
    await restored(house, ada)
    house.clock.ahead += 3600
    after = house.clock()
    await house.sso(ada)
    assert await restarted(house, after).token(caller(ada))


async def test_person_whose_sign_in_is_refused_can_sign_out(house: Any, ada: User, caller: Any) -> None:
    await restored(house, ada)
    house.clock.ahead += 3600
    assert await restarted(house, house.clock()).forget(caller(ada))
    with pytest.raises(NotSignedInError):
        await restarted(house).token(caller(ada))
