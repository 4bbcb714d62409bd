"""Read an answer about what was sold, as it was kept. Pure."""

from typing import Protocol, TypeVar

import msgspec

from bot.commands.command import Usage
from bot.commands.command_document import read
from bot.domain.licensing import Entry
from bot.query.selling.renewal_lines import BY
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import LeftOut, OwnScope, QueryPlan


class KeptPlan(Protocol):
    """What every such answer keeps of its question."""

    command: str
    scope: tuple[Entry, ...]
    excluded: tuple[Entry, ...]
    own: OwnScope | None
    left_out: LeftOut | None


KeptT = TypeVar("KeptT", bound=KeptPlan)


def unpacked(content: bytes, kind: type[KeptT]) -> tuple[KeptT, Usage, QueryPlan] | None:
    """Return what was kept, its question and the plan of that.

    None if `content` is no such answer.
    """
    try:
        kept = msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    command = read(kept.command)
    if not isinstance(command, Usage):
        return None
    return kept, command, QueryPlan(UsageQuery(), BY, kept.scope, kept.excluded, kept.own, kept.left_out)
