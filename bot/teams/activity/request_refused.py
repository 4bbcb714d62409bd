"""The error for a request that gets no turn. Pure."""

from bot.errors import UsageBotError


class RequestRefusedError(UsageBotError):
    """A request is refused.

    `status` is the HTTP status for the caller; `reason` is for the log and holds neither the token nor the body.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status
        self.reason = reason
