"""The prompts to sign in: a sign-in card in the 1:1 chat.

In other conversations a link to it.

Depends on bot.identity. In a group chat or channel the bot posts nothing with which a user could sign in: every member
would receive the exchange of a sign-in card and could press its button.
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
from bot.teams.connector.connector_client import ConnectorClients
from bot.teams.connector.private_messages import opened_chat
from bot.teams.sign_in.oauth_card import cause, sign_in_card
from bot.teams.sign_in.resume_after_sign_in import asked_again
from bot.teams.turn.message_sender import OpenSender
from bot.teams.turn.turn import Turn
from bot.usage.error_view import error_view
from cards.answers.sign_in_card import PRIVATELY
from cards.views.answer_views import SignInView, View

if TYPE_CHECKING:
    from bot.identity.identity import Identity

log = structlog.get_logger(__name__)


class SignInPrompts:
    """Asks callers to sign in.

    `app_id` is the bot's; the link to the 1:1 chat contains it. The demo has no app id, and no Teams to open a link in.
    `connectors` opens 1:1 chats, `open_sender` sends to them.
    """

    def __init__(
        self, identity: "Identity", connectors: ConnectorClients, open_sender: OpenSender, app_id: str
    ) -> None:
        self._identity = identity
        self._connectors = connectors
        self._open_sender = open_sender
        self._link = f"{PRIVATELY}0/0?users=28:{app_id}" if app_id else ""

    async def invite(self, turn: Turn, view: SignInView) -> View | None:
        """Store the question and ask the caller to sign in.

        Return what to post in the conversation; None if the sign-in card is there and nothing else is needed. Raises
        DeliveryError.
        """
        caller = turn.caller
        if caller is None:
            return view
        place = await self._place(turn, caller)
        private = place.in_private()
        waiting = PendingQuestion(view.question, turn.incoming.conversation_id, place.pack())
        try:
            if private is None:
                await self._identity.waiting.keep(caller, replace(waiting, claims=claims_of(cause(view)) or ""))
            else:
                offer = await self._identity.ask(caller, cause(view), waiting)
                await self._open_sender(private, turn.words.locale).send(sign_in_card(view, turn.words, offer))
        except StoreError as error:
            return error_view(error, asked_again(view.question, caller))
        except DeliveryError as error:
            if turn.incoming.is_personal:
                raise
            log.warning("sign_in_not_offered", problem=str(error))
        return None if turn.incoming.is_personal else replace(view, link=self._link)

    async def _place(self, turn: Turn, caller: Caller) -> ConversationReference:
        incoming = turn.incoming
        private = (
            incoming.conversation_id if incoming.is_personal else await opened_chat(self._connectors, incoming, caller)
        )
        return ConversationReference.of(incoming, caller, turn.words, private)
