"""The caller, and the conversation in which the caller asks.

Pure: no I/O, no clock, no SDK.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Caller:
    """The person who asks.

    Tokens, caches and answers are kept per `key`, never per conversation. They are answered in `locale`. `client` is
    the locale of their Teams if this is not that of their Teams because of the sentence alone. `place` is the channel
    or group chat in which others read the answer, "" if the person alone reads it. `posts`: the answer is the content
    of a digest.
    """

    tenant_id: str
    object_id: str
    name: str = ""
    locale: str = "en-US"
    time_zone: str | None = None
    client: str = ""
    place: str = ""
    posts: bool = False

    @property
    def own_locale(self) -> str:
        """The locale that they chose, or that of their Teams."""
        return self.client or self.locale

    @property
    def key(self) -> tuple[str, str]:
        """Return (tenant id, object id) in lower case: GUIDs arrive in both cases."""
        return self.tenant_id.lower(), self.object_id.lower()

    @property
    def record_key(self) -> str:
        """Return the key as text: that of a record of which each person has one."""
        return "|".join(self.key)


class ConversationKind(StrEnum):
    """The kind of a conversation, in the words of Teams."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Conversation:
    """The conversation that the caller writes in.

    The bot can post a digest to it later. `conversation_id` is the id of the chat or channel, without the thread.
    `reference` is what bot.teams needs to post to the conversation again and to reach the caller in private; it is
    opaque to all other packages. `team_id` is "" outside channels.
    """

    conversation_id: str
    kind: ConversationKind
    reference: str
    team_id: str = ""
