"""The 1:1 chat of a person who asks in another conversation."""

import msgspec
import structlog

from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.errors import DeliveryError
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.auth.reference_check import check_reference
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import ConnectorClient, ConnectorClients

log = structlog.get_logger(__name__)


class PrivateChats:
    """Opens the 1:1 chats to which digests may be posted.

    `connectors` should be created with the retries of `team_owners`: a person waits for the answer.
    """

    def __init__(self, connectors: ConnectorClients, settings: TeamsSettings) -> None:
        self._connectors = connectors
        self._settings = settings

    async def chat_of(self, caller: Caller, here: Conversation) -> Conversation | None:
        """Return the 1:1 chat of `caller`, who asks `here`.

        None if Teams does not let the bot open it, because the app is not installed for the person, and if the settings
        refuse the host or the tenant of `here`.
        """
        if here.kind is ConversationKind.PERSONAL:
            return here
        try:
            place = check_reference(here.reference, self._settings, caller.key)
        except DeliveryError as error:
            log.info("private_chat_not_opened", status=error.status, problem=str(error))
            return None
        asked = place.asked
        bot_id = (asked.recipient and asked.recipient.id) or ""
        connector = self._connectors.at(asked.service_url or "")
        chat_id = await open_chat(connector, place.person_id, bot_id, caller.tenant_id)
        private = ConversationReference(asked, chat_id).in_private() if chat_id else None
        if private is None:
            return None
        bot = private.recipient and msgspec.structs.replace(private.recipient, is_targeted=None)
        reference = ConversationReference(msgspec.structs.replace(private, recipient=bot)).pack()
        return Conversation(private.conversation_id, ConversationKind.PERSONAL, reference)


async def open_chat(connector: ConnectorClient, person_id: str, bot_id: str, tenant_id: str) -> str:
    """Return the id of the 1:1 chat with the person.

    It is "" if Teams does not let the bot open it.
    """
    try:
        return await connector.open_personal(person_id, bot_id, tenant_id) or ""
    except DeliveryError as error:
        log.info("private_chat_not_opened", status=error.status, problem=str(error))
        return ""
