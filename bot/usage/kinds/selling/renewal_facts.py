"""What was found of renewals, and what the question asks for of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.commands.command import Usage
from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, Entry
from bot.query.selling.line_choice import LineChoice, Undecided, Window
from bot.query.selling.renewal_line import NumberSource, RenewalLine, WorkloadUse
from bot.usage.query_plan import QueryPlan


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A source and the days of its numbers.

    Or why it has none, as a key `sold.problem.<problem>`.
    """

    source: NumberSource
    day: date | None = None
    last: date | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RenewalFacts:
    """The lines that are asked for, in their order.

    `matched` counts those before an order left some out. `undecided` counts lines of which it is not known whether they
    are asked for, `gaps` subscriptions and lists that are missing, by the name of what is wrong. `use` is that of
    the products of the only customer that are shown, in the workload with most active licenses. `today` is the date of
    the reader.
    """

    command: Usage
    plan: QueryPlan
    lines: tuple[RenewalLine, ...]
    matched: int
    today: date
    undecided: Mapping[Undecided, int]
    gaps: Mapping[str, int]
    sources: tuple[SourceNote, ...]
    use: WorkloadUse | None = None
    begun: int | None = None


def choice_of(command: Usage, plan: QueryPlan, today: date) -> LineChoice:
    """Return what a question asks for on this day.

    "My customers" are several, even if one is left.
    """
    customers = [each for each in plan.scope if each.dimension is Dimension.CUSTOMER]
    return LineChoice(
        today=today,
        window=_window(command, today),
        renewing=command.renewing,
        products=_products(plan.scope),
        without=_products(plan.excluded),
        selection=command.selection,
        order=command.order,
        alone=len(customers) == 1 and plan.own is None,
    )


def _window(command: Usage, today: date) -> Window | None:
    if command.ahead is not None:
        return Window(today, _days_after(today, command.ahead))
    if command.period is not None:
        return Window(command.period.first, command.period.last or date.max)
    return None


def _days_after(day: date, days: int) -> date:
    return day + timedelta(days=min(days, (date.max - day).days))


def _products(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(folded_id(each.id) for each in entries if each.dimension is Dimension.PRODUCT)
