"""The port through which a turn sends; bot.teams.sdk implements it."""

from collections.abc import Callable
from typing import Protocol

from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.activity.outgoing_activity import OutgoingActivity


class MessageSender(Protocol):
    """Sends to one conversation and addresses what it sends.

    All methods raise DeliveryError.
    """

    async def send(self, activity: OutgoingActivity) -> str | None:
        """Post `activity` as a reply.

        Return its id; None if the connector did not report it.
        """
        ...

    async def replace(self, activity_id: str, activity: OutgoingActivity) -> None:
        """Put `activity` in the place of an earlier one."""
        ...

    async def remove(self, activity_id: str) -> None:
        """Delete an earlier activity of the bot."""
        ...


# Returns a sender to the conversation of an activity, without a request from Teams: (activity, locale) -> sender.
OpenSender = Callable[[IncomingActivity, str], MessageSender]
