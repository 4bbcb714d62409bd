"""The invokes of a sign-in.

They are signin/tokenExchange, signin/verifyState and signin/failure. Depends on bot.identity. Teams shows the sign-in
button only after a 412. Every client of a person sends the exchange.
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-code
"""

from typing import TYPE_CHECKING

import structlog

from bot.identity.entra.sign_in_outcome import Misconfigured, Refused, SignInOutcome, TryLater
from bot.teams.activity.http_reply import Reply
from bot.teams.running.deduplication import FirstTime
from bot.teams.sign_in.resume_after_sign_in import ResumeAfterSignIn, ending
from bot.teams.turn.turn import Turn

if TYPE_CHECKING:
    from bot.identity.identity import Identity

log = structlog.get_logger(__name__)

PREFIX = "signin/"
# https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-code#troubleshooting
LONGEST_CODE = 60


class SignInInvokes:
    """Answers the invokes; none of them raises."""

    def __init__(self, identity: "Identity", resuming: ResumeAfterSignIn) -> None:
        self._identity = identity
        self._resuming = resuming
        self._explained = FirstTime(limit=1_000, seconds=900.0)

    async def respond(self, turn: Turn) -> Reply:
        """Return the reply to the invoke."""
        match turn.incoming.name:
            case "signin/tokenExchange":
                return await self._exchange(turn)
            case "signin/verifyState":  # the page has reported the sign-in already, and Playground never sends this
                return Reply(200)
            case "signin/failure":
                log.warning("silent_sign_in_failed", code=_code(turn.incoming.value))
                return Reply(200)
        return Reply(501)

    async def _exchange(self, turn: Turn) -> Reply:
        if turn.caller is None:
            log.warning("exchange_refused", reason="Teams does not say who the person is")
            return Reply(403)
        exchanged = await self._identity.exchange(turn.caller, turn.incoming.value)
        offered = _text(turn.incoming.value, "id")
        if exchanged.first:
            self._resuming.resume(turn.caller)
        elif isinstance(exchanged.outcome, TryLater | Refused | Misconfigured) and self._explained.first(offered):
            self._resuming.start(self._explain(turn, exchanged.outcome), turn.caller)
        body = {"id": offered, "connectionName": "", "failureDetail": exchanged.failure}
        return Reply.of(body, exchanged.status)

    async def _explain(self, turn: Turn, outcome: SignInOutcome) -> None:
        """Post what helps after a failure in which Teams shows no button, because the button would not help."""
        questions = await self._identity.waiting.look(turn.caller) if turn.caller is not None else ()
        await turn.post(ending(outcome, questions[-1].text if questions else None, turn.caller))


def _text(value: object, name: str) -> str:
    found = value.get(name) if isinstance(value, dict) else None
    return found[:100] if isinstance(found, str) else ""


def _code(value: object) -> str:
    """Return the code without the message, which may contain anything."""
    code = _text(value, "code")[:LONGEST_CODE]
    return code if code.isascii() and code.isalnum() else "unknown"
