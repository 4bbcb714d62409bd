"""The conversation of an activity, to which the bot may post later. Pure."""

import msgspec

from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity
from cards.wording.locale_words import LocaleWords


def conversation_of(incoming: IncomingActivity, caller: Caller, words: LocaleWords) -> Conversation:
    """Return the chat or channel of `incoming`, without the thread and the message.

    The caller is part of its conversation reference. A conversation that is neither a 1:1 chat nor a channel counts as
    a group chat.
    """
    root = root_id(incoming.conversation_id)
    conversation = incoming.conversation and msgspec.structs.replace(incoming.conversation, id=root, name=None)
    in_root = msgspec.structs.replace(incoming, id=None, conversation=conversation)
    kind = ConversationKind.CHANNEL if incoming.is_in_channel else ConversationKind.GROUP
    kind = ConversationKind.PERSONAL if incoming.is_personal else kind
    reference = ConversationReference.of(in_root, caller, words, "").pack()
    return Conversation(root, kind, reference, incoming.team_id if kind is ConversationKind.CHANNEL else "")


def root_id(conversation_id: str) -> str:
    """Return the id of the conversation without the thread in it.

    https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
    """
    return conversation_id.partition(";messageid=")[0]
