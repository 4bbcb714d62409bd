"""Who reads an answer in a shared conversation, and whether the asker wants that.

Guests and people of other companies may be there. The asker alone learns so before the first figures are posted, and
chooses; the choice holds until another outsider comes.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

import structlog
from cachetools import TTLCache

from bot.domain.conversation import Caller
from bot.errors import DeliveryError, StoreError
from bot.teams.activity.conversation_of import root_id
from bot.teams.activity.private_buttons import readers_of
from bot.teams.audience.chosen_audiences import Choice, ChosenAudiences, marks_of
from bot.teams.connector.connector_client import ConnectorClient, ConnectorClients
from bot.teams.connector.conversation_roster import outsiders_in
from bot.teams.turn.turn import Turn
from cards.views.answer_views import ListView, UsageView, View
from cards.views.audience_views import AudienceView
from cards.views.button_payload import RepeatButton
from cards.views.digest_views import DigestView
from cards.views.kinds.kind_digest_view import KindDigestView
from cards.views.kinds.selling_views import CallsView, RenewalsView
from cards.views.kinds.sold_use_view import SoldUseView
from cards.views.kinds.trend_view import TrendView

log = structlog.get_logger(__name__)

FIGURES = (UsageView, ListView, DigestView, KindDigestView, TrendView, RenewalsView, CallsView, SoldUseView)
SECONDS = 10.0  # an answer does not wait longer for the roster
# Seconds for which it is known who is there. Few: Teams reports a new member to one process only.
ROSTER_SECONDS = 60.0
REMEMBERED = 1_000  # conversations
READS = 3  # of a roster to which people come while it is read
MOST = 200  # outsiders of a conversation that are remembered
UNKNOWN = frozenset({"?"})  # in place of the marks of outsiders, if Teams does not say who is there


class ConversationAudience:
    """The `Audience` of bot.teams.turn."""

    def __init__(
        self,
        connectors: ConnectorClients,
        chosen: ChosenAudiences,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connectors = connectors
        self._chosen = chosen
        self._seconds = seconds
        kept = TTLCache[tuple[str, str], frozenset[str], float]
        self._found = kept(REMEMBERED, ROSTER_SECONDS, timer=clock)
        self._arrivals = 0

    def people_came(self) -> None:
        """Forget who is where: a conversation or a team has new members."""
        self._found.clear()
        self._arrivals += 1

    async def before(self, turn: Turn, view: View, question: str) -> tuple[Turn, View]:
        """Return what to post in place of `view`, and the turn that posts it.

        `view` answers `question`.
        """
        caller = turn.caller
        if caller is None or turn.incoming.is_personal or not isinstance(view, FIGURES):
            return turn, view
        try:
            return await self._decided(turn, caller, view, question)
        except StoreError as error:
            log.warning("audience_not_decided", problem=str(error))
            return replace(turn, alone=True), view

    async def _decided(self, turn: Turn, caller: Caller, view: View, question: str) -> tuple[Turn, View]:
        place, readers = root_id(turn.incoming.conversation_id), readers_of(turn.incoming.value)
        if readers == "me":
            await self._chosen.keep(caller, place, Choice(everybody=False))
        if turn.is_for_caller(view):
            return turn, view
        marks = await self._outsiders(turn, caller, place)
        if not marks:
            return turn, view
        if readers == "all":
            await self._chosen.keep(caller, place, Choice(everybody=True, outsiders=marks))
            return turn, view
        choice = await self._chosen.chosen(caller, place)
        if choice is not None and choice.covers(marks):
            return turn, view
        if choice is not None and not choice.everybody and readers != "here":
            return replace(turn, alone=True), view
        asked = view.question if isinstance(view, UsageView) else question
        count = None if marks == UNKNOWN else len(marks)
        return turn, AudienceView(count, RepeatButton(asked, "all"), RepeatButton(asked, "me"))

    async def _outsiders(self, turn: Turn, caller: Caller, conversation_id: str) -> frozenset[str]:
        """Return the marks of the outsiders there, except the caller.

        Only what Teams said is remembered, and not if people came while it was read.
        """
        key = conversation_id, caller.tenant_id.lower()
        connector = self._connectors.at(turn.incoming.service_url or "")
        own = (turn.incoming.sender and turn.incoming.sender.id) or ""
        try:
            if (found := self._found.get(key)) is None:
                async with asyncio.timeout(self._seconds):
                    found = await self._read(connector, key)
        except (DeliveryError, TimeoutError) as error:
            log.warning("audience_unknown", problem=type(error).__name__)
            return UNKNOWN
        return marks_of(found - {own})

    async def _read(self, connector: ConnectorClient, key: tuple[str, str]) -> frozenset[str]:
        """Return the outsiders.

        Raises DeliveryError, also if people come each time that the roster is read.
        """
        for _ in range(READS):
            arrivals = self._arrivals
            found = await outsiders_in(connector, *key)
            if arrivals == self._arrivals:
                if len(found) <= MOST:
                    self._found[key] = found
                return found
        raise DeliveryError(None, "people come while the roster is read")
