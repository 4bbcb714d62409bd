"""Put an odd row into a page, of a kind that real services have shown. Pure.

The second row of a page is changed, or a later one, so that an answer of one row stays as it is. Grouped rows stay too.
A row of subscriptions has the last day of its term in place of the day of its figures.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

# The count of a row that says what is used, assigned or bought, of which a row has one. So it has one of the days.
_COUNTS = ("licensesActive", "licenseActive", "licensesDeployed", "licenseCount", "quantity")
_DAYS = ("processedDateTime", "commitmentEndDate")
_IDS = ("customerTenantId", "id")
_ZERO_ID = "00000000-0000-0000-0000-000000000000"


def with_odd_row(content: Any, rows: list[Any], form: str, place: int) -> Any:
    """Return the body with the odd row.

    `rows` is the list of its rows, and `place` the index of the odd one.
    """
    if form == "error_beside":
        return content | {"error": {"code": "800003", "description": "An unexpected service error occurred."}}
    if -len(rows) <= place < len(rows) and isinstance(rows[place], dict) and _is_finest(rows[place]):
        rows[place : place + 1] = _ODD[form](rows[place])
    return content


def with_other_days(content: Any, rows: list[Any], form: str) -> Any:
    """Return the body with older days in some of its rows."""
    for number, row in enumerate(rows):
        if isinstance(row, dict) and "processedDateTime" in row:
            if form == "one_service" and row.get("serviceCode") == "crm":
                row.update(_older(row, 9)[0])
            elif form == "alternate" and number % 2:
                row.update(_older(row)[0])
    return content


def _is_finest(row: Row) -> bool:
    return bool(_first(_DAYS, row)) and "subscriptionCount" not in row


def _counted(count: Any) -> Callable[[Row], list[Any]]:
    def change(row: Row) -> list[Any]:
        return [row | dict.fromkeys(_first(_COUNTS, row), count)]

    return change


def _with(names: tuple[str, ...], value: Any) -> Callable[[Row], list[Any]]:
    return lambda row: [row | dict.fromkeys(_first(names, row), value)]


def _first(names: tuple[str, ...], row: Row) -> list[str]:
    """Return the first of the names that the row has, as a list; it is empty if there is none."""
    return [name for name in names if name in row][:1]


def _older(row: Row, days: int = 2) -> list[Any]:
    name = _first(_DAYS, row)[0]
    try:
        day = date.fromisoformat(str(row[name])[:10]) - timedelta(days=days)
    except (ValueError, OverflowError):
        return [row]  # it has no day, or another fault has made it odd before
    return [row | {name: f"{day.isoformat()}T00:00:00"}]


_ODD: dict[str, Callable[[Row], list[Any]]] = {
    "no_count": _counted(None),
    "negative_count": _counted(-1),
    "fraction": _counted(12.5),
    "huge_count": _counted(2**63),
    "older_day": _older,
    "ambiguous_day": _with(_DAYS, "3/10/2026 12:00:00 AM"),
    "sentinel_day": _with(_DAYS, "0001-01-01T00:00:00"),
    "future_day": _with(_DAYS, "2099-01-01T00:00:00"),
    "invisible_code": lambda row: [row | {code: f"{row[code]}\u200b" for code in ("workloadCode",) if code in row}],
    "no_id": _with(_IDS, _ZERO_ID),
    "no_row": lambda row: [row, None],
    "repeated_row": lambda row: [row, dict(row)],
}
