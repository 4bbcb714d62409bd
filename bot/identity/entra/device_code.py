"""Sign in from a terminal, with a code to type in any browser.

Depends on msal and threads, not on the store. The registration has to allow public client flows.
https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-device-code
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msal
import requests

from bot.domain.conversation import Caller
from bot.domain.entra_cloud import LOGIN_URL, authority_of
from bot.errors import EntraDownError, NotSignedInError
from bot.identity.entra.claims_demand import SECOND_FACTOR, met_in_vain
from bot.identity.entra.entra_client import SCOPES
from bot.identity.entra.entra_session import make_session
from bot.identity.entra.msal_http import DiscoveryCache, MsalHttpClient, hush_msal
from bot.identity.entra.sign_in_outcome import RENEW_BEFORE, as_error, read_refusal


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What is shown to the person: type `user_code` at `url` within `seconds`."""

    user_code: str
    url: str
    seconds: int


class DeviceSignIn:
    """One person at one terminal, who is asked for a second factor.

    Partner Center takes no token without one. It is demanded at once: nothing is known here of an earlier sign-in.
    Implements `bot.partner_center.token_source.TokenSource` after the sign-in. `tell` is called with the code. Tokens
    are kept as long as this object. MSAL sends its requests through `session`, to the Entra at `login_url`.
    """

    def __init__(
        self,
        app_id: str,
        tenant_id: str,
        tell: Callable[[DeviceCode], None],
        *,
        login_url: str = LOGIN_URL,
        session: requests.Session | None = None,
        seconds: float = 10.0,
    ) -> None:
        hush_msal()
        self._app_id = app_id
        self._authority = authority_of(login_url, tenant_id)
        self._tell = tell
        self._session = session or make_session()
        self._owned = session is None
        self._seconds = seconds
        self._discovery = DiscoveryCache()
        self._cache = msal.TokenCache()
        self._flow: dict[str, Any] = {}
        self._token = ""
        self._until = 0.0
        self._since = 0.0  # when the person signed in

    async def sign_in(self, locale: str = "en-US") -> Caller:
        """Show a code, wait until a person has entered it, and return that person.

        Can be cancelled. Raises the error of bot.errors for Entra's refusal; NotSignedInError when the code expired.
        """
        self._flow = await self._ask(lambda app: app.initiate_device_flow(list(SCOPES), claims_challenge=SECOND_FACTOR))
        if "user_code" not in self._flow:
            raise as_error(read_refusal(self._flow))
        flow = self._flow
        self._tell(DeviceCode(str(flow["user_code"]), str(flow["verification_uri"]), int(flow.get("expires_in", 900))))
        try:
            answer = await self._ask(lambda app: app.acquire_token_by_device_flow(flow, claims_challenge=SECOND_FACTOR))
        finally:
            flow["expires_at"] = 0  # the only way to end MSAL's waiting thread
        claims = answer.get("id_token_claims")
        if not self._keep(answer) or not isinstance(claims, dict):
            raise as_error(read_refusal(answer))
        self._since = time.monotonic()
        return Caller(str(claims.get("tid", "")), str(claims.get("oid", "")), str(claims.get("name", "")), locale)

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:  # noqa: ARG002 - there is one person
        """Return the person's token, refreshed silently.

        Raises NotSignedInError and EntraError.
        """
        if self._token and self._token != refused and time.monotonic() < self._until - RENEW_BEFORE:
            return self._token
        accounts = await self._ask(lambda app: {"accounts": app.get_accounts()})
        if not accounts["accounts"]:
            raise NotSignedInError("the person is not signed in")
        account = accounts["accounts"][0]
        answer = await self._ask(
            lambda app: app.acquire_token_silent_with_error(list(SCOPES), account, force_refresh=refused is not None)
        )
        if not self._keep(answer):
            raise as_error(read_refusal(answer))
        return self._token

    async def newer(self, caller: Caller, refused: str) -> str | None:  # noqa: ARG002 - there is one person
        """Return None: there is one sign-in."""
        return None

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:  # noqa: ARG002 - there is one person
        """Return True if the sign-in was for `claims`; None: second factor."""
        asked = SECOND_FACTOR if self._since else ""
        return met_in_vain(claims, asked, time.monotonic() - self._since)

    def close(self) -> None:
        """Close the connections."""
        if self._owned:
            self._session.close()

    def _keep(self, answer: dict[str, Any]) -> bool:
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            return False
        self._token, self._until = token, time.monotonic() + float(answer.get("expires_in") or 0)
        return True

    async def _ask(self, ask: Callable[[msal.PublicClientApplication], Any]) -> dict[str, Any]:
        def work() -> dict[str, Any]:
            app = msal.PublicClientApplication(
                self._app_id,
                authority=self._authority,
                token_cache=self._cache,
                http_client=MsalHttpClient(self._session, self._discovery, self._seconds),
                http_cache={},
                instance_discovery=False,
            )
            return dict(ask(app) or {"error": "invalid_grant"})

        try:
            return await asyncio.to_thread(work)
        except Exception as error:  # noqa: BLE001  # MSAL raises the exceptions of requests, of json and its own
            raise EntraDownError(f"Entra cannot be reached: {type(error).__name__}") from None
