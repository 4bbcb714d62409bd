"""How ids, codes and names are compared. Pure.

A service writes the same id with other letters' case, with blanks around it, or with invisible characters
(`EXO` and a zero-width space). A GUID of zeros is how .NET writes "no id": https://learn.microsoft.com/en-us/dotnet/api/system.guid.empty
"""

from bot.domain.guid import guid_of

# Around a GUID: .NET's formats "B" and "P" write braces and parentheses, "N" writes no hyphens.
# https://learn.microsoft.com/en-us/dotnet/api/system.guid.tostring
_BRACKETS = "{}()"
_GUID_LENGTHS = frozenset({32, 34, 38})  # without hyphens, and with brackets; 36 is the usual form
_ZEROS = frozenset({"00000000", "{0000000", "(0000000"})  # how a GUID of zeros begins
_HEX_DIGITS = frozenset("0123456789abcdef")

# Characters without a shape that Unicode counts as letters or marks: fillers and variation selectors.
_SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0") | frozenset(
    map(chr, range(0xFE00, 0xFE10))
)


def folded_id(text: str | None) -> str:
    """Return an id or code for comparing.

    It is case-folded and has no blanks and invisible characters. A GUID has hyphens and no brackets around it.

    "" if there is none: None, blanks only, or a GUID of zeros.
    """
    if not text:
        return ""
    if not text.isascii() or not text.isprintable() or " " in text:
        text = _visible(text).replace(" ", "")
    if text[:8] in _ZEROS and is_zero(text):
        return ""
    folded = text.casefold()
    return _hyphenated(folded) if len(folded) in _GUID_LENGTHS else folded


def folded_name(text: str | None) -> str:
    """Return a name for comparing, "" if there is none.

    It is case-folded, blanks are one space, and there are no invisible characters.
    """
    if not text:
        return ""
    return " ".join(_visible(text).split()).casefold()


def is_shown(text: str | None) -> bool:
    """Return True if `text` has a visible character."""
    if not text:
        return False
    first = text[0]
    return (first.isascii() and first.isalnum()) or bool(folded_name(text))  # nearly every text begins so


def spelling_rank(text: str) -> tuple[bool, bool, str]:
    """Return a sort key for the spellings of one id or name.

    The best has the smallest. It chooses the same spelling whatever is read first: one without odd blanks and invisible
    characters, of these the first by code points. "" comes last.
    """
    return not text, " ".join(_visible(text).split()) != text, text


def is_zero(text: str) -> bool:
    """Return True if `text` is a GUID of zeros, with or without hyphens and brackets."""
    if text[:8] not in _ZEROS:
        return False
    digits = _bare(text)
    return len(digits) == 32 and not digits.strip("0")


def _hyphenated(text: str) -> str:
    """Return a GUID in its usual form, and any other text as it is."""
    digits = _bare(text)
    return guid_of(digits) if len(digits) == 32 and _HEX_DIGITS.issuperset(digits) else text


def _bare(text: str) -> str:
    return text.strip(_BRACKETS).replace("-", "")


def _visible(text: str) -> str:
    """Return `text` with every kind of blank as a space, without characters that have no shape."""
    if text.isascii() and text.isprintable():  # nearly every id and name
        return text
    spaced = "".join(" " if char.isspace() else char for char in text)
    return "".join(char for char in spaced if char.isprintable() and char not in _SHAPELESS)
