"""The access token that an operator passes to `ask` or to `doctor --sign-in`."""

from bot.domain.conversation import Caller
from bot.errors import TokenRefusedError


class EnvironmentToken:
    """The tokens of one person at a terminal: there is no second token to try."""

    def __init__(self, access_token: str) -> None:
        self._access_token = access_token

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:  # noqa: ARG002 - one person only
        """Return the token; raises TokenRefusedError once Partner Center has refused it."""
        if refused is not None:
            raise TokenRefusedError("The access token in USAGEBOT_ACCESS_TOKEN was refused.", status=401)
        return self._access_token

    async def newer(self, caller: Caller, refused: str) -> str | None:  # noqa: ARG002 - one token only
        """Return None: there is one token."""
        return None

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:  # noqa: ARG002 - one token only
        """Return False: the person signed in elsewhere."""
        return False
