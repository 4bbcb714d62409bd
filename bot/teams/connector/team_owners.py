"""Who owns a team, as far as Teams tells a bot. Knows the connector.

The roster's `userRole` was announced as one of "guest", "owner" and "user" (botbuilder-dotnet#3405), its values were
never documented (msteams-docs#6381), and plain "user" is what has been seen for guests as well. So "owner" is believed,
and anything else means no: a team owner whom Teams does not call one can change no more than everybody else.
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context
"""

import time
from collections.abc import Callable

import msgspec
import structlog
from cachetools import TTLCache

from bot.domain.conversation import Conversation
from bot.errors import DeliveryError
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.auth.reference_check import check_reference
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import ConnectorClients, Retries

log = structlog.get_logger(__name__)

# Somebody waits for the answer.
BRIEF = Retries(attempts=2, first_wait=0.2, longest_wait=1.0, all_seconds=4.0, seconds=4.0)
SECONDS = 60.0
REMEMBERED = 1_000


class _Member(msgspec.Struct, rename="camel"):
    user_role: str | None = None


class TeamOwners:
    """Asks about a person of a team at most once a minute. `connectors` are best made with `BRIEF`."""

    def __init__(
        self, connectors: ConnectorClients, settings: TeamsSettings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connectors = connectors
        self._settings = settings
        self._known: TTLCache[tuple[str, str], bool, float] = TTLCache(REMEMBERED, SECONDS, timer=clock)

    async def is_team_owner(self, here: Conversation) -> bool:
        """Whether the one who speaks `here` owns the team; False outside of teams, and where it cannot be found out."""
        place = ConversationReference.unpack(here.reference)
        person_id = (place and place.asked.sender and place.asked.sender.id) or ""
        if not here.team_id or place is None or not person_id:
            return False
        known = self._known.get((here.team_id, person_id))
        if known is not None:
            return known
        try:
            owns = await self._ask(here, person_id)
        except (DeliveryError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            log.info("team_role_not_known", problem=str(error))
            return False
        self._known[here.team_id, person_id] = owns
        return owns

    async def _ask(self, here: Conversation, person_id: str) -> bool:
        place = check_reference(here.reference, self._settings)
        answer = await self._connectors.at(place.asked.service_url or "").member(here.team_id, person_id)
        return (msgspec.json.decode(answer, type=_Member).user_role or "").lower() == "owner"
