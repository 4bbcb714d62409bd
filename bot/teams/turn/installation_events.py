"""Installation events: where the bot may post, as Teams reports it in activities.

They are passed to the listeners; this module must not import the store.

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
from bot.teams.running.background_turns import BackgroundTurns
from bot.teams.turn.listeners import Listeners
from bot.teams.turn.turn import Turn

log = structlog.get_logger(__name__)

Report = Callable[[str, str], Awaitable[None]]

OWNER = "installation events"  # the owner of the turns that these reports take
# Teams sends each event only once, so a report that fails is repeated: after 1, 5 and 20 seconds.
AGAIN = Backoff(first=1.0, longest=20.0, attempts=4, factor=5.0)
REMEMBERED = 10_000
CHANNEL_GONE, CHANNEL_BACK = "channelDeleted", "channelRestored"
# An archived team takes no messages: https://support.microsoft.com/office/dc161cfd-b328-440f-974b-5da5bd98b5a7
TEAM_GONE = frozenset({"teamDeleted", "teamHardDeleted", "teamArchived"})
TEAM_BACK = frozenset({"teamRestored", "teamUnarchived"})
MEMBER_LEFT_TEAM, MEMBER_LEFT_CHANNEL = "teamMemberRemoved", "channelMemberRemoved"


class InstallationEvents:
    """Passes events to the listeners.

    It remembers the service URL of recent conversations, so that only changes are passed on.
    """

    def __init__(self, listeners: Listeners, background: BackgroundTurns, backoff: Backoff = AGAIN) -> None:
        self._listeners = listeners
        self._background = background
        self._backoff = backoff
        self._known: LRUCache[tuple[str, str, str], str] = LRUCache(REMEMBERED)
        self._reports: dict[tuple[str, str], asyncio.Task[bool]] = {}

    def seen(self, turn: Turn) -> None:
        """Handle an activity of a person: the service URL may have changed."""
        conversations, caller, incoming = self._listeners.conversations, turn.caller, turn.incoming
        if conversations is None or caller is None:
            return
        key = (*caller.key, root_id(incoming.conversation_id))
        if self._known.get(key) == incoming.service_url:
            return
        self._known[key] = incoming.service_url or ""
        call = conversations.seen(caller, conversation_of(incoming, caller, turn.words))
        self._background.follow_up(self._remember(call, key), OWNER)

    def added(self, incoming: IncomingActivity) -> None:
        """Report that the app was added to the conversation, or to its team."""
        self._back(incoming, incoming.team_id or root_id(incoming.conversation_id))

    def removed(self, incoming: IncomingActivity) -> None:
        """Report that the app was removed from the conversation, or from its team."""
        self._gone(incoming, incoming.team_id or root_id(incoming.conversation_id))

    def left(self, incoming: IncomingActivity) -> None:
        """Report that the bot was removed from this conversation only.

        It may be a private channel whose team still has the bot. A removal from the whole team is reported in the first
        channel, whose id is that of the team.
        """
        self._gone(incoming, root_id(incoming.conversation_id))

    def people_left(self, incoming: IncomingActivity) -> None:
        """Report who left this conversation or its team, except the bot."""
        listener, people = self._listeners.installations, _people(incoming)
        if listener is None or not people:
            return
        place = root_id(incoming.conversation_id)
        if incoming.event_type == MEMBER_LEFT_TEAM:
            place = incoming.team_id or place
        elif incoming.event_type == MEMBER_LEFT_CHANNEL:
            place = incoming.changed_channel_id or place
        self._report(lambda tenant_id, where: listener.left(tenant_id, where, people), incoming, place)

    def updated(self, incoming: IncomingActivity) -> None:
        """Report a change of a channel or team, if it decides whether the bot can post."""
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
        """Report an event after the earlier ones of that conversation.

        The order matters: if the app was removed and added right after, it is installed.
        """
        tenant_id = next(iter(incoming.tenant_ids), "")
        if not tenant_id:
            return
        key = tenant_id, conversation_id
        before = self._reports.get(key)

        async def reported() -> None:
            if before is not None:
                await asyncio.wait({before})
            await self._backoff.retry(lambda: report(tenant_id, conversation_id), StoreError)

        task = self._reports[key] = self._background.follow_up(_guarded(reported()), OWNER)
        task.add_done_callback(lambda done: self._forget(key, done))

    def _forget(self, key: tuple[str, str], done: asyncio.Task[bool]) -> None:
        if self._reports.get(key) is done:
            del self._reports[key]

    async def _remember(self, call: Awaitable[None], key: tuple[str, str, str]) -> None:
        if not await _guarded(call):
            self._known.pop(key, None)  # the next activity reports it again


def _people(incoming: IncomingActivity) -> frozenset[str]:
    """Return the ids of the removed members except the bot. Ids of Entra are in lower case."""
    bot_id = incoming.recipient and incoming.recipient.id
    people = [each for each in incoming.members_removed or () if each.id != bot_id]
    ids = [name for each in people for name in (each.id, (each.aad_object_id or "").lower())]
    return frozenset(name for name in ids if name)


async def _guarded(call: Awaitable[None]) -> bool:
    """Return True if the listener succeeded. Failures are logged only: no caller awaits this task."""
    try:
        await call
    except Exception as error:  # noqa: BLE001
        log.warning("installation_event_not_stored", problem=f"{type(error).__name__}: {error}")
        return False
    return True
