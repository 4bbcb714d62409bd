"""A zip archive whose bytes depend on its files only. Pure."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

# The oldest time that the format can hold: the bytes must not depend on the clock.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o100644 << 16


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of `files`, in their order.

    All are at the top level, as Teams requires. They are stored, not deflated: zlib's builds disagree on the compressed
    bytes, and the icons are compressed already.
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as opened:
        for name, data in files.items():
            entry = ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            opened.writestr(entry, data)
    return buffer.getvalue()
