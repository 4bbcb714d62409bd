"""What narrows a question, as the heading of its answer shows it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.commands.list_shape import EVERY_ROW
from bot.domain.figures import LicenseMeasure
from bot.names.correction import Correction
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.share_filter import ShareRange
from bot.usage.query_plan import QueryPlan
from cards.views.answer_views import ErrorView, View
from cards.views.digest_form_views import DigestFormView
from cards.views.digest_views import DigestSetView
from cards.views.kinds.selling_views import CallsView, RenewalsView
from cards.views.kinds.sold_use_view import SoldUseView
from cards.views.kinds.trend_view import TrendView
from cards.views.usage_views import CorrectionView, Narrowing, UsageView

QUANTITY = "quantity"
_CORRECTED = UsageView | TrendView | ErrorView | DigestSetView | DigestFormView | RenewalsView | CallsView | SoldUseView


def scope_names(plan: QueryPlan) -> tuple[str, ...]:
    """Return the names that the question asks about, each once."""
    return tuple(dict.fromkeys(entry.label for entry in plan.scope))


def corrections(plan: QueryPlan) -> tuple[CorrectionView, ...]:
    """Return the names that were typed otherwise, each with the label of its entry."""
    return tuple(CorrectionView(each.typed, each.entry.label) for each in plan.corrected)


def with_corrections(view: View, names: Sequence[Correction]) -> View:
    """Return the view with the names that were typed otherwise.

    A view that does not say so is returned as it is.
    """
    if not names or not isinstance(view, _CORRECTED):
        return view
    told = tuple(CorrectionView(each.typed, each.entry.label) for each in names)
    return replace(view, corrected=tuple(dict.fromkeys((*told, *view.corrected))))


def narrowed(command: Usage, plan: QueryPlan, today: date | None = None) -> tuple[Narrowing, ...]:
    """Return everything but names that narrows the figures, in the heading's order.

    `today`: on this day, figures of so many days ago are compared with.
    """
    return tuple(_narrowed(command, plan, today))


def _narrowed(command: Usage, plan: QueryPlan, today: date | None) -> Iterator[Narrowing]:
    if plan.own is not None:
        asked, every = len(plan.own.seen), len(plan.own.seen) + len(plan.own.gone)
        yield Narrowing("mine", count=asked, numbers=(every,) if every > asked else ())
    elif command.mine:
        yield Narrowing("mine")
    if command.seats is not None:
        yield Narrowing(command.seats.value)
    if command.excluded:
        found = [entry.label for entry in plan.excluded] or [name.text for _, name in command.excluded]
        yield Narrowing("without", names=tuple(dict.fromkeys(found)))
    yield from _left_out(plan)
    if command.expression is not None:
        yield Narrowing("filter", text=compile_filter(command.expression))
    yield from _limits(command)
    if (order := command.order) is not None and order.count < EVERY_ROW:
        kind = "bottom" if order.lowest else "top"
        yield Narrowing(
            kind, count=order.count, measure="" if order.measure is None else _named(order.measure, command)
        )
    yield from _days(command, today)


def _left_out(plan: QueryPlan) -> Iterator[Narrowing]:
    """Yield what is left out of every answer, and what is not because the question names it."""
    left_out = plan.left_out
    if left_out is None:
        return
    if left_out.customers or left_out.unnamed:
        names = tuple(dict.fromkeys(each.label for each in left_out.customers))
        yield Narrowing("ignored", names=names, count=len(left_out.unnamed))
    if left_out.rows:
        yield Narrowing("no_trials", count=left_out.rows)
    if left_out.named:
        yield Narrowing("not_ignored", names=tuple(dict.fromkeys(each.label for each in left_out.named)))


def _days(command: Usage, today: date | None) -> Iterator[Narrowing]:
    if command.as_of is not None:
        yield Narrowing("day", day=command.as_of)
    if command.period is not None:
        first, last = command.period.first, command.period.last
        yield Narrowing("since" if last is None else "range", day=first, last=last)
    if command.versus is not None:
        if command.versus.only is not None:
            yield Narrowing(command.versus.only.value)
        day = command.versus.day if today is None else command.versus.day_before(today)
        if day is not None:
            yield Narrowing("versus", day=day)


def limits_of(command: Usage) -> tuple[Narrowing, ...]:
    """Return the conditions on the figures of each row, in the heading's order."""
    moved = None if command.versus is None else command.versus.only
    return (*_limits(command), *(() if moved is None else (Narrowing(moved.value),)))


def _limits(command: Usage) -> Iterator[Narrowing]:
    if command.limit is not None:
        yield from (_of_sold(each, command) for each in _shares(command.limit))
    for amount in command.amounts:
        bound, numbers = amount.said()
        yield Narrowing(bound.value, numbers=numbers, measure=_named(amount.measure, command))


def _of_sold(share: Narrowing, command: Usage) -> Narrowing:
    """Return `no sold license in use` for a question about the use of sold licenses."""
    of_sold = command.kind is AnswerKind.SOLD_USE and share.kind == "none_used"
    return replace(share, kind="none_sold_used") if of_sold else share


def _named(measure: LicenseMeasure, command: Usage) -> str:
    """Return what a number is called: what is sold is called so, of renewals as the quantity of subscriptions."""
    bought = command.kind in (AnswerKind.RENEWALS, AnswerKind.SOLD_USE) and measure is LicenseMeasure.QUALIFIED
    return QUANTITY if bought else measure.value


def _shares(limit: ShareRange) -> Iterator[Narrowing]:
    low, high = limit.low, limit.high
    if low is not None and high is not None and limit.low_included and limit.high_included:
        yield Narrowing("between", shares=(low, high))
        return
    if low is not None:
        yield Narrowing("at_least" if limit.low_included else "above", shares=(low,))
    if high == 0 and limit.high_included and low is None:
        yield Narrowing("none_used")
    elif high is not None:
        yield Narrowing("at_most" if limit.high_included else "below", shares=(high,))
