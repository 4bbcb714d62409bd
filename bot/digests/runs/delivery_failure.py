"""What a failed delivery means for a digest. Pure.

Statuses and codes:
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis

MessageWritesBlocked:
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages

Teams reports conversations as gone that are there: ConversationNotFound comes and goes (BotFramework-Services#220,
botbuilder-js#2722). So one refusal decides nothing; `refused_conversation` counts them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.errors import DeliveryError, NotSentError, PlaceRefusedError


class FailureEffect(StrEnum):
    """The effect on the digest or on this one message."""

    RETRY_LATER = "not_sent_retry_later"  # not posted; the conversation accepts messages
    REFUSED = "refused"  # not posted; the conversation takes no messages from the bot, perhaps for a while only
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


_RETRY, _UNKNOWN = (FailureEffect.RETRY_LATER, ""), (FailureEffect.UNKNOWN, "")
_FAILED = (FailureEffect.FAILED, "failed")
_GONE, _REMOVED = (FailureEffect.REFUSED, "gone"), (FailureEffect.REFUSED, "refused")
_BLOCKED = (FailureEffect.REFUSED, "blocked")
OTHER = ""  # any other code of the status

# By status and code, the code in lower case. A status that is missing here: see `_by_status`.
RULES: Mapping[tuple[int, str], tuple[FailureEffect, str]] = MappingProxyType(
    {
        # Not installed there any more, or forbidden by an administrator. New codes are most likely of this kind.
        (403, "botnotinconversationroster"): _REMOVED,
        (403, "botdisabledbyadmin"): _REMOVED,
        (403, "forbiddenoperationexception"): _REMOVED,
        (403, OTHER): _REMOVED,
        (403, "conversationblockedbyuser"): _BLOCKED,
        (403, "messagewritesblocked"): _BLOCKED,
        # Errors in the bot's configuration. The conversation itself can be posted to.
        (403, "invalidbotapihost"): _FAILED,
        (403, "notenoughpermissions"): _FAILED,
        (404, "botnotinconversationroster"): _REMOVED,
        (404, "conversationnotfound"): _GONE,
        (404, "conversationdeleted"): _GONE,
        (404, OTHER): _GONE,  # also of a proxy on the way: nothing was posted
        (410, OTHER): _GONE,
        # Nothing was posted, and Teams asks the bot to repeat it.
        (412, OTHER): _RETRY,
        (429, OTHER): _RETRY,
        (502, OTHER): _RETRY,
        (503, OTHER): _RETRY,
        (504, OTHER): _RETRY,
        # Sent by a proxy that did not wait any longer. What is behind it may have accepted the message.
        (408, OTHER): _UNKNOWN,
    }
)


def verdict(error: DeliveryError) -> FailureVerdict:
    """Return what `error` means, which `Messenger.post` raised."""
    problem = f"{error.status or '-'} {error.code}".strip() if error.status or error.code else str(error)
    fate, notice = _fate(error)
    return FailureVerdict(fate, notice, error.retry_after if fate is FailureEffect.RETRY_LATER else None, problem)


def is_refusal(problem: str) -> bool:
    """Return True if `problem`, as `verdict` wrote it, is a refusal."""
    status, _, code = problem.partition(" ")
    return status.isdecimal() and _by_code(int(status), code)[0] is FailureEffect.REFUSED


def _fate(error: DeliveryError) -> tuple[FailureEffect, str]:
    if isinstance(error, PlaceRefusedError):
        return _FAILED
    if isinstance(error, NotSentError):
        return _RETRY
    return _UNKNOWN if error.status is None else _by_code(error.status, error.code)


def _by_code(status: int, code: str) -> tuple[FailureEffect, str]:
    found = RULES.get((status, code.lower())) or RULES.get((status, OTHER))
    return found or _by_status(status)


def _by_status(status: int) -> tuple[FailureEffect, str]:
    """Return the effect of a status that is not in the table.

    A 500 can mean anything, and a redirect is sent by a proxy: the message may have been posted.
    """
    return _FAILED if 400 <= status < 500 else _UNKNOWN
