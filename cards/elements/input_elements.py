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
    is_required = Property(bool, key="isRequired")
    error_message = Property(str, key="errorMessage")


class InputChoice(Strict):
    """One choice: what is shown, and the value that is sent."""

    title = Property(str)
    value = Property(str)


class DateInput(InputElement):
    """A day, which a client sends as `2026-11-30`."""

    element_type = "Input.Date"
    value = Property(str)


class TimeInput(InputElement):
    """A time of day, which a client sends as `08:30`."""

    element_type = "Input.Time"
    value = Property(str)


class TextInput(InputElement):
    """A line of text."""

    element_type = "Input.Text"
    value = Property(str)
    placeholder = Property(str)
    max_length = Property(int, key="maxLength")


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
    value = Property(str)
    data = Property(Strict, key="choices.data")
