"""What holds other elements: containers, columns, tables."""

from cards.elements.element import Element, Property, Strict

STYLES = ("default", "emphasis", "accent", "good", "attention", "warning")


class Box(Element):
    """What holds other elements."""

    items = Property(list)
    style = Property(str, among=STYLES)
    bleed = Property(bool)
    min_height = Property(str, key="minHeight")
    select_action = Property(Strict, key="selectAction")
    vertical_content_alignment = Property(str, key="verticalContentAlignment", among=("top", "center", "bottom"))


class Container(Box):
    element_type = "Container"


class Column(Box):
    element_type = "Column"
    width = Property(str, int)


class ColumnSet(Element):
    element_type = "ColumnSet"
    columns = Property(list)
    style = Property(str, among=STYLES)
    bleed = Property(bool)
    select_action = Property(Strict, key="selectAction")


class TableCell(Box):
    """A cell always has items: without them Teams mobile drops the card."""

    element_type = "TableCell"

    def __init__(self, *, items: list[Element], **properties: object) -> None:
        super().__init__(items=items, **properties)


class TableRow(Element):
    element_type = "TableRow"
    cells = Property(list)


class Table(Element):
    """`firstRowAsHeaders` is the spelling that clients read; the 1.5 schema's has no s."""

    element_type = "Table"
    columns = Property(list)
    rows = Property(list)
    first_row_as_headers = Property(bool, key="firstRowAsHeaders")
    show_grid_lines = Property(bool, key="showGridLines")
