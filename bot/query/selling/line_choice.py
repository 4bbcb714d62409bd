"""Which lines a question about renewals asks for, and in which order. Pure.

A line about which a question cannot be decided is not dropped in silence: it is counted.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.figures import LicenseMeasure, Licenses
from bot.domain.subscriptions import Renewing, Subscription, SubscriptionState
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.filters.share_filter import TopBottom
from bot.query.selling.renewal_line import RenewalLine, Unjoined, has_ended


class Undecided(StrEnum):
    """Why it is not known whether a question asks for a line."""

    NO_END = "no_end"  # when it ends is not known
    NO_RENEWING = "no_renewing"  # whether it renews itself is not known
    NO_PRODUCT = "no_product"  # of which product it is
    NO_USE = "no_use"  # how much it is used
    NO_QUANTITY = "no_quantity"  # how many licenses its subscriptions have
    NO_SUBSCRIPTION = "no_subscription"  # the product of a report, without a subscription of this partner


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class LineChoice:
    """What a question asks for.

    `products` and `without` are folded ids of products to show or to leave out; () for all. `alone`: it is about one
    customer, so that products without a subscription are shown too.

    `selection` and `order`: a percentage, active and unused licenses are those of the workload that the line shows, the
    one with most active licenses. `qualified` means the quantity: the licenses of the subscriptions that are asked for.
    """

    today: date
    window: Window | None = None
    renewing: Renewing | None = None
    products: Collection[str] = ()
    without: Collection[str] = ()
    selection: RowSelection = EVERYTHING
    order: TopBottom | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ChosenLines:
    """The lines in their order.

    `matched` counts those before an order left some out; `undecided` by reason.
    """

    lines: tuple[RenewalLine, ...]
    matched: int
    undecided: Mapping[Undecided, int]


def choose(lines: Iterable[RenewalLine], choice: LineChoice) -> ChosenLines:
    """Return what is asked for."""
    undecided: Counter[Undecided] = Counter()
    found: list[RenewalLine] = []
    for line in lines:
        decided = _decide(line, choice)
        if decided is True and choice.order is not None and _place(line, choice.order, choice) is None:
            decided = Undecided.NO_QUANTITY if choice.order.measure is LicenseMeasure.QUALIFIED else Undecided.NO_USE
        if isinstance(decided, Undecided):
            undecided[decided] += 1
        elif decided:
            found.append(line)
    ordered = _ordered(found, choice)
    return ChosenLines(tuple(ordered), len(found), undecided)


def due(line: RenewalLine, choice: LineChoice) -> Subscription | None:
    """Return the first subscription of the line that is asked for, None if none is."""
    terms = [each for each in line.terms if _is_due(each, choice) is True]
    return min(terms, key=lambda each: _when(each, choice.today), default=None)


def quantity(line: RenewalLine, choice: LineChoice) -> int | None:
    """Return the licenses of the subscriptions that are asked for.

    None if a number is not known.
    """
    seats = [each.seats for each in asked_terms(line, choice)]
    known = [each for each in seats if each is not None]
    return sum(known) if seats and len(known) == len(seats) else None


def asked_terms(line: RenewalLine, choice: LineChoice) -> Sequence[Subscription]:
    """Return the subscriptions that are asked for.

    Those that have ended are there only if no other one is.
    """
    asked = [each for each in line.terms if _is_due(each, choice) is True]
    return [each for each in asked if not has_ended(each, choice.today)] or asked


def _decide(line: RenewalLine, choice: LineChoice) -> bool | Undecided:
    if choice.products or choice.without:
        named = line.product_id in choice.products or not choice.products
        if not line.product_id and choice.products:
            return Undecided.NO_PRODUCT
        if not named or line.product_id in choice.without:
            return False
    if not line.terms:
        asks = choice.window is not None or choice.renewing is not None or not choice.alone
        return Undecided.NO_SUBSCRIPTION if asks else fits(line, choice)
    answers = [_is_due(each, choice) for each in line.terms]
    if True in answers:
        return fits(line, choice)
    return next((each for each in answers if isinstance(each, Undecided)), False)


def _is_due(term: Subscription, choice: LineChoice) -> bool | Undecided:
    """Return True if a subscription ends in the window, and renews as it is asked for."""
    if term.state is SubscriptionState.DELETED:
        return False
    if choice.window is not None:
        if term.end is None:
            return False if term.far else Undecided.NO_END
        if not choice.window.first <= term.end <= choice.window.last:
            return False
    if choice.renewing is None or term.renewing is choice.renewing:
        return True
    return Undecided.NO_RENEWING if term.renewing is Renewing.UNKNOWN else False


def fits(line: RenewalLine, choice: LineChoice) -> bool | Undecided:
    """Return True if the numbers of the line are within the conditions.

    If one of them is not, no number that is unknown can change that.
    """
    bought = [each for each in choice.selection.amounts if each.measure is LicenseMeasure.QUALIFIED]
    used = [each for each in choice.selection.amounts if each.measure is not LicenseMeasure.QUALIFIED]
    answers = [
        _is_bought_so(line, RowSelection(amounts=tuple(bought)), choice),
        _is_used_so(line, RowSelection(choice.selection.limit, tuple(used))),
    ]
    return False if False in answers else next((each for each in answers if isinstance(each, Undecided)), True)


def _is_bought_so(line: RenewalLine, selection: RowSelection, choice: LineChoice) -> bool | Undecided:
    if selection == EVERYTHING:
        return True
    seats = quantity(line, choice)
    return Undecided.NO_QUANTITY if seats is None else selection.admits_workload(Licenses(qualified=seats))


def _is_used_so(line: RenewalLine, selection: RowSelection) -> bool | Undecided:
    if selection == EVERYTHING:
        return True
    if line.use is None or line.use.partial or (selection.limit is not None and line.use.licenses.share is None):
        return Undecided.NO_USE
    licenses = line.use.licenses
    return selection.admits_row(licenses) and selection.admits_workload(licenses)


def _ordered(lines: Sequence[RenewalLine], choice: LineChoice) -> Sequence[RenewalLine]:
    """Return the first to end first; with an order by licenses those with most or fewest of them.

    `top 5` without more are the first five to end, `bottom 5` those with the lowest percentage.
    """
    soonest = sorted(lines, key=lambda each: _line_key(each, choice))
    order = choice.order
    if order is None:
        return soonest
    if order.measure is not None or order.lowest:
        soonest = sorted(soonest, key=lambda each: _place(each, order, choice) or 0.0)
    return soonest[: order.count]


def _line_key(line: RenewalLine, choice: LineChoice) -> tuple[int, date, str, str, tuple[str, str, str]]:
    term = due(line, choice)
    group, day = (3, date.max) if term is None else _when(term, choice.today)
    return group, day, line.customer.casefold(), line.product.casefold(), line.key


def _when(term: Subscription, today: date) -> tuple[int, date]:
    """Return a sort key: what ends next, then what has no day, then what has ended."""
    if has_ended(term, today):
        return 2, date.max if term.end is None else date.max - (term.end - date.min)
    return (1, date.max) if term.end is None else (0, term.end)


def _place(line: RenewalLine, order: TopBottom, choice: LineChoice) -> float | None:
    """Return the number by which a line is put in order, the smallest first.

    None if it is not known, 0 if the order is that of the days.
    """
    if order.measure is None and not order.lowest:
        return 0.0
    number: float | None
    if order.measure is LicenseMeasure.QUALIFIED:
        number = quantity(line, choice)
    elif line.use is None or line.use.partial:
        number = None
    else:
        number = line.use.licenses.share if order.measure is None else order.measure.of(line.use.licenses)
    return number if number is None or order.lowest else -number


def unjoined(lines: Iterable[RenewalLine]) -> Mapping[Unjoined, int]:
    """Return how many lines lack a subscription or a product, for each reason."""
    return Counter(each.unjoined for each in lines if each.unjoined is not None)
