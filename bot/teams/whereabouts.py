"""Passes on where the bot may talk, as Teams tells it in activities. Knows the listeners, not the store behind them.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
"""

from collections import OrderedDict
from collections.abc import Awaitable

import structlog

from bot.teams.background import Background
from bot.teams.here import here_of, root_id
from bot.teams.incoming import Incoming
from bot.teams.listening import Listeners
from bot.teams.turn import Turn

log = structlog.get_logger(__name__)

REMEMBERED = 10_000
CHANNEL_GONE, CHANNEL_BACK = "channelDeleted", "channelRestored"
# An archived team takes no messages: https://support.microsoft.com/office/dc161cfd-b328-440f-974b-5da5bd98b5a7
TEAM_GONE = frozenset({"teamDeleted", "teamHardDeleted", "teamArchived"})
TEAM_BACK = frozenset({"teamRestored", "teamUnarchived"})


class Whereabouts:
    """Remembers the way to the conversations of late, so that only changes are passed on."""

    def __init__(self, listeners: Listeners, background: Background) -> None:
        self._listeners = listeners
        self._background = background
        self._known: OrderedDict[tuple[str, str, str], str] = OrderedDict()

    def seen(self, turn: Turn) -> None:
        """Somebody speaks: the way to their conversation may have changed."""
        conversations, caller, incoming = self._listeners.conversations, turn.caller, turn.incoming
        if conversations is None or caller is None:
            return
        key = (*caller.key, root_id(incoming.conversation_id))
        if self._known.get(key) == incoming.service_url:
            self._known.move_to_end(key)
            return
        self._known[key] = incoming.service_url or ""
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        self._tell(conversations.seen(caller, here_of(incoming, caller, turn.words)), key)

    def added(self, incoming: Incoming) -> None:
        """The app was added to the conversation, or to its team."""
        self._back(incoming, incoming.team_id or root_id(incoming.conversation_id))

    def removed(self, incoming: Incoming) -> None:
        """The app was removed from the conversation, or from its team."""
        self._gone(incoming, incoming.team_id or root_id(incoming.conversation_id))

    def updated(self, incoming: Incoming) -> None:
        """A channel or a team has changed; what does not concern the bot's being there is not passed on."""
        event = incoming.event_type
        if event == CHANNEL_GONE and incoming.changed_channel_id:
            self._gone(incoming, incoming.changed_channel_id)
        elif event == CHANNEL_BACK and incoming.changed_channel_id:
            self._back(incoming, incoming.changed_channel_id)
        elif event in TEAM_GONE and incoming.team_id:
            self._gone(incoming, incoming.team_id)
        elif event in TEAM_BACK and incoming.team_id:
            self._back(incoming, incoming.team_id)

    def _gone(self, incoming: Incoming, conversation_id: str) -> None:
        installations, tenant_id = self._listeners.installations, next(iter(incoming.tenant_ids), "")
        if installations is not None and tenant_id:
            self._tell(installations.gone(tenant_id, conversation_id))

    def _back(self, incoming: Incoming, conversation_id: str) -> None:
        installations, tenant_id = self._listeners.installations, next(iter(incoming.tenant_ids), "")
        if installations is not None and tenant_id:
            self._tell(installations.back(tenant_id, conversation_id))

    def _tell(self, telling: Awaitable[None], key: tuple[str, str, str] | None = None) -> None:
        async def guarded() -> None:
            try:
                await telling
            except Exception as error:  # noqa: BLE001  # nobody waits for it who could be told
                if key is not None:
                    self._known.pop(key, None)  # the next activity tells it again
                log.warning("whereabouts_not_kept", problem=f"{type(error).__name__}: {error}")

        self._background.adopt(guarded(), "whereabouts")
