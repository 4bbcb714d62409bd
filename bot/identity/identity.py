"""The entry point of this package: everything about the identity of the caller.

Independent of activities and cards. How the code that talks to Teams uses it:

    NotSignedInError or MfaRequiredError from an answer
                                     -> offer = await identity.ask(caller, error, PendingQuestion(...))
                                        a card with `offer.exchange_id` and a button to `offer.url`, in a 1:1 chat only
    invoke signin/tokenExchange      -> exchanged = await identity.exchange(caller, activity.value)
                                        answer `exchanged.status`; if `exchanged.first`, answer the waiting questions
    a sign-in on the page ended      -> the listener is called: Tokens -> answer the waiting questions, else say why not
    the waiting questions            -> await identity.waiting.take(caller): each is returned once
    "sign out"                       -> await identity.sign_out(caller)
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import aiohttp
import requests
import structlog
from aiohttp import web

from bot.concurrency.periodic import Periodic
from bot.domain.conversation import Caller
from bot.errors import MfaRequiredError, NotSignedInError, SettingsError, StoreError
from bot.identity.entra.app_credentials import Credentials
from bot.identity.entra.claims_demand import claims_of
from bot.identity.entra.entra_client import EntraClient
from bot.identity.entra.sign_in_outcome import ClaimsNeeded
from bot.identity.sign_in.bearer_sign_in import BearerSignIn
from bot.identity.sign_in.downloads import KIND as DOWNLOAD
from bot.identity.sign_in.newest_records import NewestRecords
from bot.identity.sign_in.pending_questions import PendingQuestion, PendingQuestions
from bot.identity.sign_in.sign_in_flow import FLOW, INVITATION, INVITATION_SECONDS, SignInFlows
from bot.identity.sign_in.sign_in_pages import Listener, SignInPages
from bot.identity.sign_in.silent_sign_in import KIND as OFFER
from bot.identity.sign_in.silent_sign_in import ExchangeResult, SilentSignIn
from bot.identity.sso.entra_keys import EntraKeys
from bot.identity.stored_questions import StoredQuestions
from bot.identity.tokens.encryption import Encryptor
from bot.identity.tokens.held_tokens import Ended
from bot.identity.tokens.token_cache import CachedSignIn, TokenCache
from bot.identity.tokens.user_tokens import UserTokens
from bot.store import Records
from bot.store.announcements import Announcements

log = structlog.get_logger(__name__)

SWEEP = 600.0  # seconds between two removals of expired records
FOLLOW_UP = 30.0  # seconds in which what follows a sign-in has begun


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """Settings of the sign-in.

    `credentials` are the bot's Entra registration. `public_url` is the bot's address as browsers see it, without a
    slash at the end: `{public_url}/auth/callback` is registered as a redirect URI of type "Web". `token_keys` are in
    base64, the newest first. `tenants` are the tenants that are served; empty means all. `keys_url` is the address of
    a simulator that publishes the signing keys in place of Entra; None: they are at the credentials' `login_url`.
    `clients` are the application ids of the programs that may ask. Sign-ins from before `sign_ins_after` (Unix seconds)
    are refused.
    """

    credentials: Credentials
    public_url: str
    token_keys: tuple[str, ...] = field(repr=False)
    tenants: tuple[str, ...] = ()
    keys_url: str | None = None
    teams_js: bool = True
    clients: tuple[str, ...] = ()
    sign_ins_after: float = 0.0


@dataclass(frozen=True, slots=True)
class SignInOffer:
    """The content of a sign-in card.

    `exchange_id` is the id of its `tokenExchangeResource`, `url` the target of its button. `silent`: an exchange may
    bring what is needed.
    """

    exchange_id: str
    url: str = field(repr=False)
    silent: bool = True


class Identity:
    """Everything about the identity of callers.

    `session` (for keys) and `transport` (for MSAL; None creates one) send the requests. The caller closes `session`.
    `listener` is called with the outcome of every sign-in on the page. `announcements` notify other processes
    of sign-outs. Raises SettingsError when the address or the keys are missing or wrong.
    """

    def __init__(
        self,
        settings: IdentitySettings,
        records: Records,
        session: aiohttp.ClientSession,
        listener: Listener,
        *,
        transport: requests.Session | None = None,
        clock: Callable[[], float] = time.time,
        announcements: Announcements | None = None,
    ) -> None:
        if not settings.public_url:
            raise SettingsError(
                "USAGEBOT_PUBLIC_URL", "is not set: people sign in on pages of the bot, which need an address"
            )
        encryptor = Encryptor.from_texts(settings.token_keys)
        entra = EntraClient(settings.credentials, session=transport, clock=clock)
        keys = EntraKeys(session, settings.keys_url or settings.credentials.login_url, clock=time.monotonic)
        cache = TokenCache(records, encryptor, settings.sign_ins_after)
        self.tokens = UserTokens(entra, cache, clock=clock, announcements=announcements)
        self.waiting = PendingQuestions(records, encryptor, clock=clock)
        self.questions = StoredQuestions(records, encryptor, clock=clock)
        tenants = frozenset(settings.tenants)
        self.bearers = BearerSignIn(
            settings.credentials, keys, entra, tenants=tenants, clients=frozenset(settings.clients), clock=clock
        )
        self._newest = NewestRecords(records, encryptor, clock=clock)
        self._silent = SilentSignIn(
            settings.credentials, keys, entra, self.tokens, records, self._newest, tenants=tenants, clock=clock
        )
        self._sign_ins = SignInFlows(
            settings.public_url, entra, self.tokens, records, encryptor, self._newest, clock=clock
        )
        self.downloads = self._sign_ins.downloads
        self._clock = clock
        self.pages = SignInPages(self._sign_ins, listener, teams_js=settings.teams_js)
        self._entra, self._keys = entra, keys
        # Expired records are never returned, but take up space.
        self._sweeping = Periodic("expired records", records.purge, SWEEP, failed="expired_records_not_removed")

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the sign-in pages, for `Application.add_routes`."""
        return self.pages.routes()

    def follow(self, ended: Ended) -> None:
        """Call `ended` with each person whose sign-in is over, or is another one.

        The latter with True. Whichever process they used. It is called before the next answer at the latest; on
        PostgreSQL at once.
        """
        self.tokens.held.ended.append(ended)
        if self.tokens.notices is not None:
            self.tokens.notices.start()

    async def ask(
        self, caller: Caller, error: NotSignedInError | MfaRequiredError, question: PendingQuestion | None = None
    ) -> SignInOffer:
        """Return the content of this person's sign-in card after `error`.

        Store `question` until they have signed in. Raises StoreError.
        """
        self._sweeping.start()
        claims = claims_of(error)
        if question is not None:
            await self.waiting.keep(caller, replace(question, claims=claims or ""))
        # A silent exchange carries no claims: it would be refused again, and again.
        interactive = bool(claims) or await self.tokens.lost(caller)
        invitation = await self._sign_ins.invite(caller, claims=claims)
        offered = await self._silent.offer(caller, invitation.key, interactive=interactive)
        return SignInOffer(offered, invitation.url, silent=not interactive)

    async def file_link(self, caller: Caller, document: str) -> tuple[str, float]:
        """Return a link to the file of `document`, a command, and its end in Unix seconds.

        It works once. Who opens it has to show that they are `caller`. Raises StoreError.
        """
        self._sweeping.start()
        ends = self._clock() + INVITATION_SECONDS
        return (await self._sign_ins.invite(caller, file=document)).url, ends

    async def exchange(self, caller: Caller, value: object) -> ExchangeResult:
        """Process the `value` of a `signin/tokenExchange`, whatever it contains.

        Never raises because of it. If Entra requires more from the person, the button on the card in their chat leads
        to a sign-in that asks for it.
        """
        fields = value if isinstance(value, Mapping) else {}
        exchanged = await self._silent.exchange(caller, fields.get("id"), fields.get("token"))
        if exchanged.invitation is not None and isinstance(exchanged.outcome, ClaimsNeeded):
            try:
                await self._sign_ins.demand(exchanged.invitation, exchanged.outcome.claims)
            except StoreError as error:
                log.warning("claims_challenge_not_stored", problem=str(error))
        return exchanged

    async def accept(self, caller: Caller, token: str) -> ExchangeResult:
        """Process the token that Teams sends with a request to the message extension.

        Never raises because of it.
        """
        return await self._silent.accept(caller, token)

    async def signed_in(self, caller: Caller) -> CachedSignIn | None:
        """Return the account and time of this person's sign-in; None if not signed in.

        Raises StoreError.
        """
        return await self.tokens.signed_in(caller)

    async def demanded(self, caller: Caller) -> str | None:
        """Return the claims of a sign-in that was demanded and not made, None if none.

        They are those of the newest question that waits for one. Raises StoreError.
        """
        return next((each.claims for each in reversed(await self.waiting.look(caller)) if each.claims), None)

    async def missed(self) -> list[Caller]:
        """Return who has signed in, and whose questions wait nevertheless.

        What follows a sign-in was not done. Raises StoreError.
        """
        found = []
        for caller in await self.waiting.people():
            account = await self.tokens.signed_in(caller)
            if account is None or self._clock() - account.since < FOLLOW_UP:
                continue
            if any((each.asked or 0.0) < account.since for each in await self.waiting.look(caller)):
                found.append(caller)
        return found

    async def admit(self, caller: Caller) -> None:
        """Check that a token of the newest sign-in is available.

        It is one look at the store. Raises what `tokens.token` raises.
        """
        await self.tokens.confirm(caller)

    async def was_asked_for_factor(self, caller: Caller) -> bool:
        """Return True if this person's sign-in demanded a second factor.

        Raises StoreError.
        """
        return await self.tokens.was_asked_for(caller, None)

    async def sign_out(self, caller: Caller) -> bool:
        """Delete this person's tokens, pending questions and sign-ins in progress.

        Returns True if they were signed in. Raises StoreError.
        """
        await self.waiting.forget(caller)
        await self._newest.forget(caller, INVITATION, FLOW, OFFER, DOWNLOAD)
        return await self.tokens.forget(caller)

    async def close(self) -> None:
        """Finish what is running."""
        await self._sweeping.stop()
        await self.pages.close()
        await self.tokens.close()
        await self.bearers.close()
        await self._keys.close()
        await asyncio.to_thread(self._entra.close)
