"""What a failed delivery means for a digest. Pure.

Statuses and codes:
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis

MessageWritesBlocked:
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import DeliveryError, NotSentError, PlaceRefusedError

# Teams asks the bot to retry these. Nothing was posted.
REPEATED = frozenset({412, 429, 502, 503, 504})
BLOCKED = frozenset({"conversationblockedbyuser", "messagewritesblocked"})
GONE = frozenset({"conversationnotfound", "notfound", "conversationdeleted"})
# Errors in the bot's configuration. The conversation itself can be posted to.
OURS = frozenset({"invalidbotapihost", "notenoughpermissions"})


class FailureEffect(StrEnum):
    """The effect on the digest or on this one message."""

    RETRY_LATER = "not_sent_retry_later"  # not posted; the conversation accepts messages
    SUSPEND = "suspend"  # the conversation accepts no messages until the app is added to it again
    DROP = "drop"  # the conversation is deleted, or its user has blocked the bot
    FAILED = "failed"  # not posted, and a retry would not help
    UNKNOWN = "unknown"  # it may have been posted: never repeat it


@dataclass(frozen=True, slots=True)
class FailureVerdict:
    """The effect of a failed delivery, and what to report.

    `notice` is the notice for the owner (`DigestNoticeView.notice`), "" for none. `retry_after` is in seconds, None if
    the connector does not send it. `problem` is for the ledger and the operator.
    """

    fate: FailureEffect
    notice: str = ""
    retry_after: float | None = None
    problem: str = ""


def verdict(error: DeliveryError) -> FailureVerdict:
    """Return what `error` means, which `Messenger.post` raised."""
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
        # A 500 can mean anything, and a redirect or a 408 is sent by a proxy: the message may have been posted.
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
    # BotNotInConversationRoster, BotDisabledByAdmin, ForbiddenOperationException (not installed), and new codes. Teams
    # blocks a bot completely if it keeps posting after a refusal.
    return FailureEffect.SUSPEND, "suspended"
