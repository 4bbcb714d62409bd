"""An activity that the bot sends, as a typed value with its JSON.

Pure; does not depend on botbuilder. Fields:
https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
msrest's `serialize` takes 0.6 ms a message; msgspec encodes this in microseconds and copies a rendered card as it is.
"""

from typing import Any

import msgspec

from bot.teams.activity.incoming_activity import Account, ConversationAccount, IncomingActivity
from cards.parts.inert_text import inert

ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive"
# https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
FILE_CONSENT_CARD = "application/vnd.microsoft.teams.card.file.consent"
FILE_INFO_CARD = "application/vnd.microsoft.teams.card.file.info"
OAUTH_CARD = "application/vnd.microsoft.card.oauth"

# `gc=False`: nothing in these objects refers back to them, and a turn is faster if the garbage collector visits fewer.


class Participant(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True, gc=False):
    """The bot or a person, as far as the connector needs it.

    If a recipient `is_targeted`, no other member sees the message.
    """

    id: str
    name: str = ""
    is_targeted: bool = False

    @classmethod
    def of(cls, account: Account | None) -> "Participant | None":
        """Return id and name of `account`; None if it has no id."""
        return cls(account.id, account.name or "") if account is not None and account.id else None


class Destination(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True, gc=False):
    """The conversation that an activity is sent to."""

    id: str
    conversation_type: str | None = None
    tenant_id: str | None = None
    is_group: bool | None = None

    @classmethod
    def of(cls, conversation: ConversationAccount | None) -> "Destination | None":
        """Return `conversation` without its name; None if it has no id."""
        if conversation is None or not conversation.id:
            return None
        return cls(conversation.id, conversation.conversation_type, conversation.tenant_id, conversation.is_group)


class Attachment(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True, gc=False):
    """A card. `content` is a JSON object, or a `msgspec.Raw` that is encoded already.

    Cards about files have a `name`, and one about a file that exists its `content_url`.
    """

    content_type: str
    content: Any
    name: str = ""
    content_url: str = ""


class OutgoingActivity(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True, gc=False):
    """An activity to be sent.

    Without sender, recipient and conversation it is not addressed yet.
    """

    type: str
    sender: Participant | None = msgspec.field(default=None, name="from")
    recipient: Participant | None = None
    conversation: Destination | None = None
    reply_to_id: str | None = None
    locale: str | None = None
    summary: str = ""
    text: str = ""
    text_format: str = ""
    attachments: tuple[Attachment, ...] = ()

    @property
    def as_private(self) -> "OutgoingActivity":
        """Return the activity for its recipient alone."""
        if self.recipient is None:
            return self
        return msgspec.structs.replace(self, recipient=msgspec.structs.replace(self.recipient, is_targeted=True))

    @property
    def is_private(self) -> bool:
        """Whether only its recipient sees it."""
        return self.recipient is not None and self.recipient.is_targeted

    def as_reply_to(self, incoming: IncomingActivity) -> "OutgoingActivity":
        """Return the activity addressed to the sender of `incoming` in its conversation."""
        return msgspec.structs.replace(
            self,
            sender=Participant.of(incoming.recipient),
            recipient=Participant.of(incoming.sender),
            conversation=Destination.of(incoming.conversation),
            reply_to_id=incoming.id,
        )

    def encode(self) -> bytes:
        """Return the JSON that the Bot Connector takes.

        Fields without a value are left out. Every text of a message passes here: Teams reads Markdown in one that is
        not said to be plain, and makes links of addresses in any.
        """
        text_format = "plain" if self.text else ""
        return _ENCODER.encode(
            msgspec.structs.replace(self, summary=inert(self.summary), text=inert(self.text), text_format=text_format)
        )


_ENCODER = msgspec.json.Encoder()


def card_message(card: Any, summary: str) -> OutgoingActivity:
    """Return a message with an Adaptive Card.

    `summary` is what a toast and a screen reader say.
    """
    return OutgoingActivity("message", summary=summary, attachments=(Attachment(ADAPTIVE_CARD, card),))


def text_message(text: str) -> OutgoingActivity:
    """Return a message without a card."""
    return OutgoingActivity("message", text=text)


def typing() -> OutgoingActivity:
    """Return three dots, which Teams shows until the next message."""
    return OutgoingActivity("typing")


def oauth_message(content: dict[str, Any], summary: str) -> OutgoingActivity:
    """Return a message with a sign-in card, which Teams draws from `content`."""
    content = content | {"text": inert(str(content["text"]))}
    return OutgoingActivity("message", summary=summary, attachments=(Attachment(OAUTH_CARD, content),))


def file_message(card: Attachment, summary: str) -> OutgoingActivity:
    """Return a message with a card about a file, which Teams draws."""
    return OutgoingActivity("message", summary=summary, attachments=(card,))


def without_card(encoded: bytes) -> bytes | None:
    """Return an encoded message with its summary instead of its card.

    None if it has no card.
    """
    activity = msgspec.json.decode(encoded)
    attachments, summary = activity.pop("attachments", None), activity.get("summary")
    plain = {**activity, "text": summary, "textFormat": "plain"}
    return msgspec.json.encode(plain) if attachments and summary else None
