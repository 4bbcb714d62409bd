"""Elements that contain other elements: containers and columns."""

from cards.elements.element import Element, Property, Strict

STYLES = ("default", "emphasis", "accent", "good", "attention", "warning")


class Container(Element):
    element_type = "Container"
    items = Property(list)
    style = Property(str, among=STYLES)
    select_action = Property(Strict, key="selectAction")
    rounded_corners = Property(bool, key="roundedCorners")  # clients that do not know it draw square ones


class Column(Element):
    element_type = "Column"
    items = Property(list)
    width = Property(str)
    vertical_content_alignment = Property(str, key="verticalContentAlignment", among=("top", "center", "bottom"))


class ColumnSet(Element):
    element_type = "ColumnSet"
    columns = Property(list)
    min_height = Property(str, key="minHeight")
    select_action = Property(Strict, key="selectAction")
