"""Turns without a request from Teams.

What was asked earlier is answered where it was asked.
"""

from dataclasses import replace

import structlog

from bot.domain.conversation import Caller
from bot.errors import PlaceRefusedError
from bot.teams.activity.activity_caller import locale_of
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.auth.reference_check import check_reference
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.turn.answering_port import Answering
from bot.teams.turn.card_renderer import CardRenderer
from bot.teams.turn.message_sender import OpenSender
from bot.teams.turn.turn import Aside, Turn

log = structlog.get_logger(__name__)


class ReopenedTurns:
    """Makes turns of stored conversation references."""

    def __init__(self, answers: Answering, open_sender: OpenSender, settings: TeamsSettings, aside: Aside) -> None:
        self._answers = answers
        self._open_sender = open_sender
        self._settings = settings
        self._aside = aside
        self._drawing = CardRenderer()

    def place(self, reference: str, caller: Caller) -> ConversationReference | None:
        """Return the conversation reference of `caller`.

        None if the bot may not post there any more.
        """
        try:
            return check_reference(reference, self._settings, caller.key)
        except PlaceRefusedError as error:
            log.warning("conversation_reference_refused", tenant=caller.key[0], problem=str(error))
            return None

    async def turn(self, asked: IncomingActivity, passing: str, caller: Caller) -> Turn:
        """Return the turn, in the language `passing` of what was asked.

        The person may have chosen another one since.
        """
        caller = replace(caller, locale=locale_of(asked), client="")  # the sign-in may come from another client
        found = await self._answers.locale_of(caller, mark=passing)
        caller = found.of(caller)
        words = self._drawing.words(caller.locale)
        sender = self._open_sender(asked, words.locale)
        return Turn(asked, sender, words, self._drawing, caller, self._aside, passing=found.passing)
