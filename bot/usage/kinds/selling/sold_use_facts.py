"""What was found of the use of sold licenses. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.commands.command import Usage
from bot.query.selling.sold_use import SoldUse
from bot.usage.kinds.selling.renewal_facts import SourceNote
from bot.usage.query_plan import QueryPlan


@dataclass(frozen=True, slots=True)
class SoldUseFacts:
    """The lines that are asked for, in their order.

    `matched` counts those before an order left some out. `counted` has what is not there, or only in part, by a key
    `sold.counted.<reason>`. `today` is the date of the reader.
    """

    command: Usage
    plan: QueryPlan
    lines: tuple[SoldUse, ...]
    matched: int
    today: date
    counted: Mapping[str, int]
    sources: tuple[SourceNote, ...]
    begun: int | None = None
