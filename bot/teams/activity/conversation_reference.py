"""Where a waiting question was asked, so that its answer finds the way back after a restart. Pure."""

import msgspec

from bot.domain.conversation import Caller
from bot.teams.activity.incoming_activity import IncomingActivity
from cards.wording.locale_words import LocaleWords


class ConversationReference(msgspec.Struct, frozen=True):
    """`asked` is the activity without what was said; `private` is the id of the 1:1 chat the sign-in card went to."""

    asked: IncomingActivity
    private: str = ""

    @classmethod
    def of(
        cls, incoming: IncomingActivity, caller: Caller, words: LocaleWords, private: str
    ) -> "ConversationReference":
        """The place of `incoming`; language and time zone are the ones that were found then."""
        asked = IncomingActivity(
            type="message",
            id=incoming.id,
            channel_id=incoming.channel_id,
            service_url=incoming.service_url,
            sender=incoming.sender,
            recipient=incoming.recipient,
            conversation=incoming.conversation,
            channel_data=incoming.channel_data,
            locale=words.locale,
            local_timezone=caller.time_zone,
        )
        return cls(asked, private)

    def pack(self) -> str:
        """As text, for the store."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def unpack(cls, text: str) -> "ConversationReference | None":
        """What `pack` made; None for anything else, such as what an older release kept."""
        try:
            return msgspec.json.decode(text, type=cls)
        except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
            return None

    def in_private(self) -> IncomingActivity | None:
        """The same person in the 1:1 chat; None where there is none."""
        conversation = self.asked.conversation
        if self.asked.is_personal:
            return self.asked
        if not self.private or conversation is None:
            return None
        chat = msgspec.structs.replace(
            conversation, id=self.private, conversation_type="personal", is_group=None, name=None
        )
        return msgspec.structs.replace(self.asked, id=None, conversation=chat)
