"""Put an odd row into a page, of a kind that real services have shown. Pure.

The second row of a page is changed, so that an answer of one row stays as it is. Grouped rows stay too.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

_ZERO_ID = "00000000-0000-0000-0000-000000000000"


def with_odd_row(content: Any, rows: list[Any], form: str) -> Any:
    """Return the body with the odd row; `rows` is the list of its rows."""
    if form == "error_beside":
        return content | {"error": {"code": "800003", "description": "An unexpected service error occurred."}}
    if len(rows) > 1 and isinstance(rows[1], dict) and "processedDateTime" in rows[1]:
        rows[1:2] = _ODD[form](rows[1])
    return content


def _counted(count: Any) -> Callable[[Row], list[Any]]:
    def change(row: Row) -> list[Any]:
        active = "licenseActive" if "licenseActive" in row else "licensesActive"
        return [row | {active: count}]

    return change


def _with(**values: Any) -> Callable[[Row], list[Any]]:
    return lambda row: [row | values]


def _older(row: Row) -> list[Any]:
    day = date.fromisoformat(row["processedDateTime"][:10]) - timedelta(days=2)
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
    "invisible_code": lambda row: [row | {"workloadCode": f"{row['workloadCode']}\u200b"}],
    "no_id": _with(customerTenantId=_ZERO_ID),
    "no_row": lambda row: [row, None],
    "repeated_row": lambda row: [row, dict(row)],
}
