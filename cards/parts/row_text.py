"""What a reader has to know about a single row of figures. Pure."""

from datetime import date

from cards.elements import TextRun
from cards.parts.card_frame import small
from cards.parts.day_text import own_day
from cards.views.usage_views import UsageItem
from cards.wording.locale_words import LocaleWords


def own_remarks(item: UsageItem, words: LocaleWords, newest: date | None) -> list[TextRun]:
    """Return lines below the figures of a row.

    They say which of its rows have no figures, and its days if they are not `newest`, the day of the heading.
    """
    unknown = unknown_in_words(item, words)
    return [*([small("\n" + unknown)] if unknown else []), *own_day(item, words, newest)]


def unknown_in_words(item: UsageItem, words: LocaleWords) -> str:
    """Return "2 rows without figures", "" if the figures of all rows are known."""
    return words.say("usage.row.unknown", count=item.unknown) if item.unknown else ""
