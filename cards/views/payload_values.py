"""What the values of a button's payload may be. Pure.

A payload is client-controlled: a value may be anything that JSON can say.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

# Characters of the command as JSON in ASCII. A card of 25,000 bytes has to hold two of them beside its text.
COMMAND_LIMIT = 4_000
ROWS_LIMIT = 10_000_000
TEXT_LIMIT = 2_000
NAME_LIMIT = 500
ROW = re.compile(r"[A-Za-z0-9_-]{8,24}")


def is_count(rows: object) -> bool:
    """Return True for a number of rows."""
    return type(rows) is int and 0 < rows <= ROWS_LIMIT


def is_row(mark: object) -> bool:
    """Return True for the mark of a row."""
    return isinstance(mark, str) and ROW.fullmatch(mark) is not None


def is_start(start: object, rows: int) -> bool:
    """Return True for the position of a row among `rows`."""
    return type(start) is int and 0 <= start < rows


def fits(command: Mapping[Any, Any]) -> bool:
    """Return True for JSON that a card has room for."""
    try:
        text = json.dumps(command, allow_nan=False, ensure_ascii=False)
        return len(text) <= COMMAND_LIMIT and is_unicode(text) and len(json.dumps(command)) <= COMMAND_LIMIT
    except (RecursionError, TypeError, ValueError):
        return False


def is_unicode(text: str) -> bool:
    """Return False for an unpaired surrogate.

    JSON can contain one, but no encoder accepts it.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
