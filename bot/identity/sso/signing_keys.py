"""The public keys of one issuer: fetched without blocking, cached, and renewed.

Depends on aiohttp and PyJWT. Used for the channel service, whose keys may be a day old at most, and for Entra's
tenants, whose keys change without notice:
https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication and
https://learn.microsoft.com/en-us/entra/identity-platform/signing-key-rollover
"""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import aiohttp
import jwt
import msgspec

from bot.errors import UsageBotError

K = TypeVar("K")

FRESH = 24 * 3600.0  # seconds; older keys are fetched again in the background, so that withdrawn keys are dropped
PAUSE = 60.0  # seconds between two fetches: anyone can invent key ids, and these must not cause more fetches
FIRST_PAUSE = 5.0  # seconds; the same while no key is known, because no token can be verified then
LARGEST = 1024 * 1024  # bytes of an answer; a key list has about 20 kB
SHORTEST_KEY = 2_048  # bits


class KeysUnavailableError(UsageBotError):
    """The signing keys could not be fetched.

    A token can neither be accepted nor refused now.
    """


class KeyList(msgspec.Struct):
    """A JSON Web Key Set, with its entries unchanged."""

    keys: list[dict[str, Any]]


class SigningKeys(ABC, Generic[K]):
    """The keys of one issuer by their ids.

    `clock` returns monotonic seconds; `seconds` is the timeout of one request. `find` answers from memory. An unknown
    key id causes a fetch, at most one a minute. Keys older than a day are used while they are renewed in the
    background: an outage of the issuer is no outage of the bot.
    """

    def __init__(
        self, session: aiohttp.ClientSession, *, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._session = session
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._clock = clock
        self._keys: dict[str, K] = {}
        self._fetched = 0.0
        self._asked: float | None = None
        self._fetching: asyncio.Task[None] | None = None

    @property
    def fetching(self) -> bool:
        """Return True while a fetch is in progress."""
        return self._fetching is not None

    async def find(self, kid: str) -> K | None:
        """Return the key `kid`; None if the issuer has none.

        Raises KeysUnavailableError if no keys were ever fetched.
        """
        key = self._keys.get(kid)
        if key is None:
            fetching = self._fetching or (self._fetch() if self._may_ask() else None)
            if fetching is not None:
                await asyncio.shield(fetching)
            key = self._keys.get(kid)
        elif self._clock() - self._fetched > FRESH and self._fetching is None and self._may_ask():
            self._fetch()
        if key is None and not self._keys:
            raise KeysUnavailableError("the signing keys cannot be fetched")
        return key

    async def close(self) -> None:
        """Stop fetching."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    @abstractmethod
    async def _load(self) -> dict[str, K]:
        """Fetch the issuer's keys. Raises what `_get` raises, and msgspec's errors."""

    @abstractmethod
    def _not_renewed(self, problem: str, known: int) -> None:
        """Log that a fetch failed; `known` keys stay in use."""

    def _may_ask(self) -> bool:
        return self._asked is None or self._clock() - self._asked >= (PAUSE if self._keys else FIRST_PAUSE)

    def _fetch(self) -> asyncio.Task[None]:
        self._asked = self._clock()
        self._fetching = asyncio.create_task(self._renew(), name=type(self).__name__)
        return self._fetching

    async def _renew(self) -> None:
        try:
            if keys := await self._load():
                self._keys, self._fetched = keys, self._clock()
            else:
                self._not_renewed("no usable key", len(self._keys))
        except KeysUnavailableError as error:
            self._not_renewed(str(error), len(self._keys))
        except (aiohttp.ClientError, TimeoutError, msgspec.MsgspecError, ValueError) as error:
            self._not_renewed(type(error).__name__, len(self._keys))
        finally:
            self._fetching = None

    async def _get(self, url: str) -> bytes:
        """Return the body at `url`.

        Raises KeysUnavailableError, aiohttp.ClientError, TimeoutError and ValueError.
        """
        async with self._session.get(url, timeout=self._timeout, allow_redirects=False) as response:
            if response.status != 200:
                raise KeysUnavailableError(f"status {response.status}")
            body = bytearray()
            async for chunk in response.content.iter_chunked(64 * 1024):
                body += chunk
                if len(body) > LARGEST:
                    raise KeysUnavailableError("the answer is too large")
        return bytes(body)


def read_key(wire: Mapping[str, Any]) -> tuple[str, jwt.PyJWK] | None:
    """Return (key id, key) for an entry of a key list.

    None if it is not a usable RS256 signing key.
    """
    kid = wire.get("kid")
    if not isinstance(kid, str) or not kid or wire.get("kty") != "RSA" or wire.get("use", "sig") != "sig":
        return None
    try:
        key = jwt.PyJWK(dict(wire), algorithm="RS256")
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return (kid, key) if getattr(key.key, "key_size", 0) >= SHORTEST_KEY else None
