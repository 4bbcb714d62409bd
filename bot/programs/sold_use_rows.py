"""The use of sold licenses as rows, for programs and spreadsheets.

The keys are stable; QUESTIONS.md describes them.
"""

from collections.abc import Iterator, Sequence

from bot.programs.sold_rows import number_as_json, source_as_json
from cards.views.kinds.sold_use_view import SoldUseItem, SoldUseView

_NUMBERS = ("sold", "assigned", "active")
_HEAD = (
    "customer", "product", *(f"{name}{part}" for name in _NUMBERS for part in ("", "AsOf", "Source")), "workload",
    "notActive", "notAssigned", "percent", "products", "known", "missing",
)  # fmt: skip


def sold_use_as_json(view: SoldUseView) -> dict[str, object]:
    """Return `{"total", "sources", "counted", "rows"}`.

    A number that no report says is null, and so is one of several workloads: then `worst` has the row with most
    licenses that are not active.
    """
    return {
        "query": view.question,
        "total": view.matched,
        "sources": [source_as_json(each) for each in view.sources],
        "counted": dict(view.counted),
        "rows": [_row(each) for each in view.items],
    }


def sold_use_table(view: SoldUseView) -> Iterator[Sequence[object]]:
    """Yield the names of the columns, then the lines."""
    yield _HEAD
    for item in view.items:
        row = _row(item)
        numbers = (number_as_json(getattr(item, name)) for name in _NUMBERS)
        cells = [cell for each in numbers for cell in (each["number"], each["asOf"], each["source"])]
        yield (item.customer or None, item.product or None, *cells, *(row[name] for name in _HEAD[11:]))


def _row(item: SoldUseItem) -> dict[str, object]:
    return {
        "customer": item.customer or None,
        "product": item.product or None,
        "workload": item.workload or None,
        **{name: number_as_json(getattr(item, name)) for name in _NUMBERS},
        "notActive": item.not_active,
        "notAssigned": item.not_assigned,
        "percent": item.percent,
        "products": item.products,
        "known": item.known,
        "missing": item.missing or None,
        "worst": None if item.worst is None else _row(item.worst),
    }
