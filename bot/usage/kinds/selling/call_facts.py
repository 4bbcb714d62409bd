"""What was found of whom to call. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.commands.command import Usage
from bot.query.selling.call_list import CustomerCall
from bot.usage.kinds.selling.renewal_facts import SourceNote
from bot.usage.query_plan import QueryPlan


@dataclass(frozen=True, slots=True)
class CallsFound:
    """The customers to call, in their order.

    `gaps` counts what is missing in the sources by its name, as of `RenewalFacts`. `earlier` is the day of the usage
    that a drop is measured from, None if it is not known. `doubts` counts subscriptions that could not be judged, see
    `call_doubts`.
    """

    command: Usage
    plan: QueryPlan
    calls: tuple[CustomerCall, ...]
    today: date
    gaps: Mapping[str, int]
    sources: tuple[SourceNote, ...]
    earlier: date | None = None
    doubts: Mapping[str, int] = field(default_factory=dict)
    begun: int | None = None
