"""How far the card of a long answer goes. Pure.

A card may have room for fewer rows than were asked for. Where it ends is in its button for the next rows.
"""

from collections.abc import Iterator
from typing import Any

from cards.usage.usage_card import usage
from cards.views.button_payload import MoreButton, unpack
from cards.views.usage_views import UsageView
from cards.wording.locale_words import LocaleWords


def rows_until(view: UsageView, words: LocaleWords) -> int:
    """Return the position after the last row on the card.

    If no button leads to further ones, these are all rows.
    """
    after = [button.start for button in _buttons(usage(view, words)["body"]) if button.start]
    return max(after, default=view.matched)


def _buttons(elements: list[dict[str, Any]]) -> Iterator[MoreButton]:
    for element in elements:
        for action in element.get("actions", ()):
            if isinstance(found := unpack(action.get("data")), MoreButton):
                yield found
