"""Elements that contain other elements: containers and columns."""

from cards.elements.element import Element, Property, Strict

STYLES = ("default", "emphasis", "accent", "good", "attention", "warning")


class Flow(Strict):
    """Elements beside each other while they fit.

    Clients that do not know it put them below each other.
    """

    element_type = "Layout.Flow"
    item_fit = Property(str, key="itemFit", among=("Fit", "Fill"))
    horizontal_items_alignment = Property(str, key="horizontalItemsAlignment", among=("Left", "Center", "Right"))
    column_spacing = Property(str, key="columnSpacing", among=("None", "Small", "Default"))
    row_spacing = Property(str, key="rowSpacing", among=("None", "Small", "Default"))


class Container(Element):
    element_type = "Container"
    items = Property(list)
    style = Property(str, among=STYLES)
    select_action = Property(Strict, key="selectAction")
    layouts = Property(list)
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
