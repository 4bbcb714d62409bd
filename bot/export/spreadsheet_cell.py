"""A value as a cell that neither a spreadsheet nor a terminal runs. Pure."""

import re

# The beginnings of what a spreadsheet reads as a formula, also in full width, which some convert.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Control characters except tabs and line breaks, and those that reverse the text after them. Cells that are printed
# could control a terminal, a NUL ends a cell in some readers, and XML and UTF-8 have no halves of a pair.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def harmless(value: object) -> object:
    """Return `value`, with an apostrophe in front if it could be read as a formula.

    Blanks before it do not matter: a spreadsheet may remove them. Control characters become U+FFFD. Numbers stay
    numbers.
    """
    if not isinstance(value, str):
        return value
    text = _CONTROLS.sub("\ufffd", value)
    return f"'{text}" if text.startswith(FORMULAS) or text.lstrip().startswith(FORMULAS) else text
