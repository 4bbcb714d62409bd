"""The signing keys of the channel service, from its OpenID configuration.

Depends on aiohttp.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import aiohttp
import msgspec
import structlog

from bot.identity.sso.signing_keys import KeyList, KeysUnavailableError, SigningKeys
from bot.teams.auth.channel_token import ChannelKey, read_channel_key

log = structlog.get_logger(__name__)


class OpenId(msgspec.Struct):
    """The part of the OpenID configuration that the bot uses."""

    jwks_uri: str


class ChannelKeys(SigningKeys[ChannelKey]):
    """The keys that the OpenID configuration at `openid_url` leads to.

    `seconds` limits each of the two requests.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        openid_url: str,
        *,
        seconds: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(session, seconds=seconds, clock=clock)
        self._openid_url = openid_url

    async def _load(self) -> dict[str, ChannelKey]:
        configuration = msgspec.json.decode(await self._get(self._openid_url), type=OpenId)
        if urlsplit(configuration.jwks_uri).scheme != urlsplit(self._openid_url).scheme:
            raise KeysUnavailableError("the key list is elsewhere")
        wire = msgspec.json.decode(await self._get(configuration.jwks_uri), type=KeyList).keys
        return {key.kid: key for each in wire if (key := read_channel_key(each)) is not None}

    def _not_renewed(self, problem: str, known: int) -> None:
        log.warning("channel_keys_not_renewed", problem=problem, known=known)
