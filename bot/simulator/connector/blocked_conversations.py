"""Conversations that a bot cannot post to, each as Teams tells about it, or not as it should. Pure.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.simulator.connector.connector_refusal import ConnectorRefusedError


class Blockage(StrEnum):
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

    trouble: Blockage
    seconds: float = 1.0


class BlockedError(ConnectorRefusedError):
    """403 from the chat service behind the connector: its message is JSON once more, in a string."""

    def __init__(self) -> None:
        super().__init__(403, "MessageWritesBlocked", "Thread is blocked from message writes.")

    def body(self) -> dict[str, Any]:
        """The JSON that goes with the status."""
        inner = f'{{\n  "subCode": "{self.code}",\n  "details": "{self.message}",\n  "errorCode": null\n}}'
        return {"errorCode": 209, "message": inner}


def refusal(condition: Condition) -> ConnectorRefusedError | None:
    """How a request to send is refused; None where it is taken."""
    match condition.trouble:
        case Blockage.THROTTLED:
            headers = {"Retry-After": f"{condition.seconds:.0f}"}
            return ConnectorRefusedError(429, "TooManyRequests", "API calls quota exceeded.", headers)
        case Blockage.BLOCKED:
            return BlockedError()
        case Blockage.NOT_IN_ROSTER:
            return ConnectorRefusedError(
                403, "BotNotInConversationRoster", "The bot is not part of the conversation roster."
            )
        case Blockage.DISABLED:
            return ConnectorRefusedError(403, "BotDisabledByAdmin", "The tenant admin disabled this bot.")
        case Blockage.DELETED:
            return ConnectorRefusedError(404, "ConversationNotFound", "Conversation not found.")
    return None
