"""Buttons.

https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model
"""

from cards.elements.element import Element, Property, Strict


class ActionSet(Element):
    element_type = "ActionSet"
    actions = Property(list)


class Action(Strict):
    """The properties of every button."""

    title = Property(str)
    mode = Property(str, among=("primary", "secondary"))
    tooltip = Property(str)
    fallback = Property(Strict)


class Execute(Action):
    """A button answered by an invoke.

    Older clients need `fallback`, a Submit, inside an ActionSet.
    """

    element_type = "Action.Execute"
    verb = Property(str)
    data = Property(dict)


class Submit(Action):
    element_type = "Action.Submit"
    data = Property(dict)


class OpenUrl(Action):
    element_type = "Action.OpenUrl"
    url = Property(str)


class ShowCard(Action):
    """A button that unfolds another card below it; nothing is sent."""

    element_type = "Action.ShowCard"
    card = Property(Strict)
