"""Text elements: Markdown in a TextBlock, literal text in a TextRun."""

from cards.elements.element import Element, Property, Strict

SIZES = ("small", "default", "medium", "large", "extraLarge")
COLORS = ("default", "dark", "light", "accent", "good", "warning", "attention")


class Styled(Strict):
    """The appearance of characters."""

    text = Property(str)
    size = Property(str, among=SIZES)
    weight = Property(str, among=("lighter", "default", "bolder"))
    color = Property(str, among=COLORS)
    subtle = Property(bool, key="isSubtle")


class TextBlock(Styled, Element):
    """Text in Markdown, only for the bot's own texts.

    Text from a person or an API belongs into a TextRun.
    """

    element_type = "TextBlock"
    wrap = Property(bool)
    style = Property(str, among=("default", "heading", "columnHeader"))


class TextRun(Styled):
    """Literal text: no client reads Markdown in it."""

    element_type = "TextRun"
    underline = Property(bool)


class Badge(Element):
    """A short text in a frame.

    Clients that do not know it draw `fallback`, which says the same.
    """

    element_type = "Badge"
    text = Property(str)
    style = Property(str, among=("Default", "Informative", "Warning"))
    appearance = Property(str, among=("Filled", "Tint"))
    size = Property(str, among=("Medium", "Large"))
    shape = Property(str, among=("Square", "Rounded", "Circular"))
    fallback = Property(Element)


class RichTextBlock(Element):
    element_type = "RichTextBlock"
    inlines = Property(list)
