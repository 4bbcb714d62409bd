"""Bytes -> data, for bodies that are almost JSON. Pure.

It accepts what some services send and the standard forbids: another encoding than UTF-8, NaN and Infinity (read as
None), control characters and single surrogates inside texts. https://www.rfc-editor.org/rfc/rfc8259
"""

import codecs
import json
from typing import Any

import msgspec

# Longer whole numbers are no counts, and converting them is slow.
_DIGITS = 20


def unmarked(body: bytes | bytearray) -> memoryview:
    """Return the body without the byte order marks before it."""
    start = 0
    while body.startswith(codecs.BOM_UTF8, start):
        start += len(codecs.BOM_UTF8)
    return memoryview(body)[start:]


def decode_leniently(content: bytes, charset: str | None) -> Any:
    """Return the data.

    Of a member that occurs twice, the last one counts, as in every JSON reader.

    `charset` is used if the body is not in a Unicode encoding; bytes that have no meaning in it are replaced.
    Raises ValueError (also as json.JSONDecodeError) and RecursionError when the content is not data.
    """
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(_text(content, charset), strict=False, parse_int=_whole, parse_constant=lambda _: None)


def _text(content: bytes, charset: str | None) -> str:
    encoding = json.detect_encoding(content)  # UTF-8, 16 or 32, by the zeros among the first bytes
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        pass
    try:
        return content.decode(charset or encoding, "replace")
    except LookupError:  # no such charset
        return content.decode(encoding, "replace")


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS else None
