"""The JSON of an inbound activity as a typed value.

Pure; depends on msgspec, must not import botbuilder. Fields:
https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
msrest's `deserialize` takes 0.4 ms, and it drops or coerces unexpected values without an error. This takes microseconds
and refuses a field of the wrong type, unless the field decides nothing: `odd_fields` says which ones.
"""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec

from bot.teams.activity.odd_fields import without_odd_fields
from bot.teams.activity.private_buttons import Privacy, privacy_of
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.activity.unreadable_values import without_unreadable_values

LONGEST_ID = 1_024


class Account(msgspec.Struct, frozen=True, rename="camel"):
    """A person or bot in a channel.

    `aad_object_id` is the person's Entra object id. `is_targeted` is true of the recipient of a message that no other
    member of the conversation sees.
    """

    id: str | None = None
    name: str | None = None
    aad_object_id: str | None = None
    role: str | None = None
    is_targeted: bool | None = None


class ConversationAccount(msgspec.Struct, frozen=True, rename="camel"):
    """The conversation of an activity.

    In a channel `id` ends in `;messageid=` and a message id: the thread.
    """

    id: str | None = None
    conversation_type: str | None = None
    tenant_id: str | None = None
    is_group: bool | None = None
    name: str | None = None


class Tenant(msgspec.Struct, frozen=True):
    """An Entra tenant."""

    id: str | None = None


class NamedResource(msgspec.Struct, frozen=True):
    """A team or a channel."""

    id: str | None = None


class InstallationSettings(msgspec.Struct, frozen=True, rename="camel"):
    """What a person chose when they added the app."""

    selected_channel: NamedResource | None = None


class ChannelData(msgspec.Struct, frozen=True, rename="camel"):
    """The fields that Teams adds to an activity, as far as the bot uses them.

    In a conversationUpdate, `channel` is the channel that changed and `event_type` says how.
    """

    tenant: Tenant | None = None
    team: NamedResource | None = None
    channel: NamedResource | None = None
    event_type: str | None = None
    settings: InstallationSettings | None = None


