"""One row of an answer -> a row of the report, value by value. Pure.

It is for pages that do not fit the row's type. A count that is no count, or a value of another type, is left out of its
row: the other rows of the page, and the other values of the row, are as good as before.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.licensing import COUNT_LIMIT, UsageRow
from bot.partner_center.protocol.row_shape import RowShape

_COUNTS = frozenset({"qualified", "licenses_active", "license_active"})
# 12 and 12.0, as Microsoft's samples have them, also in quotes. "1,234" has two meanings.
_WHOLE = re.compile(r"\+?(\d{1,15})(?:\.0+)?", re.ASCII)


def read_row(found: Any, shape: RowShape) -> UsageRow | None:
    """Return the row; None if it is not an object, or has no field of the report.

    Keys are read in any case. A row whose counts cannot be used has None in their place.
    """
    if not isinstance(found, Mapping):
        return None
    values: dict[str, Any] = {}
    odd: set[str] = set()
    for key, value in found.items():
        name = shape.keys.get(str(key).strip().casefold())
        if name is None or value is None:
            continue
        values[name] = read_count(value) if name in _COUNTS else _day(value) if name == "processed" else _text(value)
        if values[name] is None:
            odd.add(name)
    if "licenses_active" in odd:  # the other spelling does not replace a value that was sent and is wrong
        values["license_active"] = None
    row = shape.row_type(**values)
    return row if row != shape.blank or odd else None


def read_count(value: Any) -> int | None:
    """Return a number of licenses, however it is written.

    None if it is not a whole number within the limits.
    """
    if isinstance(value, str):
        found = _WHOLE.fullmatch(value.strip())
        value = int(found[1]) if found else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= COUNT_LIMIT:
        return None
    return int(value) if value == int(value) else None


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        # Half of a surrogate pair cannot be sent on as UTF-8.
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _day(value: Any) -> str:
    """Return the text of a day. A value of another type is no day, and must not look as if it was missing."""
    return value if isinstance(value, str) else f"not a text: {str(value)[:40]}"
