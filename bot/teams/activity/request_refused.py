"""Why a request gets no turn. Pure."""

from bot.errors import UsageBotError


class RequestRefusedError(UsageBotError):
    """A request that is refused: `status` for the caller, `reason` for the log (no token, no body in it)."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status
        self.reason = reason
