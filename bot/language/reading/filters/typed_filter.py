"""Read a filter in the API's own language as people type it. Pure.

Phones replace straight quotes, so other quotes are accepted too.
"""

from bot.query.filters.expression import Expression
from bot.query.filters.filter_parser import parse_filter

_SINGLE = "‘’‚`´"
_DOUBLE = '"“”„‟«»＂'
_STRAY = " ?!.,;…"
_AFTER_VALUE = " )"


def typed_filter(text: str) -> Expression:
    """Return the filter that a person typed. Raises FilterError."""
    return parse_filter(straight_quotes(text.rstrip(_STRAY)))


def straight_quotes(text: str) -> str:
    """Return `text` with each value in straight single quotes."""
    made: list[str] = []
    at = 0
    while at < len(text):
        end = _value_end(text, at)
        if end is None:
            made.append(text[at])
            at += 1
            continue
        value = text[at + 1 : end]
        # In a value with straight quotes they are doubled already. In other quotes they are ordinary characters.
        made.append(f"'{value}'" if text[at] == "'" else "'" + value.replace("'", "''") + "'")
        at = end + 1
    return "".join(made)


def _value_end(text: str, at: int) -> int | None:
    """Return the end of the value that a quote at `at` opens.

    None if no value begins there.
    """
    opener = text[at]
    if opener == "'":
        return _straight_end(text, at)
    if opener in _DOUBLE:
        return next((index for index in range(at + 1, len(text)) if text[index] in _DOUBLE), None)
    if opener in _SINGLE:
        return _loose_end(text, at, _SINGLE + "'")
    return None


def _straight_end(text: str, at: int) -> int | None:
    index = at + 1
    while index < len(text):
        if text[index] == "'":
            if text[index + 1 : index + 2] != "'":
                return index
            index += 1
        index += 1
    return _loose_end(text, at, _SINGLE)


def _loose_end(text: str, at: int, closers: str) -> int | None:
    """Return the closing quote that cannot be an apostrophe.

    The value does not continue after it.
    """
    ends = (index for index in range(at + 1, len(text)) if text[index] in closers)
    return next((index for index in ends if index + 1 == len(text) or text[index + 1] in _AFTER_VALUE), None)
