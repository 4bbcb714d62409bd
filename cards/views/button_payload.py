"""The payloads of a card's buttons: typed, versioned, safe for hostile input.

    {"v": 2, "command": {…}, "rows": 24, "replace": true, "sure": true, "for": "9f86d081884c7d65"}
    {"v": 2, "command": {…}, "row": "x1ZbCtsDEfrP", "rows": 20}
    {"v": 2, "command": {…}, "view": true, "rows": 20}
    {"v": 2, "command": {…}, "shape": true, "by": "customer", "order": "unused", "only": "all"}
    {"v": 2, "repeat": "usage for Fabrikam", "to": "all"}
    {"v": 2, "command": {…}, "fill": "fabr", "replace": true, "name": "…"}

Pure. `command` is what is asked: a JSON object that only bot reads. `repeat` is a question as it was typed. A payload
is client-controlled: anyone in the chat can press a button, and a modified client can send anything. So a payload never
says who asks or what may be seen, only what is asked. The answer is fetched with the presser's rights. "for" is a mark
of the person for whom the card was made (bot.usage.addressed_buttons); "sure" is set by a card that has asked whether
the person means it; "to" is who is to read the answer. "fill" is a name in the command; "name" is what the presser
chose or typed in the box of the card, which the client adds.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

VERSION = 2
# Characters of the command as JSON in ASCII. A card of 25,000 bytes has to hold two of them beside its text.
COMMAND_LIMIT = 4_000
ROWS_LIMIT = 10_000_000
# Version 1 held an English sentence. The last cards of that kind are posted by the last process of release 0.1, and are
# answered for 90 days after that: what reads version 1 may be removed on 2027-03-15, not earlier.
SENTENCES = 1
TEXT_LIMIT = 2_000
# The id of the input that holds the chosen name.
NAME_INPUT = "name"
NAME_LIMIT = 500
# The ids of the inputs that hold the shape of a list.
GROUP_INPUT, ORDER_INPUT, ONLY_INPUT = "by", "order", "only"
CHOICE = re.compile(r"[a-z_]{1,16}")
READERS_KEY = "to"
# Who reads the answer: everybody here, which the presser chose knowing who they are; the presser alone; everybody here.
READERS = ("all", "me", "here")
ROW = re.compile(r"[A-Za-z0-9_-]{8,24}")

Command = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AskButton:
    """Answer `command` as if the presser had asked it.

    With `replace` the answer replaces the card (a picker's). `sure`: the person was asked already. Buttons are
    hashable, so that views with buttons can be keys of a cache; the command, which is not, counts for equality only.
    """

    command: Command = field(hash=False)
    replace: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class MoreButton:
    """Show the answer to `command` up to row `rows`, in place of the card.

    The rows from `start` (0 is the first) are those that the card did not show.
    """

    command: Command = field(hash=False)
    rows: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class RowButton:
    """Show one row of the answer to `command`, in place of the card.

    `row` is the mark of the row. From there, a button leads back to the rows up to `rows`, of which those from `start`
    are new. A card has many of them, so the payload is short.
    """

    command: Command = field(hash=False)
    row: str
    rows: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class ViewButton:
    """Offer other shapes of the answer to `command`, in place of the card.

    From there, a button leads back to the rows up to `rows`, of which those from `start` are new.
    """

    command: Command = field(hash=False)
    rows: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class ShapeButton:
    """Answer `command` in the shape that the presser chose, in place of the card.

    The choices are "" on a card, and if nothing was chosen.
    """

    command: Command = field(hash=False)
    group: str = ""
    order: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class SentenceButton:
    """A button of version 1, which is read but no longer made.

    Answer `text` as if the presser had typed it, with `rows` rows if they are given.
    """

    text: str
    rows: int | None = None
    replace: bool = False


@dataclass(frozen=True, slots=True)
class RepeatButton:
    """Answer `text` again, as if the presser had typed it, if it asks a question.

    What it means could not be read, because the names that the person can see were not known. Such a button changes
    nothing, whatever the text means when it is pressed. `to` is one of `READERS`.
    """

    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class FillButton:
    """Answer `command` with what the presser chose in place of `name`.

    The answer replaces the card. `chosen` is an id, or a name that was typed; "" on a card, and if nothing was chosen.
    """

    command: Command = field(hash=False)
    name: str
    chosen: str = ""


# What leads on from a list: further rows, one row, other shapes, and the chosen shape.
ListAction = MoreButton | RowButton | ViewButton | ShapeButton
Action = AskButton | ListAction | RepeatButton | FillButton


def pack(action: Action) -> dict[str, Any]:
    """Return the `data` of an Action.Execute or Action.Submit."""
    match action:
        case AskButton(command, replace, sure):
            confirmed = {"sure": True} if sure else {}
            return {"v": VERSION, "command": dict(command), "replace": replace, **confirmed}
        case FillButton(command, name):
            return {"v": VERSION, "command": dict(command), "fill": name, "replace": True}
        case RepeatButton(text, to):
            return {"v": VERSION, "repeat": text, **({READERS_KEY: to} if to else {})}
    return {"v": VERSION, "command": dict(action.command), **_of_list(action)}


def _of_list(action: ListAction) -> dict[str, Any]:
    if isinstance(action, ShapeButton):
        return {"shape": True}
    # Cards before had no "from": their rows begin at the first. A process of that release ignores it.
    page = {"rows": action.rows, **({"from": action.start} if action.start else {})}
    match action:
        case RowButton(row=row):
            return {"row": row, **page}
        case ViewButton():
            return {"view": True, **page}
        case MoreButton():
            return {**page, "replace": True}


def unpack(data: object) -> Action | SentenceButton | None:
    """Return the action in `data`, or None for anything that `pack` did not make.

    Never raises.
    """
    if not isinstance(data, dict) or type(version := data.get("v")) is not int:
        return None
    if version == SENTENCES:
        return _sentence(data)
    if version == VERSION and "repeat" in data:
        return None if "command" in data else _repeated(data["repeat"], data.get(READERS_KEY))
    command, replace = data.get("command"), data.get("replace", False)
    if version != VERSION or not isinstance(replace, bool) or not isinstance(command, dict) or not _fits(command):
        return None
    return _asking(command, data, replace=replace)


def _asking(command: Command, data: Mapping[Any, Any], *, replace: bool) -> Action | None:
    rows = data.get("rows")
    if "fill" in data:
        return _filled(command, data["fill"], data.get(NAME_INPUT, "")) if replace and rows is None else None
    if "shape" in data:
        return _shape(command, data) if data["shape"] is True and rows is None else None
    if rows is None:
        sure = data.get("sure", False)
        return AskButton(command, replace, sure) if isinstance(sure, bool) else None
    return _paged(data, command, rows)


def _paged(data: Mapping[Any, Any], command: Command, rows: Any) -> MoreButton | RowButton | ViewButton | None:
    """Return the button for a part of a list, for one of its rows, or for other shapes of it."""
    start = data.get("from", 0)
    if not _is_count(rows) or not _is_start(start, rows):
        return None
    if "row" in data:
        return RowButton(command, data["row"], rows, start) if _is_row(data["row"]) else None
    if "view" in data:
        return ViewButton(command, rows, start) if data["view"] is True else None
    return MoreButton(command, rows, start) if data.get("replace") is True else None


def _shape(command: Command, data: Mapping[Any, Any]) -> ShapeButton:
    """Return the button; a choice that no card offers counts as none."""
    chosen = (data.get(each) for each in (GROUP_INPUT, ORDER_INPUT, ONLY_INPUT))
    return ShapeButton(command, *(each if isinstance(each, str) and CHOICE.fullmatch(each) else "" for each in chosen))


def _filled(command: Command, name: object, chosen: object) -> FillButton | None:
    """Return the button; a choice that cannot be a name counts as none, so that the card asks again."""
    if not isinstance(name, str) or not name.strip() or len(name) > NAME_LIMIT or not _is_unicode(name):
        return None
    usable = isinstance(chosen, str) and len(chosen) <= NAME_LIMIT and _is_unicode(chosen)
    return FillButton(command, name, chosen.strip() if isinstance(chosen, str) and usable else "")


def _repeated(text: object, to: object) -> RepeatButton | None:
    if not isinstance(text, str) or not text.strip() or len(text) > TEXT_LIMIT or not _is_unicode(text):
        return None
    readers = next((each for each in READERS if each == to), "")
    return RepeatButton(text, readers) if len(json.dumps(text)) <= COMMAND_LIMIT else None


def _sentence(data: Mapping[Any, Any]) -> SentenceButton | None:
    text = data.get("text")
    if not isinstance(text, str) or not text.strip() or len(text) > TEXT_LIMIT or not _is_unicode(text):
        return None
    match data.get("do"):
        case "ask" if isinstance(data.get("replace", False), bool):
            return SentenceButton(text, replace=data.get("replace", False))
        case "more" if _is_count(shown := data.get("shown")):
            return SentenceButton(text, shown, replace=True)
    return None


def _is_count(rows: object) -> bool:
    return type(rows) is int and 0 < rows <= ROWS_LIMIT


def _is_row(mark: object) -> bool:
    return isinstance(mark, str) and ROW.fullmatch(mark) is not None


def _is_start(start: object, rows: int) -> bool:
    return type(start) is int and 0 <= start < rows


def _fits(command: Mapping[Any, Any]) -> bool:
    """Return True for JSON that a card has room for."""
    try:
        text = json.dumps(command, allow_nan=False, ensure_ascii=False)
        return len(text) <= COMMAND_LIMIT and _is_unicode(text) and len(json.dumps(command)) <= COMMAND_LIMIT
    except (RecursionError, TypeError, ValueError):
        return False


def _is_unicode(text: str) -> bool:
    """Return False for an unpaired surrogate, which JSON can contain but no encoder accepts."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
