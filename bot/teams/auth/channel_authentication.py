"""The authentication of requests: by a channel token, or by loopback in the demo.

Must not import botbuilder.
"""

import re
import time
from collections.abc import Callable
from hashlib import sha256

from cachetools import TLRUCache

from bot.domain.loopback import is_loopback
from bot.identity.sso.signing_keys import KeysUnavailableError
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.auth.channel_keys import ChannelKeys
from bot.teams.auth.channel_token import ChannelClaims, bearer, key_id, verify

# Teams uses one token for many activities. Its signature is checked once in ten minutes, the claims for every activity.
REMEMBERED = 256
TRUSTED_SECONDS = 600.0

_PORT = re.compile(r":[0-9]*$")


class ChannelAuthenticator:
    """Verifies the bearer token of each request.

    The claims of a verified token are cached under its hash, for ten minutes at most.
    """

    def __init__(self, keys: ChannelKeys, *, app_id: str, issuer: str, clock: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._app_id = app_id
        self._issuer = issuer
        self._verified: TLRUCache[bytes, ChannelClaims] = TLRUCache(REMEMBERED, _trusted_until, timer=clock)

    async def claims(self, headers: list[str]) -> ChannelClaims:
        """Return the claims of the bearer token in the Authorization `headers`.

        Raises RequestRefusedError 401 when the token is not valid. When the signing keys could not be fetched, the
        sender cannot be verified now: 503, so that Teams retries.
        """
        token = bearer(headers)
        digest = sha256(token.encode("utf-8", "surrogateescape")).digest()
        try:
            return self._verified[digest]  # runs once per turn: `get` would read the clock again, under its own lock
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
    """Check that a request without a token comes from this machine, for the demo.

    Through a tunnel or a proxy every sender looks like this machine; `forwarded` headers reveal it. A web page in a
    browser on this machine can send requests as well, if the name of its site was made to resolve to this machine; the
    name is in the Host header, `host`. Raises RequestRefusedError 403 for all of these.
    """
    if remote is None or not is_loopback(remote):
        raise RequestRefusedError(403, "without token checks only this machine is answered")
    if forwarded:
        raise RequestRefusedError(403, "without token checks nothing is answered through a proxy")
    if not is_loopback(_PORT.sub("", host).strip("[]")):
        raise RequestRefusedError(403, "without token checks only this machine is answered, by its own name")
