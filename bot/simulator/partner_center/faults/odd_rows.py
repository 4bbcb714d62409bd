"""Put an odd row into a page, of a kind that real services have shown. Pure.

The second row of a page is changed, or a later one, so that an answer of one row stays as it is. Grouped rows stay too.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

# The count of a row that says what is used or assigned, of which a report has one.
_USED = ("licensesActive", "licenseActive", "licensesDeployed")
_ZERO_ID = "00000000-0000-0000-0000-000000000000"


def with_odd_row(content: Any, rows: list[Any], form: str, place: int) -> Any:
    """Return the body with the odd row.

    `rows` is the list of its rows, and `place` the index of the odd one.
    """
    if form == "error_beside":
        return content | {"error": {"code": "800003", "description": "An unexpected service error occurred."}}
    if -len(rows) <= place < len(rows) and isinstance(rows[place], dict) and "processedDateTime" in rows[place]:
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


def _counted(count: Any) -> Callable[[Row], list[Any]]:
    def change(row: Row) -> list[Any]:
        return [row | {next((name for name in _USED if name in row), _USED[0]): count}]

    return change


def _with(**values: Any) -> Callable[[Row], list[Any]]:
    return lambda row: [row | values]


def _older(row: Row, days: int = 2) -> list[Any]:
    day = date.fromisoformat(row["processedDateTime"][:10]) - timedelta(days=days)
    return [row | {"processedDateTime": f"{day.isoformat()}T00:00:00"}]


_ODD: dict[str, Callable[[Row], list[Any]]] = {
    "no_count": _counted(None),
    "negative_count": _counted(-1),
    "fraction": _counted(12.5),
    "huge_count": _counted(2**63),
    "older_day": _older,
    "ambiguous_day": _with(processedDateTime="3/10/2026 12:00:00 AM"),
    "sentinel_day": _with(processedDateTime="0001-01-01T00:00:00"),
    "future_day": _with(processedDateTime="2099-01-01T00:00:00"),
    "invisible_code": lambda row: [row | {code: f"{row[code]}\u200b" for code in ("workloadCode",) if code in row}],
    "no_id": _with(customerTenantId=_ZERO_ID),
    "no_row": lambda row: [row, None],
    "repeated_row": lambda row: [row, dict(row)],
}
