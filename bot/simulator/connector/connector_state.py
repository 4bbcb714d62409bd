"""The state of the simulated Bot Connector: conversations and their activities.

No HTTP.
"""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Literal

from bot.simulator.connector.blocked_conversations import (
    AfterRemoval,
    Blockage,
    Condition,
    activity_not_found,
    removed,
)
from bot.simulator.connector.connector_refusal import ConnectorRefusedError
from bot.simulator.connector.conversations.posted_messages import PostedMessages
from bot.simulator.connector.conversations.targeted_sends import TargetedRefusal, refused
from bot.simulator.connector.rate_limits import OrderedFailure, RateLimits
from bot.simulator.connector.teams_people import ADA, BEN, Person, SimulatedConversation, channel, group, personal
from bot.simulator.connector.transcript import Posted, Transcript


class ConnectorState:
    """The conversations of one bot, as the connector has them.

    `sleep` waits for the seconds of a delay; `clock` returns seconds.
    """

    def __init__(
        self,
        bot_id: str,
        limits: RateLimits | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.bot_id = bot_id
        self.sleep = sleep
        self.limits = limits
        self.transcript = Transcript()
        self.faults: deque[OrderedFailure] = deque()
        self.roster_faults: deque[OrderedFailure] = deque()
        self.connections: set[tuple[str, int]] = set()
        self.requests = 0
        self.tokens_issued = 0
        self._conversations: dict[str, SimulatedConversation] = {}
        self._conditions: dict[str, Condition] = {}
        self._left: dict[str, AfterRemoval] = {}
        self._untargeted: dict[str, TargetedRefusal] = {}
        self.messages = PostedMessages(clock)
        self._moved: dict[str, str] = {}
        self._deleted: set[tuple[str, str]] = set()
        self._numbers = itertools.count(int(time.time() * 1000))
        for conversation in (personal(ADA), personal(BEN), group(ADA, BEN), channel("Licenses", ADA, BEN)):
            self.join(conversation)

    def join(self, conversation: SimulatedConversation) -> None:
        """Add the bot to `conversation`."""
        self._conversations[conversation.id] = conversation
        self._left.pop(conversation.id, None)

    def leave(self, conversation: SimulatedConversation, answer: AfterRemoval = AfterRemoval.NOT_IN_ROSTER) -> None:
        """Remove the bot: what it sends to `conversation` is answered with `answer`."""
        if self._conversations.pop(conversation.id, None) is not None:
            self._left[conversation.id] = answer

    def joined(self) -> list[SimulatedConversation]:
        """Return the conversations that the bot is in."""
        return list(self._conversations.values())

    def swallows(self, conversation_id: str) -> bool:
        """Return True if the bot was removed there and Teams accepts what it sends."""
        return self._left.get(_root(conversation_id)) is AfterRemoval.TAKEN

    def remove_member(self, person: Person, conversation_id: str) -> None:
        """Take a person out of a conversation, or out of all channels of a team."""
        for each in tuple(self._conversations.values()):
            if conversation_id in (each.id, each.team_id):
                self.join(each.without(person))

    def conversation(self, conversation_id: str) -> SimulatedConversation:
        """Return a conversation by id, also a channel's thread or a team.

        Raises ConnectorRefusedError 404, and 403 if the bot was removed from it.
        """
        if (answer := self._left.get(_root(conversation_id))) is not None:
            raise removed(answer)
        found = self._conversations.get(conversation_id)
        if found is not None:
            return found
        base, separator, message_id = conversation_id.partition(";messageid=")
        parent = self._conversations.get(base) if separator and message_id else self._team(conversation_id)
        if parent is None or parent.scope != "channel":
            raise ConnectorRefusedError(404, "ConversationNotFound", "Conversation not found.")
        return parent.thread(message_id) if separator else parent

    def _team(self, team_id: str) -> SimulatedConversation | None:
        """Return a team, whose id is that of its first channel."""
        for each in self._conversations.values():
            if each.team_id == team_id:
                return replace(each, id=team_id, channel_id=team_id)
        return None

    def trouble(self, conversation: SimulatedConversation | str, trouble: Blockage, seconds: float = 1.0) -> None:
        """Let posting to a conversation and all its threads fail from now on.

        See `Condition`.
        """
        self._conditions[_root(conversation)] = Condition(trouble, seconds)

    def heal(self, conversation: SimulatedConversation | str) -> None:
        """Let posting to a conversation succeed again."""
        self._conditions.pop(_root(conversation), None)

    def take_no_targeted(self, conversation: SimulatedConversation, reason: TargetedRefusal) -> None:
        """Let this conversation refuse messages for one person from now on."""
        self._untargeted[_root(conversation)] = reason

    def check_targeted(self, conversation_id: str) -> None:
        """Raise ConnectorRefusedError where messages for one person are refused."""
        if (reason := self._untargeted.get(_root(conversation_id))) is not None:
            raise refused(reason)

    def condition(self, conversation_id: str) -> Condition | None:
        """Return the state of a conversation; None if posting to it succeeds."""
        return self._conditions.get(_root(conversation_id))

    def move_chat(self, person: Person, conversation_id: str) -> None:
        """Give the 1:1 chat with a person another id."""
        self._moved[person.id] = conversation_id

    def person(self, account_id: str) -> Person:
        """Return a member of any conversation, by channel account id or object id.

        Raises ConnectorRefusedError 403.
        """
        for conversation in self._conversations.values():
            for member in conversation.members:
                if account_id in (member.id, member.object_id):
                    return member
        raise ConnectorRefusedError(403, "BotNotInConversationRoster", "The bot is not installed for this user.")

    def new_id(self) -> str:
        """Return an activity id: milliseconds, as Teams uses, and never the same twice."""
        return str(next(self._numbers))

    async def send(
        self,
        conversation_id: str,
        activity: dict[str, Any],
        reply_to: str | None = None,
        *,
        reader: str | None = None,
        activity_id: str | None = None,
    ) -> str:
        """Store a new activity and return its id. Typing is shown but not stored.

        With `reader`, an account id, only that person sees it.

        Raises ConnectorRefusedError 404, also for a reply to a message that a person has deleted.
        """
        self.conversation(conversation_id)
        if reply_to is not None and (_root(conversation_id), reply_to) in self._deleted:
            raise activity_not_found()
        activity_id = activity_id or self.new_id()
        if activity.get("type") == "message":
            self.messages.add(conversation_id, activity_id, activity, reader)
        await self.transcript.add(Posted("sent", conversation_id, activity_id, activity, reply_to, reader))
        return activity_id

    def deleted_by_person(self, conversation_id: str, activity_id: str) -> None:
        """Delete a message of a person: replies to it are refused until it is undeleted."""
        self._deleted.add((_root(conversation_id), activity_id))

    def undeleted_by_person(self, conversation_id: str, activity_id: str) -> None:
        """Undo `deleted_by_person`."""
        self._deleted.discard((_root(conversation_id), activity_id))

    async def update(
        self, conversation_id: str, activity_id: str, activity: dict[str, Any], *, targeted: bool = False
    ) -> None:
        """Replace a message of the bot. Raises ConnectorRefusedError 404."""
        self.conversation(conversation_id)
        reader = self.messages.replace(conversation_id, activity_id, activity, targeted=targeted)
        await self.transcript.add(Posted("updated", conversation_id, activity_id, activity, None, reader))

    async def delete(self, conversation_id: str, activity_id: str, *, targeted: bool = False) -> None:
        """Delete a message of the bot. Raises ConnectorRefusedError 404."""
        self.conversation(conversation_id)
        reader = self.messages.remove(conversation_id, activity_id, targeted=targeted)
        await self.transcript.add(Posted("deleted", conversation_id, activity_id, {}, None, reader))

    async def react(self, conversation_id: str, activity_id: str, reaction: str, *, added: bool) -> None:
        """Add or take away a reaction of the bot."""
        self.conversation(conversation_id)
        kind: Literal["reacted", "unreacted"] = "reacted" if added else "unreacted"
        await self.transcript.add(Posted(kind, conversation_id, activity_id, {"reaction": reaction}))

    def shown(self, conversation_id: str, to: Person | None = None) -> list[dict[str, Any]]:
        """Return the bot's messages that a conversation shows now, oldest first.

        Those that every member sees, or those that this person sees.
        """
        return self.messages.shown(conversation_id, to.id if to is not None else None)

    def open_personal(self, account_id: str, tenant_id: str) -> SimulatedConversation:
        """Return the 1:1 chat with a person; it is created if it does not exist.

        Raises ConnectorRefusedError 400 or 403.
        """
        if not account_id.startswith("29:"):
            raise ConnectorRefusedError(400, "BadArgument", "The member is not named by the id of an account.")
        person = self.person(account_id)
        if tenant_id != person.tenant_id:
            raise ConnectorRefusedError(400, "BadArgument", "The tenant is not the member's.")
        conversation = replace(personal(person), id=self._moved.get(person.id, personal(person).id))
        if (answer := self._left.get(conversation.id)) is not None:
            raise removed(answer)
        self.join(conversation)
        return conversation


def _root(conversation: SimulatedConversation | str) -> str:
    conversation_id = conversation if isinstance(conversation, str) else conversation.id
    return conversation_id.partition(";messageid=")[0]
