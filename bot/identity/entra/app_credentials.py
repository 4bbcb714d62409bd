"""Get the bot's own token for the Bot Connector: client credentials through MSAL.

MSAL is synchronous and has pitfalls: its constructor makes a request, it has no timeout of its own, and it repeats
cached failures. So it runs in a thread with timeouts, and tokens are cached in this module. Depends on msal, not on
Teams.
https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#bot-to-connector
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import msal
import structlog

from bot.domain.entra_cloud import LOGIN_URL, authority_of
from bot.errors import UsageBotError
from bot.identity.entra.entra_session import make_session
from bot.identity.entra.msal_http import DiscoveryCache, MsalHttpClient

log = structlog.get_logger(__name__)

RETRY_RENEWAL = 30.0  # seconds between attempts to renew a token that is still valid
# Seconds between two tokens that are fetched because one was refused: a service that refuses a fresh token refuses the
# next one, too, and Entra would be asked again for each message.
RETRY_REFUSED = 60.0


class AppTokenError(UsageBotError):
    """Entra issued no token for the bot itself. The operator has to act.

    `code` is Entra's or MSAL's.
    """

    def __init__(self, problem: str, code: str | None = None) -> None:
        super().__init__(f"no token for the bot: {problem}" + (f" ({code})" if code else ""))
        self.code = code


class AppTokens(Protocol):
    """Provides access tokens of the bot itself."""

    async def token(self, scope: str, *, refused: str | None = None) -> str:
        """Return a token for `scope`.

        `refused` is a token that was answered with 401: get a fresh one. If that was done a moment ago, the same token
        is returned: another would be refused as well. Raises AppTokenError when Entra issues none.
        """
        ...


@dataclass(frozen=True, slots=True)
class Credentials:
    """The bot's Entra registration.

    `tenant_id` is the registration's own tenant (single-tenant bots). `login_url` is the address of Entra: all tokens
    are requested there, and their issuer follows from it.
    """

    app_id: str
    secret: str
    tenant_id: str
    login_url: str = LOGIN_URL

    def __repr__(self) -> str:
        """Return a text without the secret."""
        return f"Credentials(app_id={self.app_id!r}, tenant_id={self.tenant_id!r})"


@dataclass(slots=True)
class _Held:
    """A token. `refused`: it was answered with 401."""

    token: str
    until: float
    refused: bool = False


class ClientCredentials:
    """Gets tokens by client credentials and caches them until they expire.

    A token is renewed in the background minutes before it expires, by one request at a time. `http_client` is what MSAL
    makes its requests with (requests' Session interface); tests pass one that reaches a real server. `seconds` is the
    timeout of a request; `ahead` is how many seconds before expiry the renewal starts.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        http_client: Any = None,
        seconds: float = 10.0,
        ahead: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._credentials = credentials
        self._session = make_session() if http_client is None else None
        self._http_client = MsalHttpClient(self._session, DiscoveryCache(), seconds) if self._session else http_client
        self._seconds = seconds
        self._ahead = ahead
        self._clock = clock
        self._app: msal.ConfidentialClientApplication | None = None
        self._held: dict[str, _Held] = {}
        self._renewing: dict[str, asyncio.Task[str]] = {}
        self._tried: dict[str, float] = {}
        self._replaced: dict[str, float] = {}

    async def token(self, scope: str, *, refused: str | None = None) -> str:
        """Return a token for `scope`, such as `https://api.botframework.com/.default`.

        Raises AppTokenError.
        """
        held, now = self._held.get(scope), self._clock()
        if held is not None and now < held.until and (held.token != refused or self._is_replaced(scope, now)):
            if held.until - now < self._ahead and now - self._tried.get(scope, 0.0) >= RETRY_RENEWAL:
                self._renew(scope)
            return held.token
        if held is not None and held.token == refused:
            held.refused = True
        return await asyncio.shield(self._renew(scope))

    def _is_replaced(self, scope: str, now: float) -> bool:
        """Return True if a refused token was replaced a moment ago: another one would be refused as well."""
        return scope not in self._renewing and now - self._replaced.get(scope, -RETRY_REFUSED) < RETRY_REFUSED

    async def close(self) -> None:
        """Wait for a renewal that is running: a thread cannot be cancelled."""
        await asyncio.gather(*self._renewing.values(), return_exceptions=True)
        if self._session is not None:
            self._session.close()

    def _renew(self, scope: str) -> asyncio.Task[str]:
        task = self._renewing.get(scope)
        if task is None:
            self._tried[scope] = self._clock()
            task = self._renewing[scope] = asyncio.create_task(self._fetch(scope), name="app token")
            task.add_done_callback(lambda done: self._end(scope, done))
        return task

    def _end(self, scope: str, task: asyncio.Task[str]) -> None:
        self._renewing.pop(scope, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("app_token_not_renewed", problem=str(error))

    async def _fetch(self, scope: str) -> str:
        asked = self._clock()
        try:
            async with asyncio.timeout(2 * self._seconds):
                answer = await asyncio.to_thread(self._acquire, scope)
        except TimeoutError:
            raise AppTokenError("Entra does not answer", "timeout") from None
        token, lifetime = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token:
            raise AppTokenError(*_refusal(answer))
        if (before := self._held.get(scope)) is not None and before.refused:
            self._replaced[scope] = asked
        self._held[scope] = _Held(token, asked + max(60.0, float(lifetime or 3600) - 60.0))
        return token

    def _acquire(self, scope: str) -> dict[str, Any]:
        """Run in a thread.

        MSAL's copy of the token is dropped first, because a new token is needed.
        """
        try:
            if self._app is None:
                self._app = self._make()
            self._app.remove_tokens_for_client()
            answer: dict[str, Any] = self._app.acquire_token_for_client([scope])
        except Exception as error:  # noqa: BLE001  # MSAL raises the exceptions of requests, of json and its own
            raise AppTokenError("Entra cannot be reached", type(error).__name__) from None
        return answer

    def _make(self) -> msal.ConfidentialClientApplication:
        credentials = self._credentials
        return msal.ConfidentialClientApplication(
            credentials.app_id,
            client_credential=credentials.secret,
            authority=authority_of(credentials.login_url, credentials.tenant_id),
            http_client=self._http_client,
            timeout=self._seconds,
            instance_discovery=False,
        )


def _refusal(answer: dict[str, Any]) -> tuple[str, str | None]:
    """Return what Entra's error means for the operator, and its AADSTS code.

    Entra's description is omitted, because it names ids.
    https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
    """
    codes = answer.get("error_codes")
    number = codes[0] if isinstance(codes, list) and codes else None
    code = f"AADSTS{number}" if isinstance(number, int) else str(answer.get("error", "unknown"))[:80]
    problem = {
        700016: "the app id is not registered in this tenant",
        7000215: "the app password is wrong",
        7000222: "the app password has expired",
        90002: "the tenant does not exist",
    }.get(number if isinstance(number, int) else 0, "Entra refused it")
    return problem, code
