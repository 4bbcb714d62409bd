"""The conditions for a message that one person sees. Pure.

The query string makes a message targeted; without it everybody sees the message, whatever its recipient says.
https://learn.microsoft.com/en-us/microsoftteams/platform/agents-in-teams/targeted-messages
"""

from collections.abc import Mapping
from typing import Any

from bot.simulator.connector.connector_refusal import ConnectorRefusedError
from bot.simulator.connector.teams_people import SimulatedConversation

QUERY = "isTargetedActivity"


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
