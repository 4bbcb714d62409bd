"""Which lines of sold licenses a question asks for. Pure.

A condition is on the numbers that the line shows. Licenses without a known use may change that, so a line is listed
only if they cannot; otherwise they are counted.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.figures import LicenseMeasure, Licenses
from bot.domain.licensing import Dimension
from bot.query.filters.row_selection import EVERYTHING, RowSelection
from bot.query.filters.share_filter import TopBottom
from bot.query.selling.line_choice import Undecided
from bot.query.selling.renewal_line import RenewalLine
from bot.query.selling.sold_use import NotKnown, SoldUse, most_idle, place, together, use_of_line

BOTH = frozenset({Dimension.CUSTOMER, Dimension.PRODUCT})


@dataclass(frozen=True, slots=True)
class SoldChoice:
    """Which lines are asked for, and by what.

    `products` are folded ids to keep, `without` those to leave out; () for all.
    """

    by: Collection[Dimension] = BOTH
    products: Collection[str] = ()
    without: Collection[str] = ()
    selection: RowSelection = EVERYTHING
    order: TopBottom | None = None


@dataclass(frozen=True, slots=True)
class ChosenUses:
    """The lines in their order.

    `matched` counts them before an order left some out. `undecided` counts the products because of which it is not
    known whether a line is asked for, by what they lack. `missing` counts products of the lines without a number, by
    what they lack.
    """

    lines: tuple[SoldUse, ...]
    matched: int
    undecided: Mapping[Undecided, int]
    missing: Mapping[NotKnown, int]


def chosen_uses(lines: Iterable[RenewalLine], choice: SoldChoice) -> ChosenUses:
    """Return what is asked for, of lines without subscriptions."""
    kept: list[SoldUse] = []
    undecided: Counter[Undecided] = Counter()
    missing: Counter[NotKnown] = Counter()
    for every in _grouped(lines, choice):
        whole = together(every, choice.by)
        decided = _decide(every, whole, choice.selection)
        if decided is True:
            kept.append(_with_worst(whole, every, choice.selection))
            missing.update(each.missing for each in every if each.missing is not None)
        elif decided is not False:
            undecided.update(decided)
    ordered = sorted(kept, key=lambda each: place(each, choice.order))
    most = len(ordered) if choice.order is None else choice.order.count
    return ChosenUses(tuple(ordered[:most]), len(ordered), dict(undecided), dict(missing))


def _grouped(lines: Iterable[RenewalLine], choice: SoldChoice) -> Iterable[list[SoldUse]]:
    """Return the products of each line that is asked for by name."""
    groups: dict[tuple[str, str], list[SoldUse]] = {}
    for line in lines:
        if _is_named(line, choice):
            one = use_of_line(line)
            customer = one.customer_id if Dimension.CUSTOMER in choice.by else ""
            product = one.product_id if Dimension.PRODUCT in choice.by else ""
            groups.setdefault((customer, product), []).append(one)
    return groups.values()


def _is_named(line: RenewalLine, choice: SoldChoice) -> bool:
    named = not choice.products or line.product_id in choice.products
    return named and line.product_id not in choice.without


def _decide(every: Sequence[SoldUse], whole: SoldUse, selection: RowSelection) -> bool | Mapping[Undecided, int]:
    """Return True if a line is within the conditions; if that is not known, what its products lack.

    Sold licenses need no use. If there are too few of them, no number that is unknown can change that.
    """
    bought, used = _split(selection)
    if bought != EVERYTHING:
        if whole.sold is None:
            return {Undecided.NO_QUANTITY: len(every)}
        if not bought.admits_workload(Licenses(qualified=whole.sold.number)):
            return False
    if used == EVERYTHING or _is_used_so(every, whole, used):
        return True
    unknown = Counter(
        Undecided.NO_QUANTITY if each.sold is None else Undecided.NO_USE for each in every if each.licenses is None
    )
    return unknown if unknown and not _is_share_out(every, whole, used) else False


def _split(selection: RowSelection) -> tuple[RowSelection, RowSelection]:
    """Return the conditions on sold licenses, and those on their use."""
    bought = tuple(each for each in selection.amounts if each.measure is LicenseMeasure.QUALIFIED)
    used = tuple(each for each in selection.amounts if each.measure is not LicenseMeasure.QUALIFIED)
    return RowSelection(amounts=bought), RowSelection(selection.limit, used)


def _is_used_so(every: Sequence[SoldUse], whole: SoldUse, used: RowSelection) -> bool:
    """Return True if the use is within the conditions, whatever the licenses are of which it is not known."""
    if whole.licenses is None or not all(map(used.admits_row, _possible(every, whole.licenses))):
        return False
    if not used.asks_workloads:
        return True
    if whole.use is None:
        return any(_has_such_use(each, used) for each in every)
    bounded = used.limit is not None and used.limit.asks_beyond
    grows = bounded or any(each.high is not None for each in used.amounts)
    return used.admits_workload(whole.licenses) and not (grows and whole.known < whole.products)


def _has_such_use(line: SoldUse, used: RowSelection) -> bool:
    return line.licenses is not None and used.admits_workload(line.licenses)


def _possible(every: Sequence[SoldUse], known: Licenses) -> tuple[Licenses, Licenses]:
    """Return the licenses if none of those without a known use is active, and if all of them are."""
    open_ = sum(each.sold.number for each in every if each.licenses is None and each.sold is not None)
    return known + Licenses(0, open_, open_), known + Licenses(open_, open_, 0)


def _is_share_out(every: Sequence[SoldUse], whole: SoldUse, used: RowSelection) -> bool:
    """Return True if the percentage is outside its bounds whatever is not known."""
    limit = used.limit
    if limit is None or limit.asks_beyond or whole.licenses is None:
        return False
    least, most = (each.share for each in _possible(every, whole.licenses))
    if least is None or most is None:
        return False
    return (limit.high is not None and least > limit.high) or (limit.low is not None and most < limit.low)


def _with_worst(whole: SoldUse, every: Sequence[SoldUse], selection: RowSelection) -> SoldUse:
    """Return the line with the product that fulfils the conditions, if there are several."""
    if len(every) == 1:
        return whole
    _, used = _split(selection)
    worst = most_idle([each for each in every if _has_such_use(each, used)])
    return replace(whole, worst=worst or whole.worst)
