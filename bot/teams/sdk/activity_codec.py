"""The conversion between our activities and botbuilder's.

It copies each attribute, because msrest's serializer takes 1 ms per turn.
"""

from botbuilder.schema import Activity, Attachment, ChannelAccount, ConversationAccount, InvokeResponse

from bot.teams.activity.http_reply import Reply
from bot.teams.activity.incoming_activity import Account, IncomingActivity
from bot.teams.activity.outgoing_activity import Attachment as OutgoingAttachment
from bot.teams.activity.outgoing_activity import Destination, OutgoingActivity, Participant

# Entra's display names have at most 256 characters. A longer name would be sent again with every answer.
LONGEST_NAME = 256


def inbound(incoming: IncomingActivity, locale: str) -> Activity:
    """Return the activity of a turn as botbuilder's.

    `locale` is the language of the answer: botbuilder copies it into replies.
    """
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


def to_sdk(activity: OutgoingActivity) -> Activity:
    """Return `activity` as botbuilder's.

    It is not addressed yet: botbuilder addresses it as a reply in the context of the turn.
    """
    attachments = [
        Attachment(
            content_type=each.content_type,
            content=each.content,
            name=each.name or None,
            content_url=each.content_url or None,
        )
        for each in activity.attachments
    ]
    return Activity(
        type=activity.type,
        summary=activity.summary or None,
        text=activity.text or None,
        attachments=attachments or None,
    )


def from_sdk(activity: Activity) -> OutgoingActivity:
    """Return an activity that botbuilder has addressed, as the value that is encoded."""
    return OutgoingActivity(
        activity.type,
        _participant(activity.from_property),
        _participant(activity.recipient),
        _destination(activity.conversation),
        activity.reply_to_id,
        activity.locale,
        activity.summary or "",
        activity.text or "",
        attachments=tuple(
            OutgoingAttachment(each.content_type, each.content, each.name or "", each.content_url or "")
            for each in activity.attachments or ()
        ),
    )


def invoke_response(reply: Reply) -> InvokeResponse:
    """Return `reply` as botbuilder's invoke response. The body is encoded already."""
    return InvokeResponse(status=reply.status, body=reply.body)


def reply_of(response: InvokeResponse) -> Reply:
    """Return the reply in `response`."""
    return Reply(int(response.status), response.body)


def _account(account: Account | None) -> ChannelAccount | None:
    if account is None:
        return None
    name = account.name and account.name[:LONGEST_NAME]
    return ChannelAccount(id=account.id, name=name, aad_object_id=account.aad_object_id)


def _participant(account: ChannelAccount | None) -> Participant | None:
    return Participant(account.id, account.name or "") if account is not None and account.id else None


def _destination(conversation: ConversationAccount | None) -> Destination | None:
    if conversation is None:
        return None
    return Destination(conversation.id, conversation.conversation_type, conversation.tenant_id, conversation.is_group)
