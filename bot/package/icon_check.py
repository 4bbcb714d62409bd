"""Check that an image is what Teams accepts as an app icon. Pure.

https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
"""

import struct

from bot.errors import PackageError

COLOR_SIDE = 192
OUTLINE_SIDE = 32

# The signature and the header of the first chunk: https://www.w3.org/TR/png-3/#5DataRep
_HEAD = struct.Struct(">8sI4sII")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def check_icon(name: str, data: bytes, side: int) -> None:
    """Raise PackageError unless `data` begins as a PNG of `side` by `side` pixels."""
    if len(data) < _HEAD.size:
        raise PackageError(f"{name} is not a PNG image.")
    signature, _, chunk, width, height = _HEAD.unpack_from(data)
    if signature != _SIGNATURE or chunk != b"IHDR":
        raise PackageError(f"{name} is not a PNG image.")
    if (width, height) != (side, side):
        raise PackageError(f"{name} has {width} by {height} pixels; Teams wants {side} by {side}.")
