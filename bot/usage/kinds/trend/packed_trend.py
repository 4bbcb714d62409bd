"""A trend as bytes, so that a digest can continue with it after a crash. Pure."""

from typing import NamedTuple

import msgspec

from bot.commands.command import Usage
from bot.commands.command_document import read, write
from bot.domain.licensing import Entry
from bot.errors import FilterError
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.filter_parser import parse_filter
from bot.query.usage_query import UsageQuery
from bot.usage.kinds.trend.trend_days import TrendPlan
from bot.usage.kinds.trend.trend_points import TrendPoint
from bot.usage.query_plan import LeftOut, OwnScope, QueryPlan


class TrendParts(NamedTuple):
    """What a trend consists of."""

    command: Usage
    plan: QueryPlan
    days: TrendPlan
    points: tuple[TrendPoint, ...]


class _Kept(msgspec.Struct, forbid_unknown_fields=True):
    command: str
    filter: str
    scope: tuple[Entry, ...]
    excluded: tuple[Entry, ...]
    days: TrendPlan
    points: tuple[TrendPoint, ...]
    own: OwnScope | None = None
    left_out: LeftOut | None = None


def packed(command: Usage, plan: QueryPlan, days: TrendPlan, points: tuple[TrendPoint, ...]) -> bytes:
    """Return all that `unpacked` needs, as bytes."""
    expression = plan.query.expression
    text = "" if expression is None else compile_filter(expression)
    kept = _Kept(write(command), text, plan.scope, plan.excluded, days, points, plan.own, plan.left_out)
    return msgspec.json.encode(kept)


def unpacked(data: bytes) -> TrendParts | None:
    """Return what `packed` wrote; None for anything else."""
    try:
        kept = msgspec.json.decode(data, type=_Kept)
        expression = parse_filter(kept.filter) if kept.filter else None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, FilterError):
        return None
    command = read(kept.command)
    if not isinstance(command, Usage):
        return None
    plan = QueryPlan(
        UsageQuery(expression, processed=command.day), (), kept.scope, kept.excluded, kept.own, kept.left_out
    )
    return TrendParts(command, plan, kept.days, kept.points)
