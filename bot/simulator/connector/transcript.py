"""The transcript of what the bot posted, in order; a test can await its growth.

No HTTP.
"""

import asyncio
from dataclasses import dataclass
from typing import Any, Literal

from bot.simulator.connector.activity_checks import ADAPTIVE


@dataclass(frozen=True, slots=True)
class Posted:
    """One thing that the bot did in a conversation.

    `activity` is the JSON as it was received, `id` the id that the connector gave it. `reader` is the account id of the
    only person who sees it; None if all members do.
    """

    kind: Literal["sent", "updated", "deleted", "reacted", "unreacted"]
    conversation_id: str
    id: str
    activity: dict[str, Any]
    reply_to: str | None = None
    reader: str | None = None

    @property
    def type(self) -> str:
        """Return "message", "typing" and so on."""
        return str(self.activity.get("type", ""))

    def is_seen_by(self, account_id: str) -> bool:
        """Return True if this member of the conversation sees it."""
        return self.reader in {None, account_id}

    @property
    def text(self) -> str:
        """Return the plain text, "" for a card alone."""
        return str(self.activity.get("text") or "")

    @property
    def card(self) -> dict[str, Any] | None:
        """Return the first attached Adaptive Card; None if there is none."""
        for attachment in self.activity.get("attachments") or ():
            if attachment.get("contentType") == ADAPTIVE:
                card: dict[str, Any] = attachment["content"]
                return card
        return None


class Transcript:
    """Everything that was posted, and the position up to which it has been read."""

    def __init__(self) -> None:
        self.entries: list[Posted] = []
        self._read = 0
        self._grown = asyncio.Condition()

    async def add(self, posted: Posted) -> None:
        """Append `posted` and wake the waiting tasks."""
        async with self._grown:
            self.entries.append(posted)
            self._grown.notify_all()

    @property
    def messages(self) -> list[Posted]:
        """Return messages sent or updated, oldest first, without typing and deletions."""
        return [entry for entry in self.entries if entry.type == "message"]

    async def next_message(self, timeout: float = 240) -> Posted:  # noqa: ASYNC109  # easier to read in tests
        """Return the next unread message, sent or updated; typing is skipped.

        Raises TimeoutError after `timeout` seconds.
        """
        async with asyncio.timeout(timeout), self._grown:
            while True:
                await self._grown.wait_for(lambda: len(self.entries) > self._read)
                posted = self.entries[self._read]
                self._read += 1
                if posted.type == "message":
                    return posted

    def unread(self) -> list[Posted]:
        """Return the unread messages, and mark them as read."""
        rest = [entry for entry in self.entries[self._read :] if entry.type == "message"]
        self._read = len(self.entries)
        return rest

    def clear(self) -> None:
        """Delete everything."""
        self.entries.clear()
        self._read = 0
