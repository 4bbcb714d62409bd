"""Silent sign-in: Teams sends an SSO token, which is verified and exchanged.

Independent of activities and cards. Every client of a person (desktop, browser, phone) sends the exchange with the same
id; one of them counts. An id belongs to the person to whom it was sent; the token of another person is not accepted for
it.
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-code
"""

import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import msgspec
import structlog

from bot.domain.conversation import Caller
from bot.domain.guid import parse_guid
from bot.domain.key_hash import key_hash
from bot.errors import EntraDownError, StoreError
from bot.identity.entra.app_credentials import Credentials
from bot.identity.entra.entra_client import EntraClient
from bot.identity.entra.sign_in_outcome import Misconfigured, Refused, SignInOutcome, Tokens, TryLater
from bot.identity.sign_in.newest_records import NewestRecords
from bot.identity.sso.entra_keys import EntraKeys
from bot.identity.sso.sso_token import ExpectedClaims, SsoClaims, SsoRefusal, SsoTokenError, check, key_id
from bot.identity.tokens.user_tokens import UserTokens
from bot.store import Record, Records

log = structlog.get_logger(__name__)

KIND = "exchange"
SECONDS = 900.0  # how long an offered exchange is valid
LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class ExchangeResult:
    """The result of an exchange.

    `status` is the status of the invoke's answer: 200, 400 malformed, 403 not this person's, 412 the person has to act
    (Teams then shows the button). `first` is True once per offer: the waiting question is answered then. `outcome` is
    Entra's answer, None if there was no request to Entra. `failure` is the `failureDetail`. `invitation` is the key of
    the link that was sent together with the offer.
    """

    status: int
    outcome: SignInOutcome | None = None
    first: bool = False
    failure: str | None = None
    invitation: str | None = None


class _Offer(msgspec.Struct, frozen=True):
    """An offer in the store.

    `whose` identifies its person without revealing who that is. `at` is its time in Unix seconds.
    """

    whose: str
    invitation: str | None = None
    interactive: bool = False
    done: bool = False
    at: float | None = None


