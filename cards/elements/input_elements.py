"""Inputs: what a person chooses or types on a card.

The value goes with every button of the card, under the id of the input.

https://adaptivecards.microsoft.com/?topic=Input.ChoiceSet
https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
"""

from cards.elements.element import Element, Property, Strict


class InputElement(Element):
    """The properties of every input."""

    id = Property(str)
    label = Property(str)


class DataQuery(Strict):
    """The set from which a client asks for choices while a person types."""

    element_type = "Data.Query"
    dataset = Property(str)
    associated_inputs = Property(str, key="associatedInputs", among=("auto", "none"))


class ChoiceSet(InputElement):
    """A list of choices; filtered, with a box in which a person types."""

    element_type = "Input.ChoiceSet"
    style = Property(str, among=("compact", "expanded", "filtered"))
    placeholder = Property(str)
    choices = Property(list)
    data = Property(Strict, key="choices.data")
