"""The public keys of the channel service, kept and renewed. Knows aiohttp; blocks nothing and nobody."""

import asyncio
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import msgspec
import structlog

from bot.errors import UsageBotError
from bot.teams.auth.channel_token import ChannelKey, read_key

log = structlog.get_logger(__name__)

FRESH = 24 * 3600.0  # "refresh at least once every 24 hours", say the rules
PAUSE = 60.0  # an unknown key id is easily made up: it may not make us ask more often
FIRST_PAUSE = 5.0  # while there are no keys at all, nobody can be served: ask sooner
LARGEST = 1_000_000


class KeysUnavailableError(UsageBotError):
    """No keys could be had: who sent a request cannot be told, nor refused for good."""


class OpenId(msgspec.Struct):
    """The part of the OpenID configuration that matters."""

    jwks_uri: str


class KeyList(msgspec.Struct):
    """The key list."""

    keys: list[dict[str, Any]]


class ChannelKeys:
    """`find` answers from memory; an unknown key id makes it ask once, and at most once a minute.

    Keys older than a day are renewed in the background while they go on being used: an outage there is no outage here.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        openid_url: str,
        *,
        seconds: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._openid_url = openid_url
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._clock = clock
        self._keys: dict[str, ChannelKey] = {}
        self._fetched = 0.0
        self._asked: float | None = None
        self._fetching: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> ChannelKey | None:
        """The key `kid`, None where the service has none. Raises KeysUnavailableError before there were any keys."""
        key = self._keys.get(kid)
        if key is None:
            fetching = self._fetching or (self._fetch() if self._may_ask() else None)
            if fetching is not None:
                await asyncio.shield(fetching)
            key = self._keys.get(kid)
        elif self._clock() - self._fetched > FRESH and self._fetching is None and self._may_ask():
            self._fetch()
        if key is None and not self._keys:
            raise KeysUnavailableError("the channel service's keys cannot be had")
        return key

    async def close(self) -> None:
        """Stop asking."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    def _may_ask(self) -> bool:
        return self._asked is None or self._clock() - self._asked >= (PAUSE if self._keys else FIRST_PAUSE)

    def _fetch(self) -> asyncio.Task[None]:
        self._asked = self._clock()
        self._fetching = asyncio.create_task(self._renew(), name="channel keys")
        return self._fetching

    async def _renew(self) -> None:
        try:
            configuration = msgspec.json.decode(await self._get(self._openid_url), type=OpenId)
            if urlsplit(configuration.jwks_uri).scheme != urlsplit(self._openid_url).scheme:
                raise KeysUnavailableError("the key list is elsewhere")
            wire = msgspec.json.decode(await self._get(configuration.jwks_uri), type=KeyList).keys
            keys = {key.kid: key for each in wire if (key := read_key(each)) is not None}
            if not keys:
                raise KeysUnavailableError("the key list is empty")
            self._keys, self._fetched = keys, self._clock()
        except (aiohttp.ClientError, TimeoutError, msgspec.MsgspecError, ValueError, UsageBotError) as error:
            log.warning("channel_keys_not_renewed", problem=type(error).__name__, known=len(self._keys))
        finally:
            self._fetching = None

    async def _get(self, url: str) -> bytes:
        async with self._session.get(url, timeout=self._timeout, allow_redirects=False) as response:
            if response.status != 200:
                raise KeysUnavailableError(f"status {response.status}")
            body = await response.content.read(LARGEST + 1)
            while len(body) <= LARGEST and (more := await response.content.read(LARGEST + 1 - len(body))):
                body += more
        if len(body) > LARGEST:
            raise KeysUnavailableError("the answer is too large")
        return body
