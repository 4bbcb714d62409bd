"""A condition of a digest in a command document, and as it is stored. Pure."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bot.commands.documents.clause_document import ClauseDocument, or_none, unless_none
from bot.commands.run_condition import ALWAYS, RunCondition

MOST_UNUSED = 10**9


class ConditionDocument(ClauseDocument, frozen=True, kw_only=True, rename="camel"):
    """What must hold, or a digest is not posted: at most one key."""

    changed: bool | UnsetType = UNSET
    below: Annotated[float, Meta(gt=0, le=1, description="0.5 is 50%")] | UnsetType = UNSET
    unused_above: Annotated[int, Meta(ge=0, le=MOST_UNUSED)] | UnsetType = UNSET
    drops_below: Annotated[float, Meta(gt=0, le=1, description="0.5 is 50%")] | UnsetType = UNSET
    crosses: bool | UnsetType = UNSET


def write_condition(condition: RunCondition) -> ConditionDocument:
    """Return the document of a condition."""
    return ConditionDocument(
        changed=condition.changed or UNSET,
        below=unless_none(condition.below),
        unused_above=unless_none(condition.unused_above),
        drops_below=unless_none(condition.drops_below),
        crosses=condition.crosses or UNSET,
    )


def read_condition(document: ConditionDocument) -> RunCondition:
    """Return the condition of a document.

    Raises ValueError for more than one.
    """
    return RunCondition(
        changed=bool(or_none(document.changed)),
        below=or_none(document.below),
        unused_above=or_none(document.unused_above),
        drops_below=or_none(document.drops_below),
        crosses=bool(or_none(document.crosses)),
    )


def only_fields(condition: RunCondition) -> object:
    """Return the condition as plain data; {} for always."""
    return msgspec.to_builtins(write_condition(condition))


def as_stored(condition: RunCondition | None) -> str:
    """Return the condition as JSON text, "" for none."""
    if condition is None or condition.is_always:
        return ""
    return msgspec.json.encode(write_condition(condition)).decode()


def from_stored(text: str) -> RunCondition:
    """Return the condition in a stored text.

    What cannot be read is no condition: a digest that is posted once too often is better than one that never comes.
    """
    try:
        return read_condition(msgspec.json.decode(text, type=ConditionDocument)) if text else ALWAYS
    except (msgspec.MsgspecError, ValueError):
        return ALWAYS
