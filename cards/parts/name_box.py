"""The box in which a person types part of a name and chooses: typeahead. Pure.

Clients that cannot search as a person types show a box for text, and send what was typed.
"""

from cards.elements import ActionSet, ChoiceSet, DataQuery, Element
from cards.parts.card_frame import buttons, press
from cards.views.button_payload import NAME_INPUT, FillButton
from cards.wording.locale_words import LocaleWords


def name_box(dimension: str, other: FillButton | None, words: LocaleWords) -> list[Element]:
    """Draw the box for a name of `dimension`, and the button that asks with it.

    Nothing if there is no button, if its payload is too long for one, or if there are no names of that dimension to
    search: its dataset would be refused.
    """
    asking: ActionSet | None = None if other is None else buttons(press(words.say("picker.continue"), other))
    label = f"picker.other.{dimension}"
    if asking is None or not words.has(label):
        return []
    box = ChoiceSet(
        id=NAME_INPUT,
        label=words.say(label),
        placeholder=words.say("picker.part"),
        style="filtered",
        choices=[],
        data=DataQuery(dataset=dimension, associated_inputs="none"),
        spacing="medium",
    )
    return [box, asking]
