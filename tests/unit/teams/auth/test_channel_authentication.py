"""The cache of verified channel tokens.

A token is cached for ten minutes, and never longer than it is valid.
"""

import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from bot.errors import UsageBotError
from bot.teams.auth import channel_authentication
from bot.teams.auth.channel_authentication import TRUSTED_SECONDS, ChannelAuthenticator
from bot.teams.auth.channel_token import ChannelKey, read_channel_key

APP, ISSUER, KID = "7e1a2b3c-0000-4000-8000-0000000000aa", "https://api.botframework.com", "k1"


class Keys:
    """One key.

    It counts how often it was requested, which is how often a signature was checked.
    """

    def __init__(self, private: RSAPrivateKey) -> None:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
        self.key = read_channel_key({**public, "kid": KID, "endorsements": ["msteams"]})
        self.asked = 0

    async def find(self, kid: str) -> ChannelKey | None:
        assert kid == KID
        self.asked += 1
        return self.key


class Clock:
    """A clock that starts at the true time: PyJWT's own clock cannot be injected."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def private() -> RSAPrivateKey:
    return generate_private_key(65_537, 2_048)


class Scene:
    def __init__(self, private: RSAPrivateKey) -> None:
        self.private, self.keys, self.clock = private, Keys(private), Clock()
        keys: Any = self.keys
        self.authenticator = ChannelAuthenticator(keys, app_id=APP, issuer=ISSUER, clock=self.clock)

    def header(self, seconds: float = 3_600, **more: object) -> list[str]:
        claims = {"iss": ISSUER, "aud": APP, "exp": self.clock.now + seconds, "serviceurl": "https://a.example/"}
        return [f"Bearer {jwt.encode({**claims, **more}, self.private, 'RS256', {'kid': KID})}"]


@pytest.fixture
def scene(private: RSAPrivateKey, monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setattr(channel_authentication, "REMEMBERED", 2)
    return Scene(private)


async def test_signature_is_checked_again_when_ten_minutes_are_over(scene: Scene) -> None:
    token = scene.header()
    first = await scene.authenticator.claims(token)
    scene.clock.now += TRUSTED_SECONDS - 1
    assert await scene.authenticator.claims(token) is first
    assert scene.keys.asked == 1
    scene.clock.now += 1
    assert await scene.authenticator.claims(token) == first
    assert scene.keys.asked == 2


async def test_cached_token_is_checked_again_when_it_has_expired(scene: Scene) -> None:
    token = scene.header(seconds=60)
    await scene.authenticator.claims(token)
    scene.clock.now += 60
    await scene.authenticator.claims(token)  # within the skew that PyJWT allows, by its own clock
    assert scene.keys.asked == 2


async def test_token_used_last_stays_cached_when_there_are_too_many(scene: Scene) -> None:
    first, second = scene.header(number=1), scene.header(number=2)
    for token in (first, second, first, scene.header(number=3)):
        await scene.authenticator.claims(token)
    assert scene.keys.asked == 3
    await scene.authenticator.claims(first)
    assert scene.keys.asked == 3
    await scene.authenticator.claims(second)
    assert scene.keys.asked == 4


async def test_refused_token_is_not_cached(scene: Scene) -> None:
    token = scene.header(aud="another bot")
    for _ in range(2):
        with pytest.raises(UsageBotError):
            await scene.authenticator.claims(token)
    assert scene.keys.asked == 2
