"""Sign in on a page: an invitation in the chat, Entra in a browser, and back.

Independent of HTTP server and HTML. Three checks connect the steps. The ticket in the link determines the person who
has to sign in. The state that Entra returns is used once, and only together with the cookie of the browser that
started. The person who finishes must be the person in the chat, or no token is kept.
https://datatracker.ietf.org/doc/html/rfc9700#section-4.7
"""

import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec
import structlog

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.entra.entra_client import EntraClient
from bot.identity.entra.sign_in_outcome import OtherPerson, SignInOutcome, SignInStop, Tokens, TryLater
from bot.identity.sign_in.downloads import Downloads
from bot.identity.sign_in.newest_records import NewestRecords
from bot.identity.sign_in.secret_hash import hashed
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.identity.tokens.user_tokens import UserTokens
from bot.store import Record, Records

T = TypeVar("T")
log = structlog.get_logger(__name__)

INVITATION, FLOW = "invitation", "sign-in"
INVITATION_SECONDS = 900.0
FLOW_SECONDS = 600.0
ANSWERED = ("code", "state", "error", "error_description", "error_uri", "session_state", "client_info")


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for one person's chat.

    `key` identifies it in the store and is not secret.
    """

    url: str = field(repr=False)
    key: str


@dataclass(frozen=True, slots=True)
class FlowStarted:
    """The address to which the browser goes, and the cookie that it has to bring back."""

    url: str = field(repr=False)
    cookie: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FlowFinished:
    """The outcome of a sign-in.

    `caller` is the person in the chat; None if the sign-in had expired. `for_file`: it only showed who the person is.
    Then `download` is the secret with which this browser gets the file, "" if it does not.
    """

    outcome: SignInOutcome | SignInStop
    caller: Caller | None = None
    for_file: bool = False
    download: str = field(default="", repr=False)


class _Invitation(msgspec.Struct, frozen=True):
    caller: Caller
    claims: str | None = None
    consent: bool = False
    file: str = ""


class _Flow(msgspec.Struct, frozen=True):
    flow: dict[str, Any]
    ticket: str
    cookie: str


class SignInFlows:
    """Runs sign-ins on pages.

    `public_url` is the bot's own address; a slash at the end is removed. `clock` returns Unix seconds.
    """

    def __init__(
        self,
        public_url: str,
        entra: EntraClient,
        tokens: UserTokens,
        records: Records,
        encryptor: Encryptor,
        newest: NewestRecords,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.public_url = public_url.rstrip("/")
        self._entra = entra
        self._tokens = tokens
        self._records = records
        self._encryptor = encryptor
        self._newest = newest
        self.downloads = Downloads(records, encryptor, newest, clock=clock)
        self._clock = clock

    async def invite(
        self, caller: Caller, *, claims: str | None = None, consent: bool = False, file: str = ""
    ) -> Invitation:
        """Return a link for this person's own chat.

        It is valid for a quarter of an hour and for one sign-in, and only the newest few of a person are.
        `claims` is a challenge that the sign-in has to satisfy. With `file`, a command, the sign-in leads to a file and
        keeps no tokens. Raises StoreError.
        """
        ticket = secrets.token_urlsafe(32)
        key = hashed(ticket)
        encrypted = self._encryptor.seal(_Invitation(caller, claims, consent, file), f"{INVITATION}|{key}")
        await self._records.add(INVITATION, key, encrypted, expires=self._clock() + INVITATION_SECONDS)
        await self._newest.keep(caller, INVITATION, key)
        return Invitation(f"{self.public_url}/auth/start?ticket={ticket}", key)

    async def demand(self, key: str, claims: str | None) -> None:
        """Add `claims` to a link that was already sent, because Entra requires them.

        Raises StoreError.
        """
        record = await self._records.get(INVITATION, key)
        invitation = self._invitation(key, record)
        if record is None or invitation is None or claims is None:
            return
        encrypted = self._encryptor.seal(msgspec.structs.replace(invitation, claims=claims), f"{INVITATION}|{key}")
        expires = self._clock() + INVITATION_SECONDS
        await self._records.replace(INVITATION, key, encrypted, version=record.version, expires=expires)

    async def begin(self, ticket: str) -> FlowStarted | FlowFinished:
        """Start the sign-in of a link's ticket. Raises StoreError."""
        key = hashed(ticket)
        invitation = self._invitation(key, await self._records.get(INVITATION, key))
        if invitation is None:
            log.warning("sign_in_refused", reason="the link is unknown, used or too old")
            return FlowFinished(SignInStop.EXPIRED)
        found = await self._entra.begin(
            invitation.caller.key,
            f"{self.public_url}/auth/callback",
            claims=invitation.claims,
            consent=invitation.consent,
        )
        if isinstance(found, TryLater):
            return FlowFinished(found, invitation.caller, bool(invitation.file))
        cookie, state = secrets.token_urlsafe(32), hashed(str(found["state"]))
        encrypted = self._encryptor.seal(_Flow(found, key, hashed(cookie)), f"{FLOW}|{state}")
        await self._records.add(FLOW, state, encrypted, expires=self._clock() + FLOW_SECONDS)
        await self._newest.keep(invitation.caller, FLOW, state)
        return FlowStarted(str(found["auth_uri"]), cookie)

    async def finish(self, answer: Mapping[str, str], cookie: str) -> FlowFinished:
        """Finish with Entra's posted answer and the browser's cookie.

        Keeps only the tokens of the right person.
        """
        try:
            state = hashed(answer.get("state", ""))
            flow = self._flow(state, await self._records.take(FLOW, state))
            if flow is None:
                log.warning("sign_in_refused", reason="the state is unknown, used or too old")
                return FlowFinished(SignInStop.EXPIRED)
            invitation = self._invitation(flow.ticket, await self._records.get(INVITATION, flow.ticket))
            if invitation is None:
                log.warning("sign_in_refused", reason="the link was used meanwhile or is too old")
                return FlowFinished(SignInStop.EXPIRED)
            caller = invitation.caller
            if not hmac.compare_digest(hashed(cookie), flow.cookie):
                log.warning("sign_in_refused", reason="another browser", tenant=caller.key[0])
                return FlowFinished(SignInStop.OTHER_BROWSER, caller, bool(invitation.file))
            posted = {name: answer[name] for name in ANSWERED if name in answer}
            outcome = await self._entra.finish(caller.key, flow.flow, posted)
            if isinstance(outcome, Tokens):
                return await self._accepted(outcome, invitation, flow.ticket)
            log.warning("sign_in_refused", reason=_reason(outcome), tenant=caller.key[0])
        except StoreError as error:
            log.warning("sign_in_not_stored", problem=str(error))
            return FlowFinished(TryLater())
        return FlowFinished(outcome, caller, bool(invitation.file))

    async def _accepted(self, tokens: Tokens, invitation: _Invitation, ticket: str) -> FlowFinished:
        """Keep the tokens of the right person, or allow the download that the link is for."""
        if await self._records.take(INVITATION, ticket) is None:
            return FlowFinished(SignInStop.EXPIRED)  # a second tab; the chat was notified for the first one
        caller = invitation.caller
        if invitation.file:
            secret = await self.downloads.add(caller, invitation.file)
            return FlowFinished(tokens, caller, for_file=True, download=secret)
        await self._tokens.accept(tokens, invitation.claims)
        return FlowFinished(tokens, caller)

    def _invitation(self, key: str, record: Record | None) -> _Invitation | None:
        return self._open(record, f"{INVITATION}|{key}", _Invitation)

    def _flow(self, key: str, record: Record | None) -> _Flow | None:
        return self._open(record, f"{FLOW}|{key}", _Flow)

    def _open(self, record: Record | None, about: str, kind: type[T]) -> T | None:
        if record is None:
            return None
        try:
            return self._encryptor.unseal(record.value, about, kind)
        except DecryptionError:
            log.warning("sign_in_record_unreadable")
            return None


def _reason(outcome: SignInOutcome) -> str:
    """Return a reason for the log.

    Without any name, and only the code of Entra's answer.
    """
    if isinstance(outcome, OtherPerson):
        return "another person"
    return " ".join(filter(None, ("Entra:", type(outcome).__name__, getattr(outcome, "code", None))))
