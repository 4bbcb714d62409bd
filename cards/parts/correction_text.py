"""The names that were typed otherwise, beside the heading of an answer. Pure."""

from collections.abc import Sequence

from cards.elements import Element
from cards.parts.card_frame import note
from cards.parts.literal_text import literal
from cards.views.usage_views import CorrectionView
from cards.wording.locale_words import LocaleWords

NAMES = 6


def corrections_in_words(corrected: Sequence[CorrectionView], words: LocaleWords) -> list[str]:
    """Return a text for each name.

    "You wrote “TEST COMPNAY”. I read it as TEST COMPANY."
    """
    told = [
        words.say("usage.wrote", typed=literal(each.typed), taken=literal(each.taken)) for each in corrected[:NAMES]
    ]
    if (rest := len(corrected) - NAMES) > 0:
        told.append(words.say("usage.wrote.rest", count=rest))
    return told


def corrections(corrected: Sequence[CorrectionView], words: LocaleWords) -> list[Element]:
    """Draw the corrections, a line for each."""
    return [note(each, spacing="none") for each in corrections_in_words(corrected, words)]
