"""The Bot Connector's error answers.

A status and `{"error": {"code", "message"}}`.
"""

from collections.abc import Mapping
from typing import Any

from bot.errors import UsageBotError


class ConnectorRefusedError(UsageBotError):
    """The request is answered with `status` and the documented error body.

    Codes: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages
    """

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        """Return the JSON of the answer."""
        return {"error": {"code": self.code, "message": self.message}}
