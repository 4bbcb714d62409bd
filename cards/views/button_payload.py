"""The payloads of a card's buttons: typed, versioned, safe for hostile input.

    {"v": 2, "command": {…}, "rows": 24, "replace": true, "sure": true, "for": "9f86d081884c7d65"}
    {"v": 2, "command": {…}, "row": "x1ZbCtsD", "rows": 20, "up": {"command": {…}, "row": "EfrPx1Zb", "rows": 20}}
    {"v": 2, "command": {…}, "view": true, "rows": 20}
    {"v": 2, "command": {…}, "shape": true, "by": "customer", "order": "unused", "only": "all"}
    {"v": 2, "repeat": "usage for Fabrikam", "to": "all"}
    {"v": 2, "keep": "stop digest 3"}
    {"v": 2, "command": {…}, "fill": "fabr", "replace": true, "name": "…"}
    {"v": 2, "command": {…}, "form": true, "when": "day0", "at": "09:00", …}
    {"v3": "q8YSoUS5rDa2VgdqXmSRb7Jfal4RsrkA"}

Version 3 is version 2 as one short text (cards.views.brief_payload): the buttons of a list, and whatever is tapped as
a whole. What the client adds, "for" and "in" stay beside it.

Pure. `command` is what is asked: a JSON object that only bot reads. `repeat` is a question as it was typed. A payload
is client-controlled: anyone in the chat can press a button, and a modified client can send anything. So a payload never
says who asks or what may be seen, only what is asked. The answer is fetched with the presser's rights. "for" is a mark
of the person for whom the card was made, "in" its language if it is not theirs (bot.usage.addressed_buttons); "sure" is
set by a card that has asked whether the person means it; "to" is who is to read the answer. "fill" is a name in the
command; "name" is what the presser chose or typed in the box of the card, which the client adds. "up" is the row of
another list, in whose place this list is.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cards.views.brief_payload import opened, squeezed
from cards.views.form_payload import FormButton, form_in
from cards.views.keep_payload import KeepButton, keep_in
from cards.views.payload_values import (
    COMMAND_LIMIT,
    NAME_LIMIT,
    TEXT_LIMIT,
    fits,
    is_count,
    is_row,
    is_start,
    is_unicode,
)
from cards.views.sentence_payload import SENTENCES, SentenceButton, sentence_in

VERSION = 2
BRIEF = "v3"
# The id of the input that holds the chosen name.
NAME_INPUT = "name"
# The ids of the inputs that hold the shape of a list.
GROUP_INPUT, ORDER_INPUT, ONLY_INPUT = "by", "order", "only"
INPUTS = (NAME_INPUT, GROUP_INPUT, ORDER_INPUT, ONLY_INPUT)
# Lists in each other: customers, the workloads of one, its products, and one more.
DEEPEST = 3
CHOICE = re.compile(r"[a-z_]{1,16}")
READERS_KEY = "to"
# Who reads the answer: everybody here, which the presser chose knowing who they are; the presser alone; everybody here.
READERS = ("all", "me", "here")

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
class RowButton:
    """Show one row of the answer to `command`, in place of the card.

    `row` is the mark of the row. From there, a button leads back to the rows up to `rows`, of which those from `start`
    are new. `up`: this list is itself the answer about a row of another list.
    """

    command: Command = field(hash=False)
    row: str
    rows: int
    start: int = 0
    up: "RowButton | None" = None


@dataclass(frozen=True, slots=True)
class MoreButton:
    """Show the answer to `command` up to row `rows`, in place of the card.

    The rows from `start` (0 is the first) are those that the card did not show. `up`: as of a row.
    """

    command: Command = field(hash=False)
    rows: int
    start: int = 0
    up: RowButton | None = None


@dataclass(frozen=True, slots=True)
class ViewButton:
    """Offer other shapes of the answer to `command`, in place of the card.

    From there, a button leads back to the rows up to `rows`, of which those from `start` are new. `up`: as of a row.
    """

    command: Command = field(hash=False)
    rows: int
    start: int = 0
    up: RowButton | None = None


@dataclass(frozen=True, slots=True)
class ShapeButton:
    """Answer `command` in the shape that the presser chose, in place of the card.

    The choices are "" on a card, and if nothing was chosen. `up`: as of a row.
    """

    command: Command = field(hash=False)
    group: str = ""
    order: str = ""
    only: str = ""
    up: RowButton | None = None


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
Action = AskButton | ListAction | RepeatButton | FillButton | FormButton | KeepButton


def pack(action: Action, *, brief: bool = False) -> dict[str, Any]:
    """Return the `data` of an Action.Execute or Action.Submit.

    It is `brief` on a card with many such actions, and always if it leads on from a list. A text is as it was typed,
    and a form stays beside its inputs.
    """
    payload = _packed(action)
    if isinstance(action, ListAction) or (brief and not isinstance(action, RepeatButton | FormButton | KeepButton)):
        return {BRIEF: squeezed(payload)}
    return {"v": VERSION, **payload}


def _packed(action: Action) -> dict[str, Any]:
    match action:
        case AskButton(command, replace, sure):
            confirmed = {"sure": True} if sure else {}
            return {"command": dict(command), "replace": replace, **confirmed}
        case FillButton(command, name):
            return {"command": dict(command), "fill": name, "replace": True}
        case RepeatButton(text, to):
            return {"repeat": text, **({READERS_KEY: to} if to else {})}
        case FormButton(command):
            return {"command": dict(command), "form": True}
        case KeepButton(text):
            return {"keep": text}
    return {"command": dict(action.command), **_of_list(action), **({"up": _packed(action.up)} if action.up else {})}


def _of_list(action: ListAction) -> dict[str, Any]:
    if isinstance(action, ShapeButton):
        return {"shape": True}
    # Cards before had no "from": their rows begin at the first. A process of that release ignores it.
    page = {**({"from": action.start} if action.start else {}), "rows": action.rows}
    match action:
        case RowButton(row=row):
            return {"row": row, **page}
        case ViewButton():
            return {"view": True, **page}
        case MoreButton():
            return {"replace": True, **page}


def payload_of(data: object) -> Mapping[Any, Any]:
    """Return what is in the `data` of a button of version 2 or 3. Never raises.

    {} if it is none.
    """
    if not isinstance(data, Mapping):
        return {}
    if BRIEF not in data:
        return data if type(data.get("v")) is int and data["v"] == VERSION else {}
    inside = None if "v" in data else opened(data[BRIEF])
    return {} if inside is None else {each: data[each] for each in INPUTS if each in data} | inside


def unpack(data: object) -> Action | SentenceButton | None:
    """Return the action in `data`, or None for anything that `pack` did not make.

    Never raises.
    """
    if isinstance(data, dict) and type(data.get("v")) is int and data["v"] == SENTENCES:
        return sentence_in(data)
    payload = payload_of(data)
    if "repeat" in payload:
        return None if "command" in payload else _repeated(payload["repeat"], payload.get(READERS_KEY))
    if "keep" in payload:
        return None if "command" in payload else keep_in(payload["keep"])
    command, replace = payload.get("command"), payload.get("replace", False)
    if not isinstance(replace, bool) or not isinstance(command, dict) or not fits(command):
        return None
    return _asking(command, payload, replace=replace)


def _asking(command: Command, data: Mapping[Any, Any], *, replace: bool) -> Action | None:
    rows = data.get("rows")
    if "fill" in data:
        return _filled(command, data["fill"], data.get(NAME_INPUT, "")) if replace and rows is None else None
    if "form" in data:
        return form_in(command, data) if rows is None else None
    up = _up(data["up"], DEEPEST) if "up" in data else None
    if "up" in data and up is None:
        return None
    if "shape" in data:
        return _shape(command, data, up) if data["shape"] is True and rows is None else None
    if rows is None:
        sure = data.get("sure", False)
        return AskButton(command, replace, sure) if isinstance(sure, bool) and up is None else None
    return _paged(data, command, rows, up)


def _up(data: object, deepest: int) -> RowButton | None:
    """Return the row of the list in which this list is."""
    if not isinstance(data, dict) or not deepest:
        return None
    command, up = data.get("command"), None
    if not isinstance(command, dict) or not fits(command) or not is_row(data.get("row")):
        return None
    if "up" in data and (up := _up(data["up"], deepest - 1)) is None:
        return None
    found = _paged(data, command, data.get("rows"), up)
    return found if isinstance(found, RowButton) else None


def _paged(
    data: Mapping[Any, Any], command: Command, rows: Any, up: RowButton | None
) -> MoreButton | RowButton | ViewButton | None:
    """Return the button for a part of a list, for one of its rows, or for other shapes of it."""
    start = data.get("from", 0)
    if not is_count(rows) or not is_start(start, rows):
        return None
    if "row" in data:
        return RowButton(command, data["row"], rows, start, up) if is_row(data["row"]) else None
    if "view" in data:
        return ViewButton(command, rows, start, up) if data["view"] is True else None
    return MoreButton(command, rows, start, up) if data.get("replace") is True else None


def _shape(command: Command, data: Mapping[Any, Any], up: RowButton | None) -> ShapeButton:
    """Return the button; a choice that no card offers counts as none."""
    chosen = [data.get(each) for each in (GROUP_INPUT, ORDER_INPUT, ONLY_INPUT)]
    group, order, only = [each if isinstance(each, str) and CHOICE.fullmatch(each) else "" for each in chosen]
    return ShapeButton(command, group, order, only, up)


def _filled(command: Command, name: object, chosen: object) -> FillButton | None:
    """Return the button; a choice that cannot be a name counts as none, so that the card asks again."""
    if not isinstance(name, str) or not name.strip() or len(name) > NAME_LIMIT or not is_unicode(name):
        return None
    usable = isinstance(chosen, str) and len(chosen) <= NAME_LIMIT and is_unicode(chosen)
    return FillButton(command, name, chosen.strip() if isinstance(chosen, str) and usable else "")


def _repeated(text: object, to: object) -> RepeatButton | None:
    if not isinstance(text, str) or not text.strip() or len(text) > TEXT_LIMIT or not is_unicode(text):
        return None
    readers = next((each for each in READERS if each == to), "")
    return RepeatButton(text, readers) if len(json.dumps(text)) <= COMMAND_LIMIT else None
