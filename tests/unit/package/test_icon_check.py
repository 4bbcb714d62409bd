"""Tests of the committed icons, pixel by pixel, and of files that are not icons."""

import struct
import zlib

import pytest

from bot.errors import PackageError
from bot.package.icon_check import COLOR_SIDE, OUTLINE_SIDE, check_icon
from bot.package.manifest_files import read

DECLARED = read()


def pixels(data):
    """Return the pixels of an 8-bit RGB or RGBA image, row after row.

    https://www.w3.org/TR/png-3/#9Filters
    """
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    samples = {2: 3, 6: 4}[kind]
    assert depth == 8
    packed, at = b"", 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        chunk = data[at + 4 : at + 8 + length]
        assert zlib.crc32(chunk) == struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0]
        packed += chunk[4:] if chunk[:4] == b"IDAT" else b""
        at += length + 12
    raw, stride = zlib.decompress(packed), width * samples + 1
    rows = [raw[start : start + stride] for start in range(0, len(raw), stride)]
    assert len(rows) == height
    assert {row[0] for row in rows} == {0}, "save the icon without row filters, so that this test can read it"
    return [tuple(row[i : i + samples]) for row in rows for i in range(1, stride, samples)]


def test_the_color_icon_is_opaque_and_fills_its_square():
    check_icon("color.png", DECLARED.color, COLOR_SIDE)
    shown = pixels(DECLARED.color)
    assert {len(pixel) for pixel in shown} == {3}
    background = tuple(bytes.fromhex(DECLARED.manifest["accentColor"].removeprefix("#")))
    assert {shown[0], shown[191], shown[-192], shown[-1]} == {background}
    assert len(set(shown)) > 3


def test_the_outline_icon_is_white_on_transparent():
    check_icon("outline.png", DECLARED.outline, OUTLINE_SIDE)
    shown = pixels(DECLARED.outline)
    assert {pixel[:3] for pixel in shown} == {(255, 255, 255)}
    alphas = [pixel[3] for pixel in shown]
    assert {alphas[0], alphas[31], alphas[-32], alphas[-1]} == {0}
    assert 255 in alphas


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a PNG"),
        (b"\x89PNG\r\n\x1a\n", "not a PNG"),
        (b"GIF89a" + b"\0" * 40, "not a PNG"),
        (DECLARED.color[:12] + b"IDAT" + DECLARED.color[16:], "not a PNG"),
        (DECLARED.outline, "32 by 32 pixels; Teams wants 192 by 192"),
    ],
)
def test_file_is_refused_by_name_when_it_is_not_an_icon(data, said):
    with pytest.raises(PackageError, match=f"^color.png .*{said}"):
        check_icon("color.png", data, COLOR_SIDE)
