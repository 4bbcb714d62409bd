"""Conversations that a bot cannot post to, each as Teams tells about it, or not as it should. Pure.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.simulator.connector.connector_refusal import RefusedError


class Trouble(StrEnum):
    """What is the matter with a conversation."""

    THROTTLED = "throttled"
    BLOCKED = "blocked"  # by its person
    NOT_IN_ROSTER = "not_in_roster"
    DISABLED = "disabled"  # by an administrator
    DELETED = "deleted"
    LOST_ANSWER = "lost_answer"  # what is sent is taken, and then the connection drops
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Condition:
    """`seconds` are to be waited where it is throttled, and are waited where it is slow."""

    trouble: Trouble
    seconds: float = 1.0


class BlockedError(RefusedError):
    """403 from the chat service behind the connector: its message is JSON once more, in a string."""

    def __init__(self) -> None:
        super().__init__(403, "MessageWritesBlocked", "Thread is blocked from message writes.")

    def body(self) -> dict[str, Any]:
        """The JSON that goes with the status."""
        inner = f'{{\n  "subCode": "{self.code}",\n  "details": "{self.message}",\n  "errorCode": null\n}}'
        return {"errorCode": 209, "message": inner}


def refusal(condition: Condition) -> RefusedError | None:
    """How a request to send is refused; None where it is taken."""
    match condition.trouble:
        case Trouble.THROTTLED:
            headers = {"Retry-After": f"{condition.seconds:.0f}"}
            return RefusedError(429, "TooManyRequests", "API calls quota exceeded.", headers)
        case Trouble.BLOCKED:
            return BlockedError()
        case Trouble.NOT_IN_ROSTER:
            return RefusedError(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
        case Trouble.DISABLED:
            return RefusedError(403, "BotDisabledByAdmin", "The tenant admin disabled this bot.")
        case Trouble.DELETED:
            return RefusedError(404, "ConversationNotFound", "Conversation not found.")
    return None
