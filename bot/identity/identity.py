"""The door of this room: everything about who is asking, put together. Knows no activity and no card.

How the room that talks to Teams uses it:

    NotSignedInError or MfaRequiredError from an answer
                                     -> offer = await identity.ask(caller, error, Waiting(...))
                                        a card with `offer.exchange_id` and a button to `offer.url`, in a 1:1 chat only
    invoke signin/tokenExchange      -> exchanged = await identity.exchange(caller, activity.value)
                                        answer `exchanged.status`; if `exchanged.first`, answer the waiting questions
    somebody finished on the page    -> the listener is called: Tokens -> answer the waiting questions, else say why not
    the waiting questions            -> await identity.waiting.take(caller): each is handed out once
    "sign out"                       -> await identity.sign_out(caller)
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import aiohttp
import requests
import structlog
from aiohttp import web

from bot.concurrency.periodic import Periodic
from bot.domain.conversation import Caller
from bot.errors import ClaimsRequiredError, MfaRequiredError, NotSignedInError, SettingsError, StoreError
from bot.identity.entra.app_credentials import Credentials
from bot.identity.entra.entra_client import EntraClient
from bot.identity.entra.sign_in_outcome import ClaimsNeeded
from bot.identity.sign_in.pending_questions import PendingQuestion, PendingQuestions
from bot.identity.sign_in.sign_in_flow import SignInFlows
from bot.identity.sign_in.sign_in_pages import Listener, SignInPages
from bot.identity.sign_in.silent_sign_in import ExchangeResult, SilentSignIn
from bot.identity.sso.entra_keys import EntraKeys
from bot.identity.sso.sso_token import HOST
from bot.identity.tokens.encryption import Encryptor
from bot.identity.tokens.token_cache import CachedSignIn, TokenCache
from bot.identity.tokens.user_tokens import UserTokens
from bot.store import Records

log = structlog.get_logger(__name__)

# Partner Center takes a token only if its `amr` has "mfa"; this asks Entra for one.
# https://learn.microsoft.com/en-us/partner-center/developer/partner-center-authentication
# https://openid.net/specs/openid-connect-core-1_0.html#IndividualClaimsRequests
MFA = '{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}'

SWEEP = 600.0  # seconds between two removals of what has expired


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """`credentials` are the bot's Entra registration. `public_url` is the bot's address as browsers see it, without a
    slash: `{public_url}/auth/callback` is registered as a redirect URI of kind "Web". `token_keys` are in base64, the
    newest first. `tenants` are those served, empty for all. `login_url` is Entra's, or the simulator's."""

    credentials: Credentials
    public_url: str
    token_keys: tuple[str, ...] = field(repr=False)
    tenants: tuple[str, ...] = ()
    login_url: str = HOST
    teams_js: bool = True


@dataclass(frozen=True, slots=True)
class SignInOffer:
    """What goes on a sign-in card: `tokenExchangeResource.id`, and where its button leads."""

    exchange_id: str
    url: str = field(repr=False)


class Identity:
    """`session` (for keys) and `transport` (for MSAL; None makes one) carry the requests; the former stays the
    caller's to close. `listener` is told how every sign-in on the page ended. Raises SettingsError."""

    def __init__(
        self,
        settings: IdentitySettings,
        records: Records,
        session: aiohttp.ClientSession,
        listener: Listener,
        *,
        transport: requests.Session | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if not settings.public_url:
            raise SettingsError(
                "USAGEBOT_PUBLIC_URL", "is not set: people sign in on pages of the bot, which need an address"
            )
        app_id = settings.credentials.app_id
        sealer = Encryptor.from_texts(settings.token_keys)
        entra = EntraClient(settings.credentials, session=transport, clock=clock)
        keys = EntraKeys(session, settings.login_url, clock=time.monotonic)
        self.tokens = UserTokens(entra, TokenCache(records, sealer), clock=clock)
        self.waiting = PendingQuestions(records, sealer, clock=clock)
        tenants = frozenset(settings.tenants)
        self._silent = SilentSignIn(app_id, keys, entra, self.tokens, records, tenants=tenants, clock=clock)
        self._sign_ins = SignInFlows(settings.public_url, entra, self.tokens, records, sealer, clock=clock)
        self.pages = SignInPages(self._sign_ins, listener, teams_js=settings.teams_js)
        self._entra, self._keys = entra, keys
        # Expired records do not exist, but take up room.
        self._sweeping = Periodic("expired records", records.purge, SWEEP, failed="expired_records_not_removed")

    def routes(self) -> list[web.RouteDef]:
        """The routes of the sign-in pages, for `Application.add_routes`."""
        return self.pages.routes()

    async def ask(
        self, caller: Caller, error: NotSignedInError | MfaRequiredError, question: PendingQuestion | None = None
    ) -> SignInOffer:
        """What goes on this person's sign-in card, after `error`; `question` waits until they have signed in.

        Raises StoreError.
        """
        self._sweeping.start()
        if question is not None:
            await self.waiting.keep(caller, question)
        claims = error.claims if isinstance(error, ClaimsRequiredError) else None
        interactive = isinstance(error, MfaRequiredError)
        invitation = await self._sign_ins.invite(caller, claims=MFA if interactive else claims)
        offered = await self._silent.offer(caller, invitation.key, interactive=interactive)
        return SignInOffer(offered, invitation.url)

    async def exchange(self, caller: Caller, value: object) -> ExchangeResult:
        """Take the `value` of a `signin/tokenExchange`, whatever it is; never raises for it.

        Where Entra wants more of the person, the button they have in front of them leads to a sign-in that asks it.
        """
        fields = value if isinstance(value, Mapping) else {}
        exchanged = await self._silent.exchange(caller, fields.get("id"), fields.get("token"))
        if exchanged.invitation is not None and isinstance(exchanged.outcome, ClaimsNeeded):
            try:
                await self._sign_ins.demand(exchanged.invitation, exchanged.outcome.claims)
            except StoreError as error:
                log.warning("claims_not_kept", problem=str(error))
        return exchanged

    async def signed_in(self, caller: Caller) -> CachedSignIn | None:
        """As whom and since when this person is signed in; None if they are not. Raises StoreError."""
        return await self.tokens.signed_in(caller)

    async def admit(self, caller: Caller) -> None:
        """Costs nothing where a token is at hand. Raises what `tokens.token` raises."""
        await self.tokens.token(caller)

    async def sign_out(self, caller: Caller) -> bool:
        """Forget this person's tokens and waiting questions; whether they were signed in. Raises StoreError."""
        await self.waiting.forget(caller)
        return await self.tokens.forget(caller)

    async def close(self) -> None:
        """Finish what is under way."""
        await self._sweeping.stop()
        await self.pages.close()
        await self.tokens.close()
        await self._keys.close()
        await asyncio.to_thread(self._entra.close)
