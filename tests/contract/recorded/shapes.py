"""The tables of recorded fields, and what differs in what a simulator sends.

A table has `sources` (a page of the vendor, or "owner/name path" of a public repository), `parts` (lists that shapes
share, named "+part") and `shapes`. A shape has fields that are always there (`required`) and some that were not always
seen (`optional`); what is in an `open` field belongs to the bot or the person; `invented` fields are the simulator's
own, each with the reason. A list's objects are told apart by their type: `entities[mention].text`.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TABLES = ("teams_activities", "connector_answers", "entra", "partner_center")


@dataclass(frozen=True)
class Shape:
    """The recorded fields of one kind of message."""

    seen: tuple[str, ...]
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    open: tuple[str, ...] = ()
    invented: dict[str, str] = field(default_factory=dict)

    def differences(self, sent: object) -> list[str]:
        """Return what was sent and never recorded, and what is always there and was not sent."""
        names = {name for name in paths(sent) if not self._is_open(name)}
        known = self.required | self.optional | self.invented.keys()
        missing = {name for name in self.required if name not in names}
        unused = self.invented.keys() - names
        return sorted(
            [f"never recorded: {name}" for name in names - known]
            + [f"missing: {name}" for name in missing]
            + [f"invented, but not sent: {name}" for name in unused]
        )

    def _is_open(self, name: str) -> bool:
        return any(name == each or name.startswith((f"{each}.", f"{each}[")) for each in self.open)


def table(name: str) -> dict[str, Any]:
    """Return a table as it is written."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def shapes(name: str) -> dict[str, Shape]:
    """Return the shapes of a table."""
    written = table(name)
    parts = written.get("parts", {})
    return {shape: _shape(given, parts) for shape, given in written["shapes"].items()}


def _shape(given: dict[str, Any], parts: dict[str, list[str]]) -> Shape:
    return Shape(
        tuple(given["seen"]),
        frozenset(_fields(given["required"], parts)),
        frozenset(_fields(given.get("optional", []), parts)),
        tuple(given.get("open", ())),
        dict(given.get("invented", {})),
    )


def _fields(names: list[str], parts: dict[str, list[str]]) -> Iterator[str]:
    for name in names:
        if name.startswith("+"):
            yield from parts[name[1:]]
        else:
            yield name


def paths(value: object, at: str = "") -> Iterator[str]:
    """Return the name of each field with a value, through objects and lists."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from paths(inner, f"{at}.{name}" if at else str(name))
    elif isinstance(value, list):
        for inner in value or [None]:
            yield from paths(inner, f"{at}[{_kind(inner)}]")
    else:
        yield at


def _kind(item: object) -> str:
    """Return the type of an entity or an attachment; "" for other items."""
    if not isinstance(item, dict):
        return ""
    kind = item.get("contentType") or (item.get("type") if len(item) > 1 else "")
    return str(kind) if kind in {"mention", "clientInfo", "text/html"} else ""
