"""What a reader has to know about a single row of figures. Pure."""

from datetime import date

from cards.parts.day_text import own_day
from cards.views.usage_views import UsageItem
from cards.wording.locale_words import LocaleWords

# The height of a row that is a button, so that a thumb meets it: https://www.w3.org/TR/WCAG22/#target-size-enhanced
TAPPABLE = "44px"


def own_remarks(item: UsageItem, words: LocaleWords, newest: date | None) -> list[str]:
    """Return lines below the figures of a row.

    They say which of its rows have no figures, and its days if they are not `newest`, the day of the heading.
    """
    return [each for each in (unknown_in_words(item, words), own_day(item, words, newest)) if each]


def unknown_in_words(item: UsageItem, words: LocaleWords) -> str:
    """Return "2 rows without figures", "" if the figures of all rows are known."""
    return words.say("usage.row.unknown", count=item.unknown) if item.unknown else ""
