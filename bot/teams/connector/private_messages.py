"""Messages that only one person sees, where others read along.

Teams shows a targeted message to its recipient alone, in the same conversation. If the connector refuses it, the
message is posted in the 1:1 chat.
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/targeted-messages
"""

import structlog

from bot.domain.conversation import Caller
from bot.errors import DeliveryError
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.connector.connector_client import ConnectorClients
from bot.teams.turn.message_sender import OpenSender
from bot.teams.turn.turn import Turn
from cards.views.answer_views import View

log = structlog.get_logger(__name__)


class PrivateMessages:
    """Posts messages that only the caller of a turn sees.

    `connectors` opens 1:1 chats, `open_sender` sends to them.
    """

    def __init__(self, connectors: ConnectorClients, open_sender: OpenSender) -> None:
        self._connectors = connectors
        self._open_sender = open_sender

    async def post(self, turn: Turn, view: View) -> bool:
        """Post `view` for the caller alone. Return False if Teams took it nowhere."""
        caller = turn.caller
        if caller is None:
            return False
        message = turn.draw(view).message()
        try:
            await self._open_sender(turn.incoming.asked_in_private, turn.words.locale).send(message)
        except DeliveryError as error:
            log.info("targeted_message_refused", status=error.status, code=error.code)
        else:
            return True
        chat = await opened_chat(self._connectors, turn.incoming, caller)
        private = ConversationReference.of(turn.incoming, caller, turn.words, chat).in_private()
        if private is None:
            return False
        try:
            await self._open_sender(private, turn.words.locale).send(message)
        except DeliveryError as error:
            log.warning("private_message_not_delivered", status=error.status, problem=str(error))
            return False
        return True


async def opened_chat(connectors: ConnectorClients, incoming: IncomingActivity, caller: Caller) -> str:
    """Return the id of the 1:1 chat with the caller.

    It is "" if Teams does not let the bot open it.
    """
    if incoming.sender is None or incoming.recipient is None:
        return ""
    connector = connectors.at(incoming.service_url or "")
    try:
        opened = await connector.open_personal(incoming.sender.id or "", incoming.recipient.id or "", caller.tenant_id)
    except DeliveryError as error:
        log.info("private_chat_not_opened", status=error.status, problem=str(error))
        return ""
    return opened or ""
