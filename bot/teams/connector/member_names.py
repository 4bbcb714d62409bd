"""The name of a person, read from Teams' roster: an installation has no names."""

import asyncio

import msgspec
import structlog

from bot.errors import DeliveryError
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.connector.connector_client import ConnectorClients

log = structlog.get_logger(__name__)

SECONDS = 5.0  # a welcome without a name is better than a late one


class _Member(msgspec.Struct):
    name: str | None = None


class MemberNames:
    """Looks up people in the roster of a conversation."""

    def __init__(self, connectors: ConnectorClients, seconds: float = SECONDS) -> None:
        self._connectors = connectors
        self._seconds = seconds

    async def of_sender(self, incoming: IncomingActivity) -> str:
        """Return the name of the sender.

        It is "" if Teams does not return it soon. Raises nothing.
        """
        person_id = (incoming.sender and incoming.sender.id) or ""
        if not person_id:
            return ""
        connector = self._connectors.at(incoming.service_url or "")
        try:
            async with asyncio.timeout(self._seconds):
                found = await connector.member(incoming.conversation_id, person_id)
            return msgspec.json.decode(found, type=_Member).name or ""
        except (DeliveryError, TimeoutError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            log.info("member_name_not_found", problem=type(error).__name__)
            return ""
