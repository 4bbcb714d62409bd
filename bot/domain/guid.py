"""The pattern of GUIDs, as Microsoft's services and people write them. Pure.

It matches tenant ids, object ids and product ids.
"""

import re
from typing import NewType

# A GUID in its canonical form: lower case, hyphens, no braces.
Guid = NewType("Guid", str)

_DIGITS = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_GUID = re.compile(rf"({_DIGITS})|\{{({_DIGITS})\}}", re.ASCII | re.IGNORECASE)


def parse_guid(text: str) -> Guid | None:
    """Return `text` in canonical form; None if it is not a GUID.

    Upper and lower case are accepted, and braces around the whole, as Windows' tools print them. The other spellings
    that `uuid.UUID` accepts (no hyphens, `urn:uuid:`) are refused: no service used here writes them.
    """
    found = _GUID.fullmatch(text)
    return Guid((found[1] or found[2]).lower()) if found else None
