"""The conversation somebody speaks in, as what the bot may come back to later. Pure."""

import msgspec

from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity
from cards.wording.locale_words import LocaleWords

KINDS = {"personal": ConversationKind.PERSONAL, "channel": ConversationKind.CHANNEL}


def conversation_of(incoming: IncomingActivity, caller: Caller, words: LocaleWords) -> Conversation:
    """The chat or channel of `incoming`, without the thread and the message; the speaker is part of its reference.

    What is neither a 1:1 chat nor a channel, or does not say, is a conversation of several.
    """
    root = root_id(incoming.conversation_id)
    conversation = incoming.conversation and msgspec.structs.replace(incoming.conversation, id=root, name=None)
    standing = msgspec.structs.replace(incoming, id=None, conversation=conversation)
    kind = KINDS.get((conversation and conversation.conversation_type) or "", ConversationKind.GROUP)
    reference = ConversationReference.of(standing, caller, words, "").pack()
    return Conversation(root, kind, reference, incoming.team_id if kind is ConversationKind.CHANNEL else "")


def root_id(conversation_id: str) -> str:
    """The conversation without the thread in it.

    https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
    """
    return conversation_id.partition(";messageid=")[0]
