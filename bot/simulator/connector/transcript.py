"""What the bot said, in order, for somebody to wait for. Knows asyncio, no HTTP."""

import asyncio
from dataclasses import dataclass
from typing import Any, Literal

from bot.simulator.connector.activity_checks import ADAPTIVE


@dataclass(frozen=True, slots=True)
class Posted:
    """One thing the bot did in a conversation. `activity` is the JSON as it came, `id` what the connector named it."""

    kind: Literal["sent", "updated", "deleted"]
    conversation_id: str
    id: str
    activity: dict[str, Any]
    reply_to: str | None = None

    @property
    def type(self) -> str:
        """ "message", "typing" and so on."""
        return str(self.activity.get("type", ""))

    @property
    def text(self) -> str:
        """The plain text, "" for a card alone."""
        return str(self.activity.get("text") or "")

    @property
    def card(self) -> dict[str, Any] | None:
        """The first Adaptive Card attached."""
        for attachment in self.activity.get("attachments") or ():
            if attachment.get("contentType") == ADAPTIVE:
                card: dict[str, Any] = attachment["content"]
                return card
        return None


class Transcript:
    """Everything posted, plus one place up to which it has been read."""

    def __init__(self) -> None:
        self.entries: list[Posted] = []
        self._read = 0
        self._grown = asyncio.Condition()

    async def add(self, posted: Posted) -> None:
        """Keep it and wake who waits."""
        async with self._grown:
            self.entries.append(posted)
            self._grown.notify_all()

    @property
    def messages(self) -> list[Posted]:
        """Messages sent or updated, oldest first; typing and deletions left out."""
        return [entry for entry in self.entries if entry.type == "message"]

    async def next_message(self, timeout: float = 5) -> Posted:  # noqa: ASYNC109  # a limit of its own reads better here
        """The next unread message, sent or updated; TimeoutError after `timeout` seconds. Skips typing."""
        async with asyncio.timeout(timeout), self._grown:
            while True:
                await self._grown.wait_for(lambda: len(self.entries) > self._read)
                posted = self.entries[self._read]
                self._read += 1
                if posted.type == "message":
                    return posted

    def unread(self) -> list[Posted]:
        """Messages nobody has read yet; they count as read now."""
        rest = [entry for entry in self.entries[self._read :] if entry.type == "message"]
        self._read = len(self.entries)
        return rest

    def clear(self) -> None:
        """Forget everything."""
        self.entries.clear()
        self._read = 0
