"""A zip archive whose bytes depend on nothing but its files. Pure."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

# The oldest time the format can hold: the clock must not show in the bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE = 0o100644 << 16


def archive(files: Mapping[str, bytes]) -> bytes:
    """The files by name, in that order, all at the top, as Teams wants them.

    Stored, not deflated: zlib's builds do not agree on the compressed bytes, and the icons are compressed anyway.
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as opened:
        for name, data in files.items():
            entry = ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            opened.writestr(entry, data)
    return buffer.getvalue()
