"""Renewals and calls as rows, for programs and spreadsheets.

The keys are stable; QUESTIONS.md describes them.
"""

from collections.abc import Iterator, Sequence

from cards.views.kinds.selling_views import (
    CallItem,
    CallsView,
    NumberView,
    ReasonView,
    RenewalItem,
    RenewalsView,
    SourceView,
    TermView,
)

_NUMBERS = ("sold", "assigned", "active", "unused")


def renewals_as_json(view: RenewalsView) -> dict[str, object]:
    """Return `{"total", "sources", "counted", "rows"}`.

    A number that no source says is null. `counted` has what is not in the rows, by its reason.
    """
    return {
        "query": view.question,
        "total": view.matched,
        "sources": [source_as_json(each) for each in view.sources],
        "counted": dict(view.counted),
        "rows": [_row(each) for each in view.items],
    }


def calls_as_json(view: CallsView) -> dict[str, object]:
    """Return the rules, the sources and the rows, the first to call first."""
    return {
        "query": view.question,
        "total": view.matched,
        "rules": [
            {"rule": each.rule, "days": each.days, "percent": each.share, "licenses": each.number}
            for each in view.rules
        ],
        "earlier": None if view.earlier is None else view.earlier.isoformat(),
        "sources": [source_as_json(each) for each in view.sources],
        "counted": dict(view.counted),
        "rows": [{"customer": each.customer, "reasons": [_reason(one) for one in each.reasons]} for each in view.items],
    }


def _reason(each: ReasonView) -> dict[str, object]:
    day = None if each.day is None else each.day.isoformat()
    return {
        "rule": each.rule,
        "name": each.name,
        "licenses": each.number,
        "percent": each.share,
        "day": day,
        "workload": each.workload or None,
        "autoRenew": {"auto": True, "off": False}.get(each.renewing),
    }


def _row(item: RenewalItem) -> dict[str, object]:
    return {
        "customer": item.customer,
        "product": item.product,
        "workload": item.workload or None,
        **{name: number_as_json(getattr(item, name)) for name in _NUMBERS},
        "percent": item.percent,
        "notAssigned": item.not_assigned,
        "idle": item.idle,
        "unmatched": item.unjoined or None,
        "group": item.group,
        "bought": item.seats,
        "subscriptions": [_term(each) for each in item.terms],
    }


def number_as_json(count: NumberView) -> dict[str, object]:
    day = None if count.day is None else count.day.isoformat()
    return {"number": count.number, "source": count.source or None, "asOf": day}


def _term(term: TermView) -> dict[str, object]:
    return {
        "product": term.product,
        "idEnd": term.mark,
        "ends": None if term.end is None else term.end.isoformat(),
        "days": term.days,
        "autoRenew": {"auto": True, "off": False}.get(term.renewing),
        "state": term.state,
        "trial": term.trial,
        "seats": term.seats,
        "seatsAfter": term.after,
    }


def source_as_json(each: SourceView) -> dict[str, object]:
    days = [None if day is None else day.isoformat() for day in (each.day, each.last or each.day)]
    return {"source": each.source, "asOf": days[0], "newest": days[1], "problem": each.problem or None}


_HEAD = (
    "customer", "product", "subscription", "ends", "days", "autoRenew", "state", "seats", "seatsAfter",
    *(f"{name}{part}" for name in _NUMBERS for part in ("", "AsOf", "Source")), "workload", "percent", "unmatched",
)  # fmt: skip


def table_of(view: RenewalsView | CallsView) -> Iterator[Sequence[object]]:
    """Yield the names of the columns, then the lines."""
    return _renewal_lines(view) if isinstance(view, RenewalsView) else _call_lines(view.items)


def _call_lines(items: Sequence[CallItem]) -> Iterator[Sequence[object]]:
    """Yield a line for each reason of each customer."""
    yield ("place", "customer", "rule", "name", "licenses", "percent", "day", "workload", "autoRenew")
    for place, item in enumerate(items, 1):
        for each in item.reasons:
            yield (place, item.customer, *_reason(each).values())


def _renewal_lines(view: RenewalsView) -> Iterator[Sequence[object]]:
    """Yield the names of the columns, then a line for each subscription.

    A product without one has a line, too.
    """
    yield _HEAD
    for item in view.items:
        for term in item.terms or (None,):
            yield (item.customer, item.product, *_term_cells(term), *_number_cells(item), *_last_cells(item))


def _term_cells(term: TermView | None) -> Sequence[object]:
    if term is None:
        return (None,) * 7
    told = _term(term)
    return tuple(told[name] for name in ("idEnd", "ends", "days", "autoRenew", "state", "seats", "seatsAfter"))


def _number_cells(item: RenewalItem) -> Iterator[object]:
    for name in _NUMBERS:
        count = number_as_json(getattr(item, name))
        yield from (count["number"], count["asOf"], count["source"])


def _last_cells(item: RenewalItem) -> Sequence[object]:
    return item.workload or None, item.percent, item.unjoined or None
