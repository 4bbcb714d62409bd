"""What is looked at: images, and the badges and bars that only Teams draws."""

from cards.elements.element import Element, Property


class Image(Element):
    """`alt_text` is not optional: a picture without words is lost on a screen reader, one without url breaks mobile."""

    element_type = "Image"
    url = Property(str)
    alt_text = Property(str, key="altText")
    size = Property(str, among=("auto", "stretch", "small", "medium", "large"))
    width = Property(str)

    def __init__(self, *, url: str, alt_text: str, **properties: object) -> None:
        super().__init__(url=url, alt_text=alt_text, **properties)


class Badge(Element):
    """Teams only: give `fallback`."""

    element_type = "Badge"
    text = Property(str)
    style = Property(str, among=("default", "subtle", "informative", "accent", "good", "attention", "warning"))
    appearance = Property(str, among=("filled", "tint"))
    tooltip = Property(str)


class ProgressBar(Element):
    """Teams only, `value` 0 to 100, absent while the end is unknown: give `fallback`."""

    element_type = "ProgressBar"
    value = Property(int, float)
    max = Property(int, float)
    color = Property(str, among=("accent", "good", "warning", "attention"))
