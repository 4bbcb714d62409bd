"""Views as what a message carries: the card as JSON bytes and its sentence. Knows cards, not botbuilder."""

from dataclasses import dataclass

import msgspec
from cachetools import LRUCache

from bot.teams.activity.outgoing_activity import OutgoingActivity, card_message, text_message
from cards.draw import draw, summary
from cards.views.answer_views import HelpView, View
from cards.wording.locale_words import LocaleWords

KEPT = 64


@dataclass(frozen=True, slots=True)
class RenderedCard:
    """`card` is the encoded Adaptive Card, spliced into the message as it stands; `summary` is for toasts."""

    card: msgspec.Raw
    summary: str

    def message(self) -> OutgoingActivity:
        """Return the message with the card."""
        return card_message(self.card, self.summary)

    def plain(self) -> OutgoingActivity:
        """Return the same message as text, for a card that the connector refuses."""
        return text_message(self.summary)


class CardRenderer:
    """Draws views. Help is the same for everybody, so it is drawn once per language; answers are never kept."""

    def __init__(self) -> None:
        self._words: LRUCache[str, LocaleWords] = LRUCache(KEPT)
        self._help: LRUCache[tuple[HelpView, str], RenderedCard] = LRUCache(KEPT)

    def words(self, locale: str) -> LocaleWords:
        """The words for a locale."""
        words = self._words.get(locale)
        if words is None:
            words = self._words[locale] = LocaleWords.load(locale)
        return words

    def draw(self, view: View, words: LocaleWords) -> RenderedCard:
        """The card of `view`."""
        if not isinstance(view, HelpView):
            return _draw(view, words)
        drawn = self._help.get((view, words.locale))
        if drawn is None:
            drawn = self._help[view, words.locale] = _draw(view, words)
        return drawn


def _draw(view: View, words: LocaleWords) -> RenderedCard:
    return RenderedCard(msgspec.Raw(msgspec.json.encode(draw(view, words))), summary(view, words))
