"""Draw an Adaptive Card as text in a terminal.

Depends on rich and on the card's JSON, not on its sender. Total on any card: an element of an unknown type is drawn
through its `fallback` or left out, as Teams does. Names in a card come from customers, so control characters are
removed: a name must not be able to move the cursor.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

WIDTH = 76
DEPTH = 20

_COLORS = {"accent": "cyan", "good": "green", "warning": "yellow", "attention": "red"}
_NARROW_ONLY = {"veryNarrow", "narrow", "atMost:narrow", "atMost:veryNarrow"}


@dataclass(frozen=True, slots=True)
class Button:
    """The action of a numbered button.

    It has the `data` of an Action.Execute or Submit, or the `url` to open.
    """

    title: str
    data: object = None
    url: str | None = None


@dataclass(slots=True)
class DrawnCard:
    """The card ready to print, and its buttons in the order of their numbers, from 1."""

    picture: RenderableType
    buttons: list[Button] = field(default_factory=list)


def draw_card(card: Mapping[str, Any]) -> DrawnCard:
    """Draw a whole card."""
    pen = _CardPrinter()
    lines = pen.elements(card.get("body"), 0)
    lines += pen.actions(card.get("actions"))
    return DrawnCard(Panel(Group(*lines), width=WIDTH, box=box.ROUNDED, padding=(0, 1)), pen.buttons)


def plain(value: object) -> str:
    """Return text from elsewhere without control and direction characters.

    They could control the terminal. The places where a card may break a long word are left out: a terminal breaks it
    anywhere.
    """
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} else "\ufffd"
        for char in str(value).replace("\u200b", "")
    )


class _CardPrinter:
    """Draws element by element and numbers the buttons in order."""

    def __init__(self) -> None:
        self.buttons: list[Button] = []
        self._drawers: Mapping[str, Callable[[Mapping[str, Any], int], RenderableType | None]] = {
            "TextBlock": lambda element, _: _styled(element),
            "RichTextBlock": lambda element, _: _rich_text(element),
            "FactSet": lambda element, _: _facts(element),
            "Image": lambda element, _: _image(element),
            "ActionSet": lambda element, _: Group(*self.actions(element.get("actions"))),
            "Container": self.box,
            "Column": self.box,
            "TableCell": self.box,
            "ColumnSet": self.columns,
            "Table": self.table,
        }

    def elements(self, values: object, depth: int) -> list[RenderableType]:
        drawn: list[RenderableType] = []
        for element in _objects(values):
            picture = self.element(element, depth)
            if picture is None:
                continue
            if drawn and (element.get("separator") or element.get("spacing") in {"medium", "large", "extraLarge"}):
                drawn.append(Text(""))
            drawn.append(picture)
        return drawn

    def element(self, element: Mapping[str, Any], depth: int) -> RenderableType | None:
        if depth > DEPTH or element.get("isVisible") is False or element.get("targetWidth") in _NARROW_ONLY:
            return None
        draw = self._drawers.get(str(element.get("type")))
        if draw is not None:
            return draw(element, depth)
        fallback = element.get("fallback")
        return self.element(fallback, depth + 1) if isinstance(fallback, Mapping) else None

    def box(self, element: Mapping[str, Any], depth: int) -> RenderableType:
        inside = Group(*self.elements(element.get("items"), depth + 1), *self.selectable(element))
        return Padding(inside, (0, 1), style="on grey11") if element.get("style") == "emphasis" else inside

    def columns(self, element: Mapping[str, Any], depth: int) -> RenderableType:
        grid = Table.grid(expand=True, padding=(0, 1))
        cells: list[RenderableType] = []
        if (number := self.numbered(element.get("selectAction"))) is not None:
            grid.add_column(no_wrap=True)
            cells.append(number)
        for column in _objects(element.get("columns")):
            auto = column.get("width", "auto") == "auto"
            grid.add_column(ratio=None if auto else 1, no_wrap=auto, overflow="fold")
            cells.append(self.box(column, depth + 1))
        grid.add_row(*cells)
        return grid

    def table(self, element: Mapping[str, Any], depth: int) -> RenderableType:
        rows = [_objects(row.get("cells")) for row in _objects(element.get("rows"))]
        has_heads = element.get("firstRowAsHeaders", True) is not False
        drawn = Table(box=box.SIMPLE_HEAD, show_header=has_heads and bool(rows), expand=True)
        heads = rows.pop(0) if has_heads and rows else []
        for number in range(max((len(row) for row in [heads, *rows]), default=0)):
            head = Group(*self.elements(heads[number].get("items"), depth + 1)) if number < len(heads) else Text("")
            drawn.add_column(head, overflow="fold")
        for row in rows:
            drawn.add_row(*(self.box(cell, depth + 1) for cell in row))
        return drawn

    def selectable(self, element: Mapping[str, Any]) -> list[RenderableType]:
        action = element.get("selectAction")
        return self.actions([action]) if isinstance(action, Mapping) else []

    def numbered(self, action: object) -> Text | None:
        """Return the number of what a tap on a row does, to be drawn beside the row."""
        if not isinstance(action, Mapping) or action.get("type") not in {"Action.Execute", "Action.Submit"}:
            return None
        self.buttons.append(Button(plain(action.get("title") or "…"), action.get("data")))
        return Text(f" {len(self.buttons)} ", "reverse")

    def actions(self, values: object) -> list[RenderableType]:
        drawn: list[RenderableType] = []
        for action in _objects(values):
            url = action.get("url") if action.get("type") == "Action.OpenUrl" else None
            if url is None and action.get("type") not in {"Action.Execute", "Action.Submit"}:
                continue
            title = plain(action.get("title") or action.get("tooltip") or "…")
            self.buttons.append(Button(title, action.get("data"), None if url is None else plain(url)))
            target = "" if url is None else f"  {plain(url)}"
            drawn.append(Text.assemble((f" {len(self.buttons)} ", "reverse"), " ", (title, "bold"), (target, "dim")))
        return drawn


def _rich_text(element: Mapping[str, Any]) -> Text:
    runs = element.get("inlines")
    text = Text(justify=_justify(element), overflow="fold")
    for run in runs if isinstance(runs, list) else ():
        text.append_text(_styled(run) if isinstance(run, Mapping) else Text(plain(run)))
    return text


def _styled(run: Mapping[str, Any]) -> Text:
    marks = []
    if run.get("weight") == "bolder" or run.get("style") == "heading":
        marks.append("bold")
    if run.get("isSubtle"):
        marks.append("dim")
    marks += [name for name in ("italic", "underline") if run.get(name)]
    color = _COLORS.get(str(run.get("color")))
    style = " ".join([*marks, color] if color else marks)
    return Text(plain(run.get("text", "")), style=style, justify=_justify(run), overflow="fold")


def _justify(element: Mapping[str, Any]) -> Any:
    side = element.get("horizontalAlignment")
    return side if side in {"center", "right"} else None


def _image(element: Mapping[str, Any]) -> Text | None:
    """Return the text that a screen reader would read."""
    return Text(plain(element["altText"]), style="italic") if element.get("altText") else None


def _facts(element: Mapping[str, Any]) -> Table:
    grid = Table.grid(padding=(0, 2))
    for fact in _objects(element.get("facts")):
        grid.add_row(Text(plain(fact.get("title", "")), style="bold"), Text(plain(fact.get("value", ""))))
    return grid


def _objects(values: object) -> list[Mapping[str, Any]]:
    """Return the JSON objects in a list; none if `values` is not a list."""
    found: Iterable[object] = values if isinstance(values, list) else ()
    return [value for value in found if isinstance(value, Mapping)]
