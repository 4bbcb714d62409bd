"""Who asks, and in which conversation. Pure: no I/O, no clock, no SDK."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Caller:
    """The person who asks. Tokens, caches and answers belong to `key`, never to a conversation."""

    tenant_id: str
    object_id: str
    name: str = ""
    locale: str = "en-US"
    time_zone: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """(tenant id, object id), lower case: GUIDs arrive in both cases."""
        return self.tenant_id.lower(), self.object_id.lower()


class ConversationKind(StrEnum):
    """Where something is said, as Teams calls it."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Conversation:
    """The conversation somebody speaks in, so that a digest can be posted there later.

    `conversation_id` is that of the chat or channel, without the thread. `reference` is what bot.teams needs to find
    the way back and to reach the speaker in private; opaque to everybody else. `team_id` is "" outside channels.
    """

    conversation_id: str
    kind: ConversationKind
    reference: str
    team_id: str = ""
