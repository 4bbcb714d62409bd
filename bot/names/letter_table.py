"""Which letters, marks and signs count as one when names are compared. Pure.

Unicode decomposes é into e and an accent, but not ø, ł, đ, ı or þ: their strokes and hooks are parts of the letter
(https://www.unicode.org/charts/collation/ sorts them beside the plain one all the same). The table of such letters is
made from their Unicode names, LATIN SMALL LETTER O WITH STROKE; letters without such a name are listed here.
An own table, and no library: anyascii and Unidecode transliterate every script, and ICU needs its C library.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

# No part of a name: people leave them out, and registers write them as they like.
SIGNS = dict.fromkeys(map(ord, "™®©℠℗"))

# Characters that no reader sees: formatting (category Cf), fillers, variation selectors. Most come with a paste.
IGNORED = re.compile(
    "["
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ufffd"  # a terminal prints it for each of the others
    "\u0640"  # the tatweel, which only makes an Arabic word longer
    "]"
)

# Accents of Latin, Greek and Cyrillic letters, and vowel points of Hebrew and Arabic, which people rarely type.
ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
# Marks of other scripts are letters to their readers (the vowels of Hindi and Thai, the voiced kana), but not to `\w`.
VOWELS = "\u0900-\u0963\u0971-\u0df3\u0e31-\u0e4e\u0eb1-\u0ece\u0f18-\u0f84\u102b-\u109d\u1712-\u17d3\u3099\u309a"

_LISTED = {
    "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŋ": "ng", "ĸ": "k", "ə": "e", "ǝ": "e", "ɛ": "e",
    "ɔ": "o", "ĳ": "ij", "ʻ": "", "ʾ": "", "ʿ": "",
    "ς": "σ",
    "ґ": "г", "ұ": "ү",
    # Arabic letters that Persian and Urdu keyboards have at other code points, and those that are typed for each other.
    "ى": "ی", "ي": "ی", "ے": "ی", "ې": "ی", "ۍ": "ی", "ك": "ک", "ڪ": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه",
    "ۃ": "ه", "ھ": "ه", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ٵ": "ا", "ء": "",
}  # fmt: skip
_BLOCKS = ((0x00C0, 0x02AF), (0x0490, 0x052F), (0x1D00, 0x1EFF), (0x2C60, 0x2C7F), (0xA720, 0xA7FF), (0xAB30, 0xAB6F))
_VARIANT = re.compile(r"(LATIN|CYRILLIC) SMALL LETTER ([A-Z]|EN|GHE|KA|HA|CHE|PE|ER|ES|TE|EF|EL|EM|ZE|ZHE|DE) WITH .+")
_ZEROS = "\u0660\u06f0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0e50\u0ed0\u0f20\u1040\u17e0"


def _variants() -> Iterator[tuple[int, str]]:
    for first, last in _BLOCKS:
        for point in range(first, last + 1):
            if found := _VARIANT.fullmatch(unicodedata.name(chr(point), "")):
                yield point, unicodedata.lookup(f"{found[1]} SMALL LETTER {found[2]}")


def _digits() -> Iterator[tuple[int, str]]:
    for zero in map(ord, _ZEROS):
        for digit in range(10):
            yield zero + digit, str(digit)


@cache
def letters() -> dict[int, str]:
    """Return the plain form of a letter or digit, by code point.

    It is made for the first name that is not ASCII: that takes milliseconds, and most commands start without one.
    """
    return {
        **dict(_variants()),
        **dict(_digits()),
        **{ord(letter): plain for letter, plain in _LISTED.items()},
    }
