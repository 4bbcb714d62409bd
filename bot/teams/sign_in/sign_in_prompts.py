"""The prompts to sign in: a sign-in card for the asker, where they asked.

In a group chat or channel it is a targeted message: with any other, every member would receive the exchange of the card
and could press its button. Where Teams refuses that, the card is in the 1:1 chat, and a link to it in the conversation.

Depends on bot.identity.
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/authentication/bot-sso-code
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.domain.conversation import Caller
from bot.errors import DeliveryError, StoreError
from bot.identity.entra.claims_demand import claims_of
from bot.identity.sign_in.pending_questions import PendingQuestion
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.outgoing_activity import OutgoingActivity
from bot.teams.audience.private_messages import PrivateMessages, is_refusal, opened_chat
from bot.teams.connector.connector_client import ConnectorClients
from bot.teams.sign_in.oauth_card import cause, sign_in_card
from bot.teams.sign_in.resume_after_sign_in import asked_again
from bot.teams.turn.message_sender import OpenSender
from bot.teams.turn.turn import Turn
from bot.usage.error_view import error_view
from cards.views.answer_views import SignInView, View

if TYPE_CHECKING:
    from bot.identity.identity import Identity

log = structlog.get_logger(__name__)


class SignInPrompts:
    """Asks callers to sign in.

    `connectors` opens 1:1 chats, `open_sender` sends to them.
    """

    def __init__(
        self, identity: "Identity", connectors: ConnectorClients, open_sender: OpenSender, private: PrivateMessages
    ) -> None:
        self._identity = identity
        self._connectors = connectors
        self._open_sender = open_sender
        self._private = private

    async def invite(self, turn: Turn, view: SignInView) -> View | None:
        """Store the question and ask the caller to sign in.

        Return what to post in the conversation; None if the sign-in card is there and nothing else is needed. Raises
        DeliveryError.
        """
        caller = turn.caller
        if caller is None:
            return view
        try:
            offer = await self._identity.ask(caller, cause(view), self._waiting(turn, caller, view))
            if turn.incoming.is_personal:
                await turn.sender.send(sign_in_card(view, turn.words, offer, silent=True))
                return None
            card = sign_in_card(view, turn.words, offer, silent=not turn.incoming.is_in_channel)
            if await self._sent_here(turn, card):
                return None
            offered = await self._sent_in_chat(turn, caller, view, sign_in_card(view, turn.words, offer, silent=True))
            if offered and (turn.alone or turn.incoming.is_private):  # no other member sees the question
                return None
        except StoreError as error:
            return error_view(error, asked_again(view.question, caller), caller.locale)
        return replace(view, link=self._private.link)

    async def _sent_here(self, turn: Turn, card: OutgoingActivity) -> bool:
        """Send the card to the caller alone. Return False if Teams refuses that."""
        try:
            await self._private.targeted(turn, card)
        except DeliveryError as error:
            if not is_refusal(error):
                raise
            return False
        return True

    async def _sent_in_chat(self, turn: Turn, caller: Caller, view: SignInView, card: OutgoingActivity) -> bool:
        """Send the card to the 1:1 chat. Return False if Teams does not take it."""
        chat = await opened_chat(self._connectors, turn.incoming, caller)
        waiting = self._waiting(turn, caller, view, chat)
        private = ConversationReference.of(turn.incoming, caller, turn.words, chat).in_private()
        if private is None:
            return False
        await self._identity.waiting.keep(caller, waiting)  # with the chat in which the sign-in ends
        try:
            await self._open_sender(private, turn.words.locale).send(card)
        except DeliveryError as error:
            log.warning("sign_in_not_offered", problem=str(error))
            return False
        return True

    def _waiting(self, turn: Turn, caller: Caller, view: SignInView, chat: str = "") -> PendingQuestion:
        """Return the question, with the place of its answer: for the caller alone if they pressed another's card."""
        asked = turn.incoming.asked_in_private if turn.alone else turn.incoming
        place = ConversationReference.of(
            asked, caller, turn.words, asked.conversation_id if asked.is_personal else chat
        )
        claims = claims_of(cause(view)) or ""
        return PendingQuestion(view.question, asked.conversation_id, place.pack(), claims=claims)