class SilentSignIn:
    """Offers and processes silent sign-ins.

    `tenants` are the tenants that are served; empty means all. `clock` returns Unix seconds.
    """

    def __init__(
        self,
        credentials: Credentials,
        keys: EntraKeys,
        entra: EntraClient,
        tokens: UserTokens,
        records: Records,
        newest: NewestRecords,
        *,
        tenants: frozenset[str] = frozenset(),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._credentials = credentials
        self._keys = keys
        self._entra = entra
        self._tokens = tokens
        self._records = records
        self._newest = newest
        self._tenants = frozenset(tenant.lower() for tenant in tenants)
        self._clock = clock

    async def offer(self, caller: Caller, invitation: str | None = None, *, interactive: bool = False) -> str:
        """Return the id of a `tokenExchangeResource` for this person.

        `invitation` is the key of the link on the same card. If `interactive`, the exchange is answered with 412 and
        the person uses the link, because a silent exchange would return the same insufficient token. Only the
        newest few offers of a person are valid. Raises StoreError.
        """
        offer_id = secrets.token_urlsafe(24)
        value = msgspec.json.encode(_Offer(_whose(offer_id, caller), invitation, interactive, at=self._clock()))
        await self._records.add(KIND, offer_id, value, expires=self._clock() + SECONDS)
        await self._newest.keep(caller, KIND, offer_id)
        return offer_id

    async def exchange(self, caller: Caller, exchange_id: object, token: object) -> ExchangeResult:
        """Process `value.id` and `value.token` of a `signin/tokenExchange`.

        They may be anything; it never raises because of them.
        """
        if not isinstance(exchange_id, str) or not _may_be_ours(exchange_id) or not isinstance(token, str):
            log.warning("exchange_refused", reason="the exchange is malformed", tenant=caller.key[0])
            return ExchangeResult(400, failure="The exchange is malformed.")
        return await self._guarded(caller, self._exchange(caller, exchange_id, token))

    async def accept(self, caller: Caller, token: str) -> ExchangeResult:
        """Process a token that Teams sends with a request of the person.

        Nothing was offered to them. The token says itself whose it is, and may be any text; it never raises because
        of it.
        """
        return await self._guarded(caller, self._accept(caller, token))

    async def _accept(self, caller: Caller, token: str) -> ExchangeResult:
        outcome = await self._entra.on_behalf_of(await self._check(caller, token), token)
        if not isinstance(outcome, Tokens):
            return _failed(outcome)
        await self._tokens.accept(outcome)
        return ExchangeResult(200, outcome, first=True)

    async def _guarded(self, caller: Caller, exchange: Awaitable[ExchangeResult]) -> ExchangeResult:
        """Return the result of `exchange`, or of its failure."""
        try:
            return await exchange
        except SsoTokenError as error:
            log.warning("sso_token_refused", reason=error.reason.value, tenant=caller.key[0])
            return ExchangeResult(
                400 if error.reason is SsoRefusal.MALFORMED else 403, failure="The token is not accepted."
            )
        except EntraDownError as error:
            return _failed(TryLater(error.retry_after))
        except StoreError as error:
            log.warning("exchange_not_stored", problem=str(error))
            return _failed(TryLater())

    async def _exchange(self, caller: Caller, exchange_id: str, token: str) -> ExchangeResult:
        record = await self._records.get(KIND, exchange_id)
        offer = _offer(record)
        if record is None or offer is None or offer.whose != _whose(exchange_id, caller):
            log.warning("exchange_refused", reason="the id was not sent to this person", tenant=caller.key[0])
            return ExchangeResult(403, failure="This sign-in was not offered to this person, or it is too old.")
        claims = await self._check(caller, token)
        if offer.done:
            return ExchangeResult(200)
        if offer.interactive:
            return ExchangeResult(412, failure="The person has to sign in.")
        outcome: SignInOutcome | None = None
        if not await self._signed_in_since(caller, offer):
            outcome = await self._entra.on_behalf_of(claims, token)
            if not isinstance(outcome, Tokens):
                return replace(_failed(outcome), invitation=offer.invitation)
            await self._tokens.accept(outcome)
        done = msgspec.json.encode(msgspec.structs.replace(offer, done=True))
        expires = self._clock() + SECONDS
        won = await self._records.replace(KIND, exchange_id, done, version=record.version, expires=expires)
        return ExchangeResult(200, outcome, first=won is not None)

    async def _signed_in_since(self, caller: Caller, offer: _Offer) -> bool:
        """Return True if the person has signed in after the offer, with another card.

        That sign-in may have satisfied a demand, which a silent one does not: it is kept.
        """
        if offer.at is None:
            return False
        kept = await self._tokens.signed_in(caller)
        return kept is not None and kept.since > offer.at

    async def _check(self, caller: Caller, token: str) -> SsoClaims:
        """Verify the token. Raises SsoTokenError and EntraDownError."""
        kid = key_id(token)
        tenant_id, object_id = caller.key
        if parse_guid(tenant_id) != tenant_id or (self._tenants and tenant_id not in self._tenants):
            raise SsoTokenError(SsoRefusal.TENANT)
        key = await self._keys.find(tenant_id, kid)
        if key is None:
            raise SsoTokenError(SsoRefusal.KEY)
        ours = self._credentials
        expected = ExpectedClaims(ours.app_id.lower(), tenant_id, object_id, self._tenants, ours.login_url)
        return check(token, key, expected, self._clock())


def _whose(offer_id: str, caller: Caller) -> str:
    """Hash the person together with the secret id of the offer.

    So the stored value does not identify a person.
    """
    return key_hash("|".join((offer_id, *caller.key)))


def _offer(record: Record | None) -> _Offer | None:
    try:
        return None if record is None else msgspec.json.decode(record.value, type=_Offer)
    except msgspec.MsgspecError:  # of an older release; the person is asked again
        return None


def _failed(outcome: SignInOutcome) -> ExchangeResult:
    """Build the result of a failure.

    With 412 Teams shows the sign-in button, so 412 is used if that helps.
    """
    if isinstance(outcome, TryLater | Refused | Misconfigured):
        return ExchangeResult(200, outcome, failure="Entra gives no token for this person now.")
    return ExchangeResult(412, outcome, failure="The person has to sign in.")


def _may_be_ours(exchange_id: str) -> bool:
    """Return True if the store can be queried for the id.

    PostgreSQL refuses a NUL in a text, which would look like an outage.
    """
    return 0 < len(exchange_id) <= LONGEST_ID and exchange_id.isascii() and exchange_id.isprintable()
