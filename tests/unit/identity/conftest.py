"""Keys and tokens without a server."""

from typing import Any

import jwt
import pytest

from bot.identity.sso.signing_keys import read_key
from bot.identity.sso.sso_token import ExpectedClaims
from bot.simulator.entra import User
from bot.simulator.entra.issuer_keys import IssuerKeys

TENANT = "7e1a2b3c-0000-4000-8000-000000000001"
APP = "7e1a2b3c-0000-4000-8000-0000000000aa"
NOW = 1_790_000_000.0


@pytest.fixture
def now() -> float:
    return NOW


@pytest.fixture(scope="session")
def keys() -> IssuerKeys:
    return IssuerKeys(lambda: NOW)


@pytest.fixture
def ada() -> User:
    return User("Ada Agent", TENANT, "7e1a2b3c-0000-4000-8000-00000000000a")


@pytest.fixture
def expected(ada: User) -> ExpectedClaims:
    return ExpectedClaims(APP, TENANT, ada.object_id, frozenset({TENANT}))


@pytest.fixture
def public(keys: IssuerKeys) -> jwt.PyJWK:
    found = read_key(keys.current.public())
    assert found is not None
    return found[1]


@pytest.fixture
def token(keys: IssuerKeys, ada: User) -> Any:
    def made(**overrides: Any) -> str:
        return keys.sso_token(ada, APP, **overrides)

    return made