class IncomingActivity(msgspec.Struct, frozen=True, rename="camel"):
    """An activity as it arrived.

    It must not be trusted before `admission.admit` has checked it.
    """

    type: str
    id: str | None = None
    channel_id: str | None = None
    service_url: str | None = None
    sender: Account | None = msgspec.field(default=None, name="from")
    recipient: Account | None = None
    conversation: ConversationAccount | None = None
    text: str | None = None
    locale: str | None = None
    local_timezone: str | None = None
    name: str | None = None
    action: str | None = None
    reply_to_id: Annotated[str, msgspec.Meta(max_length=LONGEST_ID)] | None = None
    value: Any = None
    entities: list[dict[str, Any]] | None = None
    attachments: Any = None
    timestamp: Any = None
    members_added: list[Account] | None = None
    members_removed: list[Account] | None = None
    channel_data: ChannelData | None = None

    @property
    def conversation_id(self) -> str:
        """The id of the conversation; "" if there is none."""
        return (self.conversation and self.conversation.id) or ""

    @property
    def is_personal(self) -> bool:
        """Whether this is a 1:1 chat.

        A conversation without a type counts as shared, because what is posted there may be seen by others.
        """
        return self.conversation is not None and self.conversation.conversation_type == "personal"

    @property
    def is_in_channel(self) -> bool:
        """Whether this is a channel of a team.

        An activity without a type of conversation is in one if it names a team and a channel.
        """
        kind = self.conversation and self.conversation.conversation_type
        return kind == "channel" if kind else bool(self.team_id and self.changed_channel_id)

    @property
    def is_private(self) -> bool:
        """Whether only the sender and the bot read this, although others are here.

        It is a slash command, or a button of an answer to one: Teams does not say where a pressed card is.
        https://learn.microsoft.com/en-us/microsoftteams/platform/agents-in-teams/agent-slash-commands
        """
        if self.is_personal:
            return False
        return bool(self.recipient and self.recipient.is_targeted) or privacy_of(self.value) is Privacy.ANSWERS

    @property
    def is_of_private_card(self) -> bool:
        """Whether it is the press of a button on a card that others here do not see."""
        return not self.is_personal and privacy_of(self.value) is not Privacy.NONE

    @property
    def asked_in_private(self) -> "IncomingActivity":
        """Return the activity as if it were private: its answer is for the sender alone."""
        bot = self.recipient
        targeted = bot and msgspec.structs.replace(bot, is_targeted=True)
        return msgspec.structs.replace(self, recipient=targeted)

    @property
    def asked_in_public(self) -> "IncomingActivity":
        """Return the activity as if it were public: everybody reads its answer."""
        bot = self.recipient and msgspec.structs.replace(self.recipient, is_targeted=None)
        return msgspec.structs.replace(self, recipient=bot, value=None)

    @property
    def team_id(self) -> str:
        """The id of the team; "" outside of teams."""
        return (self.channel_data and self.channel_data.team and self.channel_data.team.id) or ""

    @property
    def changed_channel_id(self) -> str:
        """The id of the channel that a conversationUpdate reports on; "" if none."""
        return (self.channel_data and self.channel_data.channel and self.channel_data.channel.id) or ""

    @property
    def selected_channel_id(self) -> str:
        """The id of the channel that a person chose for the app; "" if none."""
        settings = self.channel_data and self.channel_data.settings
        return (settings and settings.selected_channel and settings.selected_channel.id) or ""

    @property
    def event_type(self) -> str:
        """The change of a team or channel, such as "channelDeleted"; "" for others."""
        return (self.channel_data and self.channel_data.event_type) or ""

    @property
    def is_edit(self) -> bool:
        """Whether a person has edited a message.

        Teams sends it again, with the same id and the new text.
        https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages
        """
        return self.type == "messageUpdate" and self.event_type == "editMessage"

    @property
    def repetition_key(self) -> str:
        """The text by which a repetition of this activity is recognized.

        It is the same if Teams sends the activity again, and differs for each edit of one message.
        """
        edit = f"\n{self.timestamp}\n{self.text}" if self.is_edit else ""
        return f"{self.conversation_id}\n{self.id}\n{self.type}{edit}"

    @property
    def crosses_tenants(self) -> bool:
        """Whether the sender is of another tenant than the conversation.

        They are in a shared channel; anywhere else it is a contradiction.
        """
        return len(self.tenant_ids) > 1

    @property
    def tenant_ids(self) -> frozenset[str]:
        """The tenant ids that the activity names, in lower case.

        Teams names the tenant of the conversation and, in its own data, that of the sender. They differ only if a
        person writes in a shared channel of another organization.
        https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/shared-channels
        """
        named = (
            self.conversation and self.conversation.tenant_id,
            self.channel_data and self.channel_data.tenant and self.channel_data.tenant.id,
        )
        return frozenset(tenant.lower() for tenant in named if tenant)


_DECODER = msgspec.json.Decoder(IncomingActivity)


def decode(body: bytes, odd_field: Callable[[str], None] | None = None) -> IncomingActivity:
    """Return the activity in `body`.

    `odd_field` is called with the path of each field that decides nothing and had an unexpected value; it counts as
    absent. So does one that is nested too deeply, or has half of an emoji. Raises RequestRefusedError 400 when `body`
    is not a JSON object, or has another field of a wrong type.
    """
    try:
        return _readable(body, odd_field)
    except msgspec.ValidationError as error:
        raise RequestRefusedError(400, f"activity: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise RequestRefusedError(400, "the body is not JSON") from None
    except RecursionError:
        raise RequestRefusedError(400, "the body is nested too deeply") from None


def _readable(body: bytes, odd_field: Callable[[str], None] | None) -> IncomingActivity:
    try:
        return _decoded(body, odd_field)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _decoded(without_unreadable_values(body), odd_field)


def _decoded(body: bytes, odd_field: Callable[[str], None] | None) -> IncomingActivity:
    try:
        return _DECODER.decode(body)
    except msgspec.ValidationError:
        cleaned, odd = without_odd_fields(body, IncomingActivity)
    activity = _DECODER.decode(cleaned)
    if odd_field is not None:
        for path in sorted(odd):
            odd_field(path)
    return activity
