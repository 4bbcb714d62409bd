"""Where in a long list a card is, and the buttons to the rest of it. Pure."""

from cards.elements import Element
from cards.parts.card_frame import buttons, press
from cards.views.button_payload import MoreButton
from cards.wording.locale_words import LocaleWords


def positions(first: int, end: int, matched: int, words: LocaleWords) -> str:
    """Return "12 of 214 shown", or "13 to 24 of 214 shown" if the first is not there."""
    if first:
        return words.say("usage.shown.from", first=first + 1, last=end, matched=matched)
    return words.say("usage.shown", shown=end, matched=matched)


def page_buttons(after: MoreButton | None, start: MoreButton | None, words: LocaleWords) -> list[Element]:
    """Draw the buttons to the next rows and back to the first ones."""
    titles = ((after, "usage.more"), (start, "usage.first"))
    row = buttons(*(press(words.say(title), action) for action, title in titles if action is not None))
    return [row] if row else []
