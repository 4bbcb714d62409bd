"""The card on which a list is regrouped, sorted and filtered. Pure.

It takes the place of the list, and leads back to it.
"""

from collections.abc import Sequence

from cards.elements import ChoiceSet, Element, InputChoice
from cards.parts.card_frame import Rendered, buttons, frame, heading, note, press
from cards.parts.scope_text import scope_in_words
from cards.usage.usage_head import BETWEEN
from cards.views.button_payload import GROUP_INPUT, ONLY_INPUT, ORDER_INPUT
from cards.views.usage_views import ShapeView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords


def shape(view: ShapeView, words: LocaleWords) -> Rendered:
    """Draw the three choices, as they are now.

    The buttons show the list, or lead back to it.
    """
    words = words.of_seats(view.seats)
    body: list[Element] = [
        note(BETWEEN.join(scope_in_words(view.scope, view.narrowed, words))),
        heading(words.say("shape.title"), spacing="none"),
        _choice(GROUP_INPUT, "shape.group", view.groups, view.group, words),
        _choice(ORDER_INPUT, "shape.order", view.orders, view.order, words),
        _choice(ONLY_INPUT, "shape.only", view.only_these, view.only, words),
    ]
    row = buttons(press(words.say("shape.show"), view.show), press(words.say("shape.back"), view.back))
    return frame([*body, *([row] if row else [])], words, summary(view, words))


def summary(view: ShapeView, words: LocaleWords) -> str:
    """Return what is changed: "Change view: Exchange"."""
    words = words.of_seats(view.seats)
    scope = ", ".join(scope_in_words(view.scope, view.narrowed, words))
    return words.say("shape.summary", scope=scope)


def _choice(name: str, room: str, offered: Sequence[str], chosen: str, words: LocaleWords) -> Element:
    # What a question says beyond the choices has one of its own, so that nothing is lost unasked.
    values = offered if chosen in offered else (chosen, *offered)
    choices = [InputChoice(title=words.say(key(room, each, "kept", words)), value=each) for each in values]
    return ChoiceSet(id=name, label=words.say(room), style="compact", value=chosen, choices=choices)
