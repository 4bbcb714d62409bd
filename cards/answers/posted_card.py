"""A card that a person posts into a chat, where the bot need not be. Pure."""

from collections.abc import Mapping
from typing import Any

from cards.parts.card_frame import Rendered, note

ACTIONS = ("selectAction", "refresh", "actions")
HOLDS = ("items", "columns", "inlines", "rows", "cells")


def as_posted(card: Rendered, seen_by: str) -> Rendered:
    """Return `card` without buttons and inputs.

    `seen_by` is its last line: who sees these figures.
    """
    body = _kept(card["body"])
    return {**{key: value for key, value in card.items() if key not in ACTIONS}, "body": [*body, *_last(seen_by)]}


def _last(seen_by: str) -> list[Any]:
    return [note(seen_by, spacing="medium").render()] if seen_by else []


def _kept(parts: list[Any]) -> list[Any]:
    shown = [_without_actions(each) for each in parts if not _acts(each)]
    return [each for each in shown if not _is_empty(each)]


def _acts(part: object) -> bool:
    kind = part.get("type", "") if isinstance(part, Mapping) else ""
    return str(kind) == "ActionSet" or str(kind).startswith(("Input.", "Action."))


def _without_actions(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    kept = {key: value for key, value in part.items() if key not in ACTIONS}
    return {key: _kept(value) if key in HOLDS and isinstance(value, list) else value for key, value in kept.items()}


def _is_empty(part: object) -> bool:
    """Return True for a container of buttons alone: clients draw an empty one as a gap, or not at all."""
    return isinstance(part, Mapping) and any(part.get(key) == [] for key in HOLDS)
