"""The limit of a card's size, and how a card is kept within it. Pure.

Limits: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
"""

import json
from collections.abc import Callable

from cards.parts.card_frame import Rendered, note
from cards.parts.literal_text import literal
from cards.wording.locale_words import LocaleWords

# Bytes. The smallest limit in Microsoft's pages is 28 KB, and the rest of the message needs room too.
BUDGET = 25_000
COMPACT = (",", ":")
SPOKEN_LIMIT = 500  # characters, in a card that is too large


def size(card: Rendered) -> int:
    """Return the bytes of `card` in the largest of its possible encodings.

    Escaped to ASCII, or UTF-16; without blanks, as it is sent.
    """
    unescaped = json.dumps(card, ensure_ascii=False, separators=COMPACT)
    return max(len(json.dumps(card, separators=COMPACT)), len(unescaped.encode("utf-16-le", "surrogatepass")))


def fit(make: Callable[[int], Rendered], most: int, words: LocaleWords) -> Rendered:
    """Return `make(n)` with the largest n up to `most` that is within the budget.

    Its size must grow with n. If even `make(0)` is too large, it is shortened.
    """
    card = make(most)
    if size(card) < BUDGET:
        return card
    fits, too_large = 0, most
    while too_large - fits > 1:
        middle = (fits + too_large) // 2
        if size(make(middle)) < BUDGET:
            fits = middle
        else:
            too_large = middle
    card = make(fits)
    return card if fits else within(card, words)


def within(card: Rendered, words: LocaleWords) -> Rendered:
    """Return the card, shortened if it is too large."""
    return card if size(card) < BUDGET else _shortened(card, words)


def _shortened(card: Rendered, words: LocaleWords) -> Rendered:
    """Leave out buttons, then text, the last ones first, until the card is within the budget. It says so.

    Only a question of thousands of characters leads here.
    """
    end = note(words.say("card.shortened"), spacing="medium", separator=True).render()
    short = card | {"speak": literal(card["speak"], SPOKEN_LIMIT)}
    body = list(card["body"])
    while body and size(short | {"body": [*body, end]}) >= BUDGET:
        pressed = [index for index, element in enumerate(body) if element["type"] == "ActionSet"]
        body.pop(pressed[-1] if pressed else -1)
    return short | {"body": [*body, end]}
