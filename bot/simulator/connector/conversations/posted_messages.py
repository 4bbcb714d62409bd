"""The messages of the bot that conversations show, and their readers.

A message for one person disappears after a day:
https://learn.microsoft.com/en-us/microsoftteams/platform/agents-in-teams/targeted-messages
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.simulator.connector.blocked_conversations import activity_not_found

TARGETED_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class PostedMessage:
    """A message of the bot.

    `reader` is the account id of the only person who sees it.
    """

    conversation_id: str
    activity: dict[str, Any]
    reader: str | None = None
    until: float | None = None


class PostedMessages:
    """Messages by conversation and id. `clock` returns seconds.

    The first message of a channel's thread is found by the id of the thread and by that of the channel.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._messages: dict[tuple[str, str], PostedMessage] = {}

    def add(self, conversation_id: str, activity_id: str, activity: dict[str, Any], reader: str | None = None) -> None:
        """Store a new message."""
        until = None if reader is None else self._clock() + TARGETED_SECONDS
        self._messages[_key(conversation_id, activity_id)] = PostedMessage(conversation_id, activity, reader, until)

    def replace(
        self, conversation_id: str, activity_id: str, activity: dict[str, Any], *, targeted: bool
    ) -> str | None:
        """Replace a message and return its only reader. Raises ConnectorRefusedError 404."""
        found = self._found(conversation_id, activity_id, targeted=targeted)
        self._messages[_key(conversation_id, activity_id)] = replace(found, activity=activity)
        return found.reader

    def remove(self, conversation_id: str, activity_id: str, *, targeted: bool) -> str | None:
        """Delete a message and return its only reader. Raises ConnectorRefusedError 404."""
        found = self._found(conversation_id, activity_id, targeted=targeted)
        del self._messages[_key(conversation_id, activity_id)]
        return found.reader

    def shown(self, conversation_id: str, reader: str | None = None) -> list[dict[str, Any]]:
        """Return what a conversation shows now, oldest first.

        What every member sees, or what the person `reader` sees.
        """
        return [
            each.activity
            for each in self._messages.values()
            if each.conversation_id == conversation_id and each.reader in {None, reader} and not self._is_over(each)
        ]

    def hides(self, activity_id: str, reader: str) -> bool:
        """Return True if this message is for another person than `reader`."""
        return any(
            message_id == activity_id and each.reader not in {None, reader}
            for (_, message_id), each in self._messages.items()
        )

    def _found(self, conversation_id: str, activity_id: str, *, targeted: bool) -> PostedMessage:
        found = self._messages.get(_key(conversation_id, activity_id))
        if found is None or (found.reader is not None) is not targeted or self._is_over(found):
            raise activity_not_found()
        return found

    def _is_over(self, message: PostedMessage) -> bool:
        return message.until is not None and message.until <= self._clock()


def _key(conversation_id: str, activity_id: str) -> tuple[str, str]:
    return conversation_id.removesuffix(f";messageid={activity_id}"), activity_id
