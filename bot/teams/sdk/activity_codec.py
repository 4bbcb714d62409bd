"""Between wire JSON and botbuilder's Activity, by attribute: msrest's serialiser takes a millisecond per turn."""

from typing import Any

import msgspec
from botbuilder.schema import Activity, ActivityTypes, Attachment, ChannelAccount, ConversationAccount

from bot.teams.activity.incoming_activity import Account, IncomingActivity
from bot.teams.turn.card_renderer import RenderedCard

CARD = "application/vnd.microsoft.card.adaptive"
# Entra's display names have 256 characters at most; a longer one would go out again with every answer.
LONGEST_NAME = 256


def inbound(incoming: IncomingActivity, locale: str) -> Activity:
    """The activity of a turn. `locale` is the one the bot will answer in: botbuilder copies it into replies."""
    conversation = incoming.conversation
    return Activity(
        type=incoming.type,
        id=incoming.id,
        channel_id=incoming.channel_id,
        service_url=incoming.service_url,
        from_property=_account(incoming.sender),
        recipient=_account(incoming.recipient),
        conversation=conversation
        and ConversationAccount(
            id=conversation.id,
            conversation_type=conversation.conversation_type,
            tenant_id=conversation.tenant_id,
            is_group=conversation.is_group,
        ),
        text=incoming.text,
        locale=locale,
        name=incoming.name,
        action=incoming.action,
        reply_to_id=incoming.reply_to_id,
        value=incoming.value,
        members_added=[_account(member) for member in incoming.members_added or ()] or None,
        members_removed=[_account(member) for member in incoming.members_removed or ()] or None,
    )


def message(drawn: RenderedCard) -> Activity:
    """A message with a card; `summary` is what a toast and a screen reader say."""
    attachment = Attachment(content_type=CARD, content=drawn.card)
    return Activity(type=ActivityTypes.message, summary=drawn.summary, attachments=[attachment])


def plain(drawn: RenderedCard) -> Activity:
    """The same message as text, for when the card is not accepted."""
    return Activity(type=ActivityTypes.message, text=drawn.summary)


def outbound(activity: Activity) -> bytes:
    """The JSON of an activity this room made."""
    wire: dict[str, Any] = {
        "type": activity.type,
        "from": _wire_account(activity.from_property),
        "recipient": _wire_account(activity.recipient),
        "conversation": _wire_conversation(activity.conversation),
        "replyToId": activity.reply_to_id,
        "locale": activity.locale,
        "summary": activity.summary,
        "text": activity.text,
        "attachments": [
            {"contentType": each.content_type, "content": each.content} for each in activity.attachments or ()
        ],
    }
    return msgspec.json.encode({name: value for name, value in wire.items() if value})


def _account(account: Account | None) -> ChannelAccount | None:
    if account is None:
        return None
    name = account.name and account.name[:LONGEST_NAME]
    return ChannelAccount(id=account.id, name=name, aad_object_id=account.aad_object_id)


def _wire_account(account: ChannelAccount | None) -> dict[str, str]:
    if account is None:
        return {}
    return {"id": account.id, "name": account.name} if account.name else {"id": account.id}


def _wire_conversation(conversation: ConversationAccount) -> dict[str, Any]:
    wire = {
        "id": conversation.id,
        "conversationType": conversation.conversation_type,
        "tenantId": conversation.tenant_id,
        "isGroup": conversation.is_group,
    }
    return {name: value for name, value in wire.items() if value is not None}
