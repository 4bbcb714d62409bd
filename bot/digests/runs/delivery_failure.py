"""What a failed delivery means for a digest. Pure.

Statuses and codes: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis
MessageWritesBlocked: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import DeliveryError, NotSentError, PlaceRefusedError

# Teams asks for these to be repeated; none of them posted anything.
REPEATED = frozenset({412, 429, 502, 503, 504})
BLOCKED = frozenset({"conversationblockedbyuser", "messagewritesblocked"})
GONE = frozenset({"conversationnotfound", "notfound", "conversationdeleted"})
# Ours to mend: the conversation is as it was.
OURS = frozenset({"invalidbotapihost", "notenoughpermissions"})


class FailureEffect(StrEnum):
    """What becomes of the digest or of this one message."""

    RETRY_LATER = "not_sent_retry_later"  # certainly not posted; the conversation is all right
    SUSPEND = "suspend"  # the conversation takes no messages until the app is added there again
    DROP = "drop"  # the conversation is gone for good, or its person wants to hear no more
    FAILED = "failed"  # certainly not posted, and repeating it would not help
    UNKNOWN = "unknown"  # it may have been posted: never repeat it


@dataclass(frozen=True, slots=True)
class FailureVerdict:
    """`notice` is what the owner is told (`DigestNoticeView.notice`), "" where nothing has to be said.

    `retry_after` in seconds, where the connector says when. `problem` is for the ledger and the operator.
    """

    fate: FailureEffect
    notice: str = ""
    retry_after: float | None = None
    problem: str = ""


def verdict(error: DeliveryError) -> FailureVerdict:
    """What `error`, raised by `Messenger.post`, means."""
    problem = f"{error.status or '-'} {error.code}".strip() if error.status or error.code else str(error)
    fate, notice = _fate(error)
    return FailureVerdict(fate, notice, error.retry_after if fate is FailureEffect.RETRY_LATER else None, problem)


def _fate(error: DeliveryError) -> tuple[FailureEffect, str]:
    if isinstance(error, PlaceRefusedError):
        return FailureEffect.FAILED, "failed"
    if isinstance(error, NotSentError) or error.status in REPEATED:
        return FailureEffect.RETRY_LATER, ""
    status = error.status
    if status is None or status < 400 or status >= 500 or status == 408:
        # A 500 stands for anything, a redirect or a 408 comes from something in between: it may have been posted.
        return FailureEffect.UNKNOWN, ""
    code = error.code.lower()
    if status == 403:
        return _forbidden(code)
    if status == 404 and code in GONE:
        return FailureEffect.DROP, "removed"
    return FailureEffect.FAILED, "failed"


def _forbidden(code: str) -> tuple[FailureEffect, str]:
    if code in BLOCKED:
        return FailureEffect.DROP, "blocked"
    if code in OURS:
        return FailureEffect.FAILED, "failed"
    # BotNotInConversationRoster, BotDisabledByAdmin, ForbiddenOperationException (not installed), and what may be new:
    # who keeps posting where it was told not to is blocked altogether.
    return FailureEffect.SUSPEND, "suspended"
