"""A payload in few bytes: one text, in place of a JSON object. Pure.

A list has 20 rows, and each is a button with the whole question in it. The JSON is compressed with a dictionary of what
such payloads say, and a tenant id is 22 letters instead of 36.

The dictionary belongs to the version of the payload: another one would read other questions out of the cards that are
posted. So it is never changed. A new one takes a new version, and the old one stays until no such card is left.
"""

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

# What is said most often is at the end, because what is near takes fewer bits.
DICTIONARY = (
    b'{"command":{"verb":"export","form":"csv","question":{"verb":"new_digest","filter":"contains(","without":[{"cla'
    b'use":"for","amounts":[{"measure":"unused","atLeast":1,"atMost":0}],"share":{"above":1.0}"share":{"atMost":0.0}"s'
    b'hare":{"below":0.5}"order":{"top":20,"measure":"active"}"order":{"bottom":100000}"versus":{"day":"2026-"versus"'
    b':{"daysAgo":30,"only":"dropped"}"period":{"first":"2027-","last":"2026-"asOf":"2026-"via":[{"name":"CSP","in":'
    b'[{"name":"Microsoft 365 E5 Business Premium Office 365 E3 Copilot","by":["channel","service","product","workload'
    b'","customer"]"on":[{"name":"Dynamics 365","id":"SharePoint","id":"OneDrive","id":"Teams","id":"EXCHANGE"}],"for"'
    b':[{"name":" Ltd Inc GmbH B.V. Kft. Company","id":"~"}]}{"command":{"verb":"usage","v":1,"for":[{"name":","id":"~'
    b'"}],"on":[{"name":"Exchange","id":"EXCHANGE"}],"by":["customer"]},"shape":true,"view":true,"rows":20,"replace":t'
    b'rue,"from":20,"rows":40,"up":{"command":{"verb":"usage","v":1,"on":[{"name":"Exchange"}]},"row":","rows":20}'
)
RAW = -zlib.MAX_WBITS  # without a head and a checksum, which would be a third of the text
LONGEST = 8_000  # letters
MOST = 20_000  # characters of the JSON
_MARK = "~"  # before an id in 22 letters; doubled where a text begins with it
_GUID = re.compile(r'"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"')
_SHORT = re.compile(r'"~([A-Za-z0-9_-]{22})"')
_LETTERS = re.compile(r"[A-Za-z0-9_-]+")


def squeezed(payload: Mapping[str, Any]) -> str:
    """Return `payload` as one text. `opened` of it is the payload."""
    text = json.dumps(payload, separators=(",", ":")).replace(f'"{_MARK}', f'"{_MARK}{_MARK}')
    text = _GUID.sub(lambda found: f'"{_MARK}{_letters(UUID(found[1]).bytes)}"', text)
    # The fixed code suits a text of less than a hundred bytes: a code of its own would have to be sent along.
    packer = zlib.compressobj(9, zlib.DEFLATED, RAW, 9, zlib.Z_FIXED, DICTIONARY)
    return _letters(packer.compress(text.encode("ascii")) + packer.flush())


def opened(text: object) -> dict[str, Any] | None:
    """Return the payload in `text`, None for anything that `squeezed` did not make.

    Never raises.
    """
    if not isinstance(text, str) or len(text) > LONGEST or not _LETTERS.fullmatch(text):
        return None
    try:
        unpacker = zlib.decompressobj(RAW, DICTIONARY)
        found = unpacker.decompress(_bytes(text), MOST)
        if not unpacker.eof or unpacker.unused_data:
            return None
        long = _SHORT.sub(lambda each: f'"{UUID(bytes=_bytes(each[1]))}"', found.decode("ascii"))
        payload = json.loads(long.replace(f'"{_MARK}{_MARK}', f'"{_MARK}'))
    except (RecursionError, ValueError, zlib.error):
        return None
    return payload if isinstance(payload, dict) else None


def _letters(data: bytes) -> str:
    return urlsafe_b64encode(data).decode("ascii").rstrip("=")


def _bytes(letters: str) -> bytes:
    return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
