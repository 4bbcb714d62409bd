"""The questions that the buttons below an answer ask next. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Clause, Customers, Name, Usage
from bot.domain.compared_days import Comparison
from bot.domain.licensing import Dimension
from bot.domain.report_kind import SeatMeasure
from bot.query.filters.row_selection import EVERYTHING
from bot.usage.command_buttons import ask_button
from cards.views.button_payload import AskButton

# With figures of so many days ago: long enough for something to have changed, and short enough to be remembered.
DAYS_BEFORE = 30


def whole_of(command: Usage) -> AskButton | None:
    """Return the button that asks about all workloads of the one customer.

    None if there is not one, or if they were asked for.
    """
    narrow = len(command.customers) == 1 and (command.subjects or command.products)
    if command.mine or not narrow or command.seats is not None:
        return None
    return ask_button(Usage(customers=command.customers, as_of=command.as_of))


def trend_of(command: Usage) -> AskButton | None:
    """Return the button that shows how the figures of all rows together developed.

    None if the rows are selected by their figures: a trend is of everything that is asked about.
    """
    if command.seats is not None or command.selection != EVERYTHING or command.order is not None:
        return None
    asked = replace(command, by=(), period=None, versus=None, as_of=command.day, kind=AnswerKind.TREND)
    return ask_button(asked)


def renewals_of(command: Usage) -> AskButton | None:
    """Return the button that asks when the subscriptions of the one customer end.

    Those of the products that were asked for. None if there is not one customer, or if days are compared.
    """
    if len(command.customers) != 1 or command.versus is not None or command.period is not None:
        return None
    asked = Usage(customers=command.customers, products=command.products, kind=AnswerKind.RENEWALS)
    return ask_button(asked)


def customers_of(command: Usage, by: Sequence[Dimension]) -> AskButton | None:
    """Return the button that offers customers to ask about.

    None if one was asked about, or if the rows are customers.
    """
    return None if command.customers or Dimension.CUSTOMER in by else ask_button(Customers())


def compared_with_before(command: Usage, newest: date | None = None, today: date | None = None) -> AskButton | None:
    """Return the button that compares the same figures with earlier ones.

    None if they are compared already. Figures so old that those of `DAYS_BEFORE` days before `today` are the same are
    compared with earlier ones than the `newest`.
    """
    if command.versus is not None or command.period is not None:
        return None
    before = Comparison(days=DAYS_BEFORE)
    if command.as_of is not None:
        before = Comparison(before.day_before(command.as_of))
    elif newest is not None and today is not None and newest <= before.day_before(today):
        before = Comparison(before.day_before(newest))
    return ask_button(replace(command, versus=before))


def in_the_other_report(command: Usage) -> AskButton | None:
    """Return the button from usage to what was sold, or back.

    What is asked of one report alone is left out: numbers, percentages and the order. Workloads are in one of them.
    None for the usage of several customers, or with a filter, which may name a workload. From what was sold of a
    product it leads to how much of that is used: the usage report may not have the product.
    """
    if command.seats is None and (len(command.customers) != 1 or command.expression is not None):
        return None
    if command.seats is not None and (command.products or command.subjects) and command.expression is None:
        shown = Usage(command.customers, command.subjects, command.products, command.channels, mine=command.mine)
        return ask_button(replace(shown, kind=AnswerKind.SOLD_USE))
    seats = SeatMeasure.SOLD if command.seats is None else None
    names = replace(command, subjects=(), excluded=_without_workloads(command)) if command.seats is None else command
    return ask_button(replace(names, seats=seats, by=(), limit=None, amounts=(), order=None, versus=None, period=None))


def _without_workloads(command: Usage) -> tuple[tuple[Clause, Name], ...]:
    return tuple(each for each in command.excluded if each[0] is not Clause.ON)
