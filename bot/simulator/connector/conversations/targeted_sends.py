"""The conditions for a message that one person sees. Pure.

The query string makes a message targeted; without it everybody sees the message, whatever its recipient says.
https://learn.microsoft.com/en-us/microsoftteams/platform/agents-in-teams/targeted-messages
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.simulator.connector.connector_refusal import ConnectorRefusedError
from bot.simulator.connector.teams_people import SimulatedConversation

QUERY = "isTargetedActivity"


class TargetedRefusal(StrEnum):
    """Why a conversation takes no messages for one person, although it takes others."""

    NOT_ENABLED = "not_enabled"  # a cloud or tenant without them
    BAD_ARGUMENT = "bad_argument"
    NOT_IN_ROSTER = "not_in_roster"


_REFUSED = {
    TargetedRefusal.NOT_ENABLED: (403, "ApiNotEnabledException", "The API is not enabled."),
    TargetedRefusal.BAD_ARGUMENT: (400, "BadArgument", "Bad argument."),
    TargetedRefusal.NOT_IN_ROSTER: (404, "BotNotInConversationRoster", "The bot is not part of the roster."),
}


def refused(reason: TargetedRefusal) -> ConnectorRefusedError:
    """Return the answer to a targeted message where none is taken."""
    return ConnectorRefusedError(*_REFUSED[reason])


def is_targeted(query: Mapping[str, str]) -> bool:
    """Return True if the query string asks for a message for one person."""
    return any(name.casefold() == QUERY.casefold() and value.casefold() == "true" for name, value in query.items())


def reader_of(activity: dict[str, Any], conversation: SimulatedConversation) -> str:
    """Return the account id of the person who is to see a new message.

    Raises ConnectorRefusedError 400 in a 1:1 chat, and without a recipient who is a member.
    """
    if conversation.scope == "personal":
        raise _bad_argument("Targeted messages are not supported in a 1:1 chat.")
    recipient = activity.get("recipient")
    reader = recipient.get("id") if isinstance(recipient, dict) else None
    if not isinstance(reader, str) or not isinstance(recipient, dict) or recipient.get("isTargeted") is not True:
        raise _bad_argument("A targeted message has a recipient with isTargeted.")
    if reader not in {person.id for person in conversation.members}:
        raise _bad_argument("The recipient is not a member of the conversation.")
    return reader


def check_replacement(activity: dict[str, Any]) -> None:
    """Check what replaces a targeted message.

    Raises ConnectorRefusedError 400 if it has a recipient.
    """
    if activity.get("recipient") is not None:
        raise _bad_argument("The recipient of a targeted message cannot be changed.")


def _bad_argument(message: str) -> ConnectorRefusedError:
    return ConnectorRefusedError(400, "BadArgument", message)
