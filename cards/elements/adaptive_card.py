"""The root element of a card."""

from adaptivecards.adaptivecard import AdaptiveCard as LibraryCard

from cards.elements.element import Property, Strict

VERSION = "1.5"  # the newest version that every Teams client draws


class Card(Strict, LibraryCard):  # type: ignore[misc]
    """The root element; an instance of the library's AdaptiveCard."""

    body = Property(list)
    speak = Property(str)
    lang = Property(str)
    fallback_text = Property(str, key="fallbackText")

    def __init__(self, **properties: object) -> None:
        super().__init__(**properties)
        # No client needs "$schema", and a list needs its bytes.
        self._data = {**self._data, "version": VERSION}
