"""A conversation reference: the conversation that the bot posts to later. Pure."""

import msgspec

from bot.domain.conversation import Caller
from bot.teams.activity.incoming_activity import Account, IncomingActivity
from cards.wording.locale_words import LocaleWords


class ConversationReference(msgspec.Struct, frozen=True):
    """A conversation and a caller, stored so that an answer can follow a restart.

    `asked` is the activity without its text. `private` is the id of the 1:1 chat to which the sign-in card was sent.
    `passing` is the language of what was asked, if that decides the one of the answer; `asked` has the person's own.
    """

    asked: IncomingActivity
    private: str = ""
    passing: str = ""

    @classmethod
    def of(
        cls, incoming: IncomingActivity, caller: Caller, words: LocaleWords, private: str
    ) -> "ConversationReference":
        """Return the reference of `incoming`.

        Its language and time zone are the ones that were found for `incoming`.
        """
        asked = IncomingActivity(
            type="message",
            id=incoming.id,
            channel_id=incoming.channel_id,
            service_url=incoming.service_url,
            sender=incoming.sender,
            recipient=_recipient(incoming),
            conversation=incoming.conversation,
            channel_data=incoming.channel_data,
            locale=caller.client or words.locale,
            local_timezone=caller.time_zone,
        )
        return cls(asked, private, words.language if caller.client else "")

    def pack(self) -> str:
        """Return the reference as text, for the store."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def unpack(cls, text: str) -> "ConversationReference | None":
        """Return the reference that `pack` encoded.

        None for any other text, such as one of an older release.
        """
        try:
            return msgspec.json.decode(text, type=cls)
        except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
            return None

    @classmethod
    def account_of(cls, text: str) -> str:
        """Return the id in the channel of the person of a stored reference; "" if unknown."""
        place = cls.unpack(text)
        return "" if place is None else place.person_id

    @property
    def person_id(self) -> str:
        """Return the caller's id in the channel; "" if there is none."""
        return (self.asked.sender and self.asked.sender.id) or ""

    def in_private(self) -> IncomingActivity | None:
        """Return an activity of the same person in the 1:1 chat.

        None if there is no such chat.
        """
        conversation = self.asked.conversation
        if self.asked.is_personal:
            return self.asked
        if not self.private or conversation is None:
            return None
        chat = msgspec.structs.replace(
            conversation, id=self.private, conversation_type="personal", is_group=None, name=None
        )
        return msgspec.structs.replace(self.asked, id=None, conversation=chat)


def _recipient(incoming: IncomingActivity) -> Account | None:
    """Return the bot; it says whether the answer is private, because the value of a button is not stored."""
    bot = incoming.recipient
    return msgspec.structs.replace(bot, is_targeted=True) if bot is not None and incoming.is_private else bot
