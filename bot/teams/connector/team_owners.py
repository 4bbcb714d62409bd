"""The owners of a team, as far as Teams reports them to a bot.

The roster's `userRole` was announced as one of "guest", "owner" and "user" (botbuilder-dotnet#3405), its values were
never documented (msteams-docs#6381), and plain "user" has been seen for guests as well. So only "owner" is accepted:
an owner whom Teams does not report as one can change no more than any other member.
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

# A person waits for the answer, so there are few retries.
BRIEF = Retries(attempts=2, first_wait=0.2, longest_wait=1.0, all_seconds=4.0, seconds=4.0)
SECONDS = 60.0
REMEMBERED = 1_000


class _Member(msgspec.Struct, rename="camel"):
    user_role: str | None = None


class TeamOwners:
    """Asks Teams for the role of a member, at most once a minute for each.

    `connectors` should be created with the retries `BRIEF`.
    """

    def __init__(
        self, connectors: ConnectorClients, settings: TeamsSettings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connectors = connectors
        self._settings = settings
        self._known: TTLCache[tuple[str, str], bool, float] = TTLCache(REMEMBERED, SECONDS, timer=clock)

    async def is_team_owner(self, here: Conversation) -> bool:
        """Return True if the caller of `here` owns the team.

        Return False outside of teams, and if the role cannot be found out.
        """
        place = ConversationReference.unpack(here.reference)
        person_id = "" if place is None else place.person_id
        if not here.team_id or place is None or not person_id:
            return False
        known = self._known.get((here.team_id, person_id))
        if known is not None:
            return known
        try:
            owns = await self._ask(here, person_id)
        except (DeliveryError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            log.info("team_role_unknown", problem=str(error))
            return False
        self._known[here.team_id, person_id] = owns
        return owns

    async def _ask(self, here: Conversation, person_id: str) -> bool:
        place = check_reference(here.reference, self._settings)
        answer = await self._connectors.at(place.asked.service_url or "").member(here.team_id, person_id)
        return (msgspec.json.decode(answer, type=_Member).user_role or "").lower() == "owner"
