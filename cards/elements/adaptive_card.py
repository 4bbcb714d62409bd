"""The root element of a card."""

from adaptivecards.adaptivecard import AdaptiveCard as LibraryCard

from cards.elements.action_elements import Execute
from cards.elements.element import Property, Strict

VERSION = "1.5"  # the newest version that every Teams client draws


class Refresh(Strict):
    """What draws the card anew, for the viewers in `user_ids` whenever they see it.

    For all others, and for everybody if it is empty, when they choose it in the menu of the message.
    https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards
    """

    action = Property(Execute)
    user_ids = Property(list, key="userIds")


class Card(Strict, LibraryCard):  # type: ignore[misc]
    """The root element; an instance of the library's AdaptiveCard."""

    body = Property(list)
    refresh = Property(Refresh)
    speak = Property(str)
    lang = Property(str)
    fallback_text = Property(str, key="fallbackText")

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        # No client needs "$schema", and a list needs its bytes.
        self._data = {**self._data, "version": VERSION}
