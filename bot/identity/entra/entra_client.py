"""Request the tokens of people from Entra, through MSAL.

Depends on msal and threads, not on store or HTTP server. On-behalf-of:
https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-on-behalf-of-flow Code and PKCE:
https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow

MSAL blocks, so it runs in its own thread pool: if Entra does not answer, only that pool fills up. Every call gets a new
MSAL application (about a millisecond) with the cache of one person, so that no person gets the tokens or refusals of
another. The answer must name the person for whom it was requested.
"""

import asyncio
import time
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msal
import requests
import structlog

from bot.domain.entra_cloud import authority_of, issuer_of
from bot.identity.entra.app_credentials import Credentials
from bot.identity.entra.entra_session import make_session
from bot.identity.entra.msal_http import DiscoveryCache, MsalHttpClient, hush_msal
from bot.identity.entra.sign_in_outcome import OtherPerson, SignInNeeded, SignInOutcome, Tokens, TryLater, read_refusal
from bot.identity.sso.sso_token import SsoClaims

log = structlog.get_logger(__name__)

SCOPES = ("https://api.partnercenter.microsoft.com/user_impersonation",)
Person = tuple[str, str]  # (tenant id, object id), lower case
Ask = Callable[[msal.ConfidentialClientApplication], dict[str, Any] | None]


