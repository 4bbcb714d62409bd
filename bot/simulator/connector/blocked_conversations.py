"""Conversations that a bot cannot post to, refused as Teams does. Pure.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.simulator.connector.connector_refusal import ConnectorRefusedError


class Blockage(StrEnum):
    """The reason why posting to a conversation fails."""

    THROTTLED = "throttled"
    BLOCKED = "blocked"  # by its user
    NOT_IN_ROSTER = "not_in_roster"
    DISABLED = "disabled"  # by an administrator
    DELETED = "deleted"
    FORGETFUL = "forgetful"  # its messages are not found, so replies and updates fail; it takes new messages
    LOST_ANSWER = "lost_answer"  # a message is accepted, and then the connection is closed
    SLOW = "slow"


class AfterRemoval(StrEnum):
    """How Teams answers a bot that was removed from a conversation."""

    NOT_IN_ROSTER = "not_in_roster"
    BLOCKED = "blocked"
    TAKEN = "taken"  # reported once: 200, and no person sees the message


@dataclass(frozen=True, slots=True)
class Condition:
    """The state of a conversation.

    `seconds` is the Retry-After if it is throttled, and the delay if it is slow.
    """

    trouble: Blockage
    seconds: float = 1.0


class BlockedError(ConnectorRefusedError):
    """403 from the chat service behind the connector.

    Its message is a JSON text inside a string.
    """

    def __init__(self) -> None:
        super().__init__(403, "MessageWritesBlocked", "Thread is blocked from message writes.")

    def body(self) -> dict[str, Any]:
        """Return the JSON of the answer."""
        inner = f'{{\n  "subCode": "{self.code}",\n  "details": "{self.message}",\n  "errorCode": null\n}}'
        return {"errorCode": 209, "message": inner}


_REFUSALS = {
    Blockage.NOT_IN_ROSTER: (403, "BotNotInConversationRoster", "The bot is not part of the conversation roster."),
    Blockage.DISABLED: (403, "BotDisabledByAdmin", "The tenant admin disabled this bot."),
    Blockage.DELETED: (404, "ConversationNotFound", "Conversation not found."),
}


def refusal(condition: Condition, activity_id: str | None = None) -> ConnectorRefusedError | None:
    """Return how a request to send is refused; None if it is accepted.

    `activity_id` is the message that it replies to or updates, None for a message of its own.
    """
    if condition.trouble is Blockage.THROTTLED:
        headers = {"Retry-After": f"{condition.seconds:.0f}"}
        return ConnectorRefusedError(429, "TooManyRequests", "API calls quota exceeded.", headers)
    if condition.trouble is Blockage.BLOCKED:
        return BlockedError()
    if condition.trouble is Blockage.FORGETFUL:
        return None if activity_id is None else activity_not_found()
    told = _REFUSALS.get(condition.trouble)
    return None if told is None else ConnectorRefusedError(*told)


def removed(answer: AfterRemoval) -> ConnectorRefusedError:
    """Return the refusal of a bot that was removed from the conversation."""
    if answer is AfterRemoval.BLOCKED:
        return BlockedError()
    return ConnectorRefusedError(*_REFUSALS[Blockage.NOT_IN_ROSTER])


def activity_not_found() -> ConnectorRefusedError:
    """Return the refusal of a reply or update whose message is not found."""
    return ConnectorRefusedError(404, "ActivityNotFoundInConversation", "The activity was not found.")
