"""Who sent a request: the channel service, or in the demo this very machine. Knows tokens and keys, no botbuilder."""

import re
import time
from collections.abc import Callable
from hashlib import sha256

from cachetools import TLRUCache

from bot.identity.sso.signing_keys import KeysUnavailableError
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.activity.service_hosts import is_loopback
from bot.teams.auth.channel_keys import ChannelKeys
from bot.teams.auth.channel_token import ChannelClaims, bearer, key_id, verify

# Teams uses a token for many activities: its signature is checked once in a while, its use every time.
REMEMBERED = 256
TRUSTED_SECONDS = 600.0

_PORT = re.compile(r":[0-9]*$")


class ChannelAuthenticator:
    """Checks the bearer of each request; a verified one is remembered by its hash, for ten minutes at most."""

    def __init__(self, keys: ChannelKeys, *, app_id: str, issuer: str, clock: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._app_id = app_id
        self._issuer = issuer
        self._verified: TLRUCache[bytes, ChannelClaims] = TLRUCache(REMEMBERED, _trusted_until, timer=clock)

    async def claims(self, headers: list[str]) -> ChannelClaims:
        """What the bearer in the Authorization `headers` says. Raises RefusedError 401, or 503 without keys."""
        token = bearer(headers)
        digest = sha256(token.encode("utf-8", "surrogateescape")).digest()
        try:
            return self._verified[digest]  # once a turn: `get` would ask the clock under a lock of its own
        except KeyError:
            pass
        try:
            key = await self._keys.find(key_id(token))
        except KeysUnavailableError as error:
            raise RequestRefusedError(503, str(error)) from None
        if key is None:
            raise RequestRefusedError(401, "the token's key is not the channel service's")
        claims = self._verified[digest] = verify(token, key, app_id=self._app_id, issuer=self._issuer)
        return claims


def _trusted_until(_: bytes, claims: ChannelClaims, now: float) -> float:
    return min(claims.expires, now + TRUSTED_SECONDS)


def check_peer(remote: str | None, host: str, *, forwarded: bool) -> None:
    """In the demo nobody proves who they are, so only this machine is answered: RefusedError 403 for others.

    A tunnel or proxy makes the whole internet look like this machine; it gives itself away by `forwarded` headers. So
    does a web page in a browser here whose own name was made to lead here: it is in `host`, the Host header.
    """
    if remote is None or not is_loopback(remote):
        raise RequestRefusedError(403, "without token checks only this machine is answered")
    if forwarded:
        raise RequestRefusedError(403, "without token checks nothing is answered through a proxy")
    if not is_loopback(_PORT.sub("", host).strip("[]")):
        raise RequestRefusedError(403, "without token checks only this machine is answered, by its own name")