class EntraClient:
    """Requests tokens.

    MSAL sends its requests through `session` (the simulator's in the demo). The caller closes a session that it passed.
    `seconds` is the timeout of a request; `clock` returns Unix seconds.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        session: requests.Session | None = None,
        scopes: tuple[str, ...] = SCOPES,
        seconds: float = 10.0,
        threads: int = 16,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._credentials = credentials
        hush_msal()
        self._session = session or make_session()
        self._owned = session is None
        self._scopes = list(scopes)
        self._seconds = seconds
        self._clock = clock
        self._discovery = DiscoveryCache()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="entra")

    async def on_behalf_of(self, claims: SsoClaims, assertion: str) -> SignInOutcome:
        """Get tokens for the person that the verified SSO token `assertion` belongs to."""
        person = (claims.tenant_id, claims.object_id)
        return await self._tokens(person, None, lambda app: app.acquire_token_on_behalf_of(assertion, self._scopes))

    async def refresh(self, person: Person, state: str, *, force: bool = False) -> SignInOutcome:
        """Get tokens from the stored `state`.

        The access token is reused if it is valid for five minutes more. With `force`, the stored access token is never
        used.
        """

        def ask(app: msal.ConfidentialClientApplication) -> dict[str, Any] | None:
            account = next((each for each in app.get_accounts() if _is(each, person)), None)
            if account is None:
                return {"error": "invalid_grant", "error_description": "no tokens are stored for this person"}
            answer: dict[str, Any] | None = app.acquire_token_silent_with_error(
                self._scopes, account, force_refresh=force
            )
            return answer

        return await self._tokens(person, state, ask)

    async def begin(
        self, person: Person, redirect_uri: str, *, claims: str | None, consent: bool = False
    ) -> dict[str, Any] | TryLater:
        """Start a sign-in and return MSAL's flow, which is needed to finish it.

        The person goes to its `auth_uri`, and its `state` comes back. Entra posts the answer (`form_post`), so that no
        code is in an address, a history or a log.
        """

        def start(app: msal.ConfidentialClientApplication) -> dict[str, Any]:
            flow: dict[str, Any] = app.initiate_auth_code_flow(
                self._scopes,
                redirect_uri=redirect_uri,
                response_mode="form_post",
                prompt="consent" if consent else None,
                claims_challenge=claims,
            )
            return flow

        found = await self._run(person, None, start)
        return found if isinstance(found, TryLater) else dict(found[0] or {})

    async def finish(self, person: Person, flow: Mapping[str, Any], answer: Mapping[str, str]) -> SignInOutcome:
        """Get tokens for Entra's posted `answer`.

        OtherPerson if not `person`, the caller in the chat, signed in.
        """

        def ask(app: msal.ConfidentialClientApplication) -> dict[str, Any]:
            if not answer.keys() & {"code", "error"}:  # MSAL raises in this case, which would look like an outage
                return {"error": "invalid_grant", "error_description": "neither a code nor an error"}
            try:
                answered: dict[str, Any] = app.acquire_token_by_auth_code_flow(dict(flow), dict(answer))
            except RuntimeError:  # wrong nonce; MSAL's message contains both nonces, so it must not get further
                return {"error": "wrong_nonce"}
            return answered

        return await self._tokens(person, None, ask)

    def close(self) -> None:
        """Wait until the threads have ended. Requests in progress end with their timeout."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        if self._owned:
            self._session.close()

    async def _tokens(self, person: Person, state: str | None, ask: Ask) -> SignInOutcome:
        found = await self._run(person, state, ask)
        if isinstance(found, TryLater):
            return found
        answer, call, cache = found
        if not answer:
            return SignInNeeded()
        token, lifetime = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token:
            return read_refusal(answer, status=call.status, retry_after=call.retry_after)
        who, name = self._who(answer, cache)
        if who != person:
            return OtherPerson(name)
        return Tokens(*person, name, token, self._clock() + _number(lifetime), cache.serialize())

    def _who(self, answer: Mapping[str, Any], cache: msal.SerializableTokenCache) -> tuple[Person | None, str]:
        """Return whose tokens these are.

        From this answer's ID token, else from the only account in the cache. MSAL does not validate ID tokens. This one
        came from Entra itself over TLS, so its claims are sufficient:
        https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
        """
        claims = answer.get("id_token_claims")
        if not isinstance(claims, dict):
            accounts = list(cache.search(msal.TokenCache.CredentialType.ACCOUNT))
            if len(accounts) != 1:
                return None, ""
            return (_lower(accounts[0], "realm"), _lower(accounts[0], "local_account_id")), ""
        tenant_id, object_id, name = _lower(claims, "tid"), _lower(claims, "oid"), str(claims.get("name", ""))[:256]
        issuer = issuer_of(self._credentials.login_url, tenant_id)
        ours = claims.get("aud") == self._credentials.app_id and claims.get("iss") == issuer
        return ((tenant_id, object_id) if ours else None), name

    async def _run(
        self, person: Person, state: str | None, ask: Ask
    ) -> tuple[dict[str, Any] | None, MsalHttpClient, msal.SerializableTokenCache] | TryLater:
        call = MsalHttpClient(self._session, self._discovery, self._seconds)

        def work() -> tuple[dict[str, Any] | None, msal.SerializableTokenCache]:
            cache = msal.SerializableTokenCache()
            cache.deserialize(state)
            return ask(self._application(person[0], call, cache)), cache

        try:
            async with asyncio.timeout(3 * self._seconds):
                answer, cache = await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except Exception as error:  # noqa: BLE001  # MSAL raises the exceptions of requests, of json and its own
            log.warning("entra_unreachable", problem=type(error).__name__, status=call.status)
            return TryLater(call.retry_after)
        return answer, call, cache

    def _application(
        self, tenant_id: str, call: MsalHttpClient, cache: msal.SerializableTokenCache
    ) -> msal.ConfidentialClientApplication:
        return msal.ConfidentialClientApplication(
            self._credentials.app_id,
            client_credential=self._credentials.secret,
            # The tenant must be an id, not a path or a name.
            authority=authority_of(self._credentials.login_url, str(uuid.UUID(tenant_id))),
            token_cache=cache,
            http_client=call,
            http_cache={},
            instance_discovery=False,
        )


def _is(account: Mapping[str, Any], person: Person) -> bool:
    return (_lower(account, "realm"), _lower(account, "local_account_id")) == person


def _lower(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value.lower() if isinstance(value, str) else ""


def _number(lifetime: object) -> float:
    """Convert to seconds. Entra sends a number, some services a string."""
    try:
        return max(0.0, float(lifetime)) if isinstance(lifetime, int | float | str) else 0.0
    except ValueError:
        return 0.0
