"""Messages that only one person sees, where others read along.

Teams shows a targeted message to its recipient alone, in the same conversation. If the connector refuses it, the
message is posted in the 1:1 chat, and a line without content says so to everybody.
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/targeted-messages
"""

import structlog

from bot.domain.conversation import Caller
from bot.errors import DeliveryError
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.activity.outgoing_activity import OutgoingActivity
from bot.teams.activity.private_buttons import Privacy
from bot.teams.connector.connector_client import ConnectorClients
from bot.teams.connector.private_chats import open_chat
from bot.teams.turn.message_sender import OpenSender
from bot.teams.turn.turn import Turn
from cards.answers.audience_card import CHAT
from cards.views.answer_views import ProgressView, View
from cards.views.audience_views import PrivateNoteView

log = structlog.get_logger(__name__)


class PrivateMessages:
    """Posts what only the caller of a turn sees: the `Aside` of the turns.

    `connectors` opens 1:1 chats, `open_sender` sends to them. `app_id` is the bot's; the link to the 1:1 chat contains
    it. The demo has no app id, and no Teams to open a link in.
    """

    def __init__(self, connectors: ConnectorClients, open_sender: OpenSender, app_id: str) -> None:
        self._connectors = connectors
        self._open_sender = open_sender
        self.link = f"{CHAT}0/0?users=28:{app_id}" if app_id else ""

    async def post(self, turn: Turn, view: View) -> str | None:
        """Post `view` for the caller alone; if Teams takes it nowhere, say where to ask.

        Return its id if it is in the conversation of the turn. Raises DeliveryError.
        """
        privacy = Privacy.ANSWERS if turn.incoming.is_private else Privacy.CARD
        try:
            return await self.targeted(turn, turn.draw(view, privacy).message())
        except DeliveryError as error:
            if not is_refusal(error) or isinstance(view, ProgressView):
                raise
            refused = error
        reached = await self._in_chat(turn, view)
        if turn.incoming.is_private:  # no other member sees the question
            if not reached:
                raise refused
            return None
        note = turn.draw(PrivateNoteView(reached, "" if reached else self.link), Privacy.NONE)
        await self._open_sender(turn.incoming.asked_in_public, turn.words.locale).send(note.message())
        return None

    async def targeted(self, turn: Turn, message: OutgoingActivity) -> str | None:
        """Send a message to the caller alone, where they asked, and return its id.

        Raises DeliveryError.
        """
        return await self._open_sender(turn.incoming.asked_in_private, turn.words.locale).send(message)

    async def _in_chat(self, turn: Turn, view: View) -> bool:
        """Post `view` in the 1:1 chat. Return False if Teams does not take it."""
        caller = turn.caller
        chat = await opened_chat(self._connectors, turn.incoming, caller) if caller is not None else ""
        if caller is None or not chat:
            return False
        private = ConversationReference.of(turn.incoming, caller, turn.words, chat).in_private()
        if private is None:
            return False
        try:
            await turn.draw(view, Privacy.NONE).send_to(self._open_sender(private, turn.words.locale))
        except DeliveryError as error:
            log.warning("private_message_not_delivered", status=error.status, problem=str(error))
            return False
        return True


def is_refusal(error: DeliveryError) -> bool:
    """Return True if Teams took no targeted message, so that another way may be tried."""
    if error.status is None:
        return False
    log.info("targeted_message_refused", status=error.status, code=error.code)
    return True


async def opened_chat(connectors: ConnectorClients, incoming: IncomingActivity, caller: Caller) -> str:
    """Return the id of the 1:1 chat with the caller.

    It is "" if Teams does not let the bot open it.
    """
    if incoming.sender is None or incoming.recipient is None:
        return ""
    connector = connectors.at(incoming.service_url or "")
    return await open_chat(connector, incoming.sender.id or "", incoming.recipient.id or "", caller.tenant_id)
