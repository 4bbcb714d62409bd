"""What the simulated Bot Connector remembers: conversations, their activities, what was said. Knows no HTTP."""

import itertools
import time
from collections import deque
from typing import Any

from bot.simulator.connector.limits import Fault, RateLimits
from bot.simulator.connector.people import ADA, BEN, Conversation, Person, channel, group, personal
from bot.simulator.connector.refusal import RefusedError
from bot.simulator.connector.transcript import Posted, Transcript


class State:
    """One tenant's conversations as the connector of one bot sees them."""

    def __init__(self, bot_id: str, limits: RateLimits | None = None) -> None:
        self.bot_id = bot_id
        self.limits = limits
        self.transcript = Transcript()
        self.faults: deque[Fault] = deque()
        self.connections: set[tuple[str, int]] = set()
        self.requests = 0
        self.tokens_issued = 0
        self._conversations: dict[str, Conversation] = {}
        self._activities: dict[tuple[str, str], dict[str, Any]] = {}
        self._numbers = itertools.count(int(time.time() * 1000))
        for conversation in (personal(ADA), personal(BEN), group(ADA, BEN), channel("Licenses", ADA, BEN)):
            self.join(conversation)

    def join(self, conversation: Conversation) -> None:
        """The bot is in `conversation` from now on."""
        self._conversations[conversation.id] = conversation

    def leave(self, conversation: Conversation) -> None:
        """The bot is removed: what it sends there is refused."""
        self._conversations.pop(conversation.id, None)

    def conversation(self, conversation_id: str) -> Conversation:
        """By id, a channel's thread included; RefusedError 404."""
        found = self._conversations.get(conversation_id)
        if found is None:
            base, separator, message_id = conversation_id.partition(";messageid=")
            parent = self._conversations.get(base)
            if not separator or not message_id or parent is None or parent.scope != "channel":
                raise RefusedError(404, "ConversationNotFound", "Conversation not found.")
            found = parent.thread(message_id)
        return found

    def person(self, account_id: str) -> Person:
        """Somebody in any conversation, by channel account id; RefusedError 403."""
        for conversation in self._conversations.values():
            for member in conversation.members:
                if account_id in (member.id, member.object_id):
                    return member
        raise RefusedError(403, "BotNotInConversationRoster", "The bot is not installed for this user.")

    def new_id(self) -> str:
        """An activity id: milliseconds, as Teams has them, never twice the same."""
        return str(next(self._numbers))

    async def send(self, conversation_id: str, activity: dict[str, Any], reply_to: str | None = None) -> str:
        """The id of the new activity. Typing is shown and forgotten."""
        self.conversation(conversation_id)
        activity_id = self.new_id()
        if activity.get("type") == "message":
            self._activities[conversation_id, activity_id] = activity
        await self.transcript.add(Posted("sent", conversation_id, activity_id, activity, reply_to))
        return activity_id

    async def update(self, conversation_id: str, activity_id: str, activity: dict[str, Any]) -> None:
        """Replace a message of the bot's; RefusedError 404."""
        self._known(conversation_id, activity_id)
        self._activities[conversation_id, activity_id] = activity
        await self.transcript.add(Posted("updated", conversation_id, activity_id, activity))

    async def delete(self, conversation_id: str, activity_id: str) -> None:
        """Take a message of the bot's away; RefusedError 404."""
        self._known(conversation_id, activity_id)
        del self._activities[conversation_id, activity_id]
        await self.transcript.add(Posted("deleted", conversation_id, activity_id, {}))

    def shown(self, conversation_id: str) -> list[dict[str, Any]]:
        """The bot's messages that stand in a conversation now, oldest first."""
        return [activity for (where, _), activity in self._activities.items() if where == conversation_id]

    def _known(self, conversation_id: str, activity_id: str) -> None:
        self.conversation(conversation_id)
        if (conversation_id, activity_id) not in self._activities:
            raise RefusedError(404, "ActivityNotFoundInConversation", "The activity was not found.")

    def open_personal(self, account_id: str, tenant_id: str) -> Conversation:
        """The 1:1 chat with somebody, made where it is missing; RefusedError 400 or 403."""
        person = self.person(account_id)
        if tenant_id != person.tenant_id:
            raise RefusedError(400, "BadArgument", "The tenant is not the member's.")
        conversation = personal(person)
        self.join(conversation)
        return conversation
