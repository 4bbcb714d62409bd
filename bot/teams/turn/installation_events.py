"""Passes on where the bot may talk, as Teams tells it in activities. Knows the listeners, not the store behind them.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from cachetools import LRUCache

from bot.concurrency.backoff import Backoff
from bot.errors import StoreError
from bot.teams.activity.conversation_of import conversation_of, root_id
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.turn.background_turns import BackgroundTurns
from bot.teams.turn.listeners import Listeners
from bot.teams.turn.turn import Turn

log = structlog.get_logger(__name__)

Report = Callable[[str, str], Awaitable[None]]

OWNER = "whereabouts"  # of the turns this takes
# To report what Teams tells only once: after 1, 5 and 20 seconds.
AGAIN = Backoff(first=1.0, longest=20.0, attempts=4, factor=5.0)
REMEMBERED = 10_000
CHANNEL_GONE, CHANNEL_BACK = "channelDeleted", "channelRestored"
# An archived team takes no messages: https://support.microsoft.com/office/dc161cfd-b328-440f-974b-5da5bd98b5a7
TEAM_GONE = frozenset({"teamDeleted", "teamHardDeleted", "teamArchived"})
TEAM_BACK = frozenset({"teamRestored", "teamUnarchived"})


class InstallationEvents:
    """Remembers the way to the conversations of late, so that only changes are passed on."""

    def __init__(self, listeners: Listeners, background: BackgroundTurns, backoff: Backoff = AGAIN) -> None:
        self._listeners = listeners
        self._background = background
        self._backoff = backoff
        self._known: LRUCache[tuple[str, str, str], str] = LRUCache(REMEMBERED)
        self._reports: dict[tuple[str, str], asyncio.Task[bool]] = {}

    def seen(self, turn: Turn) -> None:
        """Somebody speaks: the way to their conversation may have changed."""
        conversations, caller, incoming = self._listeners.conversations, turn.caller, turn.incoming
        if conversations is None or caller is None:
            return
        key = (*caller.key, root_id(incoming.conversation_id))
        if self._known.get(key) == incoming.service_url:
            return
        self._known[key] = incoming.service_url or ""
        telling = conversations.seen(caller, conversation_of(incoming, caller, turn.words))
        self._background.adopt(self._told(telling, key), OWNER)

    def added(self, incoming: IncomingActivity) -> None:
        """The app was added to the conversation, or to its team."""
        self._back(incoming, incoming.team_id or root_id(incoming.conversation_id))

    def removed(self, incoming: IncomingActivity) -> None:
        """The app was removed from the conversation, or from its team."""
        self._gone(incoming, incoming.team_id or root_id(incoming.conversation_id))

    def left(self, incoming: IncomingActivity) -> None:
        """The bot was taken out of this conversation: a private channel perhaps, whose team it stays in.

        What goes for the team is told in its first channel, whose id is the team's.
        """
        self._gone(incoming, root_id(incoming.conversation_id))

    def updated(self, incoming: IncomingActivity) -> None:
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

    def _gone(self, incoming: IncomingActivity, conversation_id: str) -> None:
        if self._listeners.installations is not None:
            self._report(self._listeners.installations.gone, incoming, conversation_id)

    def _back(self, incoming: IncomingActivity, conversation_id: str) -> None:
        if self._listeners.installations is not None:
            self._report(self._listeners.installations.back, incoming, conversation_id)

    def _report(self, report: Report, incoming: IncomingActivity, conversation_id: str) -> None:
        """Report it after what was reported before of that conversation: who removes and adds at once has added."""
        tenant_id = next(iter(incoming.tenant_ids), "")
        if not tenant_id:
            return
        key = tenant_id, conversation_id
        before = self._reports.get(key)

        async def reported() -> None:
            if before is not None:
                await asyncio.wait({before})
            await self._backoff.retry(lambda: report(tenant_id, conversation_id), StoreError)

        task = self._reports[key] = self._background.adopt(_guarded(reported()), OWNER)
        task.add_done_callback(lambda done: self._forget(key, done))

    def _forget(self, key: tuple[str, str], done: asyncio.Task[bool]) -> None:
        if self._reports.get(key) is done:
            del self._reports[key]

    async def _told(self, telling: Awaitable[None], key: tuple[str, str, str]) -> None:
        if not await _guarded(telling):
            self._known.pop(key, None)  # the next activity tells it again


async def _guarded(telling: Awaitable[None]) -> bool:
    """Whether it was told; nobody waits for this who could hear why not."""
    try:
        await telling
    except Exception as error:  # noqa: BLE001
        log.warning("whereabouts_not_kept", problem=f"{type(error).__name__}: {error}")
        return False
    return True
