"""The pattern of GUIDs, as Microsoft's services and people write them. Pure.

It matches tenant ids, object ids and product ids.
"""

import re
from functools import cache
from typing import NewType

# A GUID in its canonical form: lower case, hyphens, no braces.
Guid = NewType("Guid", str)

# Of the canonical form, for patterns that ignore the letters' case.
GUID_PATTERN = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_GUID = re.compile(rf"({GUID_PATTERN})|\{{({GUID_PATTERN})\}}", re.ASCII | re.IGNORECASE)

# What people paste: an editor makes dashes of hyphens, a mail breaks lines, a table drops the hyphens, a log adds
# brackets. Invisible characters and every kind of blank may be between any two digits.
_BETWEEN = r"[\s\u00ad\u200b-\u200f\u2060\ufeff\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d_]*"
_AROUND = r"[\s(){}\[\]<>\"'«»“”„‘’`*.,;:!?/]*"
_HEX = re.compile(r"[^0-9a-f]+")
SHORTEST_PASTED = 32


def parse_guid(text: str) -> Guid | None:
    """Return `text` in canonical form; None if it is not a GUID.

    Upper and lower case are accepted, and braces around the whole, as Windows' tools print them. The other spellings
    that `uuid.UUID` accepts (no hyphens, `urn:uuid:`) are refused: no service used here writes them.
    """
    found = _GUID.fullmatch(text)
    return Guid((found[1] or found[2]).lower()) if found else None


def pasted_guid(text: str) -> Guid | None:
    """Return the GUID that a person pasted, in canonical form.

    None if `text` holds anything else.

    Unlike `parse_guid`, it accepts hyphens that are missing or were made dashes, blanks and line breaks inside,
    brackets and quotes around it, and digits of full width. For typed names only: services are read strictly.
    """
    if len(text) < SHORTEST_PASTED:
        return None
    if written := parse_guid(text):  # the usual case, and the fastest
        return written
    found = _pasted().fullmatch(text if text.isascii() else text.translate(_NARROW))
    return None if found is None else guid_of(_HEX.sub("", found[1].lower()))


def guid_of(digits: str) -> Guid:
    """Return the canonical form of 32 hexadecimal digits in lower case."""
    return Guid("-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])))


@cache
def _pasted() -> "re.Pattern[str]":
    """Return the pattern of a pasted GUID, made when it is needed first: that takes milliseconds."""
    return re.compile(
        rf"{_AROUND}(?:urn:uuid:)?((?:[0-9a-f]{_BETWEEN}){{31}}[0-9a-f]){_BETWEEN}{_AROUND}", re.IGNORECASE
    )


_NARROW = {ord(each) + 0xFEE0: each for each in "0123456789abcdefABCDEF(){}[]"}
