"""The rendering of views: the card as JSON bytes, and its plain-text fallback.

Depends on cards, must not import botbuilder.
"""

from dataclasses import dataclass

import msgspec
import structlog
from cachetools import LRUCache

from bot.domain.conversation import Caller
from bot.errors import DeliveryError
from bot.teams.activity.outgoing_activity import OutgoingActivity, card_message, file_message, text_message
from bot.teams.activity.private_buttons import Privacy, keep_private
from bot.teams.turn.file_cards import consent_card, info_card
from bot.teams.turn.message_sender import MessageSender
from bot.usage.addressed_buttons import address, keep_language
from bot.usage.onward.ways_on import with_ways
from cards.answers.audience_card import post_here
from cards.draw import draw, plain_text, summary
from cards.views.answer_views import HelpView, UsageView, View
from cards.views.export_views import FileOfferView, FileSavedView
from cards.wording.locale_words import LocaleWords

log = structlog.get_logger(__name__)

KEPT = 64
_CARD_REFUSED = frozenset({400, 413})


@dataclass(frozen=True, slots=True)
class RenderedCard:
    """A rendered view.

    `card` is the encoded Adaptive Card, which is copied into the message unchanged. `summary` is the sentence for
    notifications.
    """

    view: View
    words: LocaleWords
    card: msgspec.Raw
    summary: str

    @property
    def text(self) -> str:
        """Return the message without the card.

        It is made when it is needed, because nearly no card is refused.
        """
        return plain_text(self.view, self.words)

    def message(self) -> OutgoingActivity:
        """Return the message with the card."""
        if isinstance(self.view, FileOfferView):
            return file_message(consent_card(self.view, self.summary), self.summary)
        if isinstance(self.view, FileSavedView) and self.view.url:
            return file_message(info_card(self.view), self.summary)
        return card_message(self.card, self.summary)

    def plain(self) -> OutgoingActivity:
        """Return the plain-text fallback, for a card that the connector refuses."""
        return text_message(self.text)

    async def send_to(self, sender: MessageSender) -> str | None:
        """Send the message and return its id.

        If the connector refuses the card, its plain-text fallback is sent. Raises DeliveryError.
        """
        try:
            return await sender.send(self.message())
        except DeliveryError as error:
            if error.status not in _CARD_REFUSED:
                raise
            log.warning("card_refused", status=error.status, view=type(self.view).__name__)
            return await sender.send(self.plain())

    async def replace(self, sender: MessageSender, message_id: str) -> None:
        """Put the message in the place of an earlier one.

        If the connector refuses the card, its plain-text fallback is put there. Raises DeliveryError.
        """
        try:
            await sender.replace(message_id, self.message())
        except DeliveryError as error:
            if error.status not in _CARD_REFUSED:
                raise
            log.warning("card_refused", status=error.status, view=type(self.view).__name__)
            await sender.replace(message_id, self.plain())


class CardRenderer:
    """Draws views.

    Help is the same for all callers, so the card of each topic is cached per language; answers never are. Help with a
    caller's own customers is drawn each time.
    """

    def __init__(self) -> None:
        self._words: LRUCache[str, LocaleWords] = LRUCache(KEPT)
        self._help: LRUCache[tuple[str | None, bool, str, Privacy], RenderedCard] = LRUCache(KEPT)

    def words(self, locale: str) -> LocaleWords:
        """Return the words for a locale."""
        words = self._words.get(locale)
        if words is None:
            words = self._words[locale] = LocaleWords.load(locale)
        return words

    def draw(
        self,
        view: View,
        words: LocaleWords,
        caller: Caller | None = None,
        privacy: Privacy = Privacy.NONE,
        *,
        passing: bool = False,
    ) -> RenderedCard:
        """Return the card of `view`.

        Its buttons are marked as those of `caller`, with who sees the card, and with its language if that is `passing`.
        """
        if not isinstance(view, HelpView) or view.own or passing:  # the buttons of help change nothing
            return _draw(view, words, caller, privacy, passing=passing)
        # Not by the view itself: to hash all of its examples takes longer than the rest of this.
        key = (view.topic, bool(view.tiles), words.locale, privacy)
        kept = self._help.get(key)
        if kept is None or kept.view != view:
            kept = self._help[key] = _draw(view, words, None, privacy)
        return kept


def _draw(
    view: View, words: LocaleWords, caller: Caller | None, privacy: Privacy, *, passing: bool = False
) -> RenderedCard:
    drawn = draw(with_ways(view), words)
    if caller is not None:
        address(drawn, caller)
    keep_private(drawn, privacy)
    if privacy is not Privacy.NONE and isinstance(view, UsageView):
        button = post_here(view.question, words)
        drawn["body"] += [] if button is None else [button]
    if passing:
        keep_language(drawn, words.language)
    card = msgspec.Raw(msgspec.json.encode(drawn))
    return RenderedCard(view, words, card, summary(view, words))
