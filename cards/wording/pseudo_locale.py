"""The pseudo-locale qps-ploc: English with accents, 40 % longer, in brackets.

Pure. A text on a card without brackets is not from the locale. A layout that has room for these texts has room for
German.
https://learn.microsoft.com/en-us/globalization/methodology/pseudolocalization
"""

import re
from collections.abc import Mapping

LOCALE = "qps-ploc"
OPEN, CLOSE = "⟦", "⟧"
LONGER = 0.4

_ACCENTS = str.maketrans("AEIOUYaeiouyCcNnSsTtDdLl", "ÅÉÎÖÛÝàéîöûýÇçÑñŠšŤťĎďĽľ")
_BLANK = re.compile(r"(\{[a-z_]+\})")


def translate(texts: Mapping[str, str | Mapping[str, str]]) -> dict[str, str | Mapping[str, str]]:
    """Return the pseudo-translation of a whole locale."""
    return {
        key: pseudo(text) if isinstance(text, str) else {form: pseudo(each) for form, each in text.items()}
        for key, text in texts.items()
    }


def pseudo(text: str) -> str:
    """Return `text` with accents, padded and in brackets.

    Its placeholders are unchanged.
    """
    parts = _BLANK.split(text)
    accented = "".join(part if _BLANK.fullmatch(part) else part.translate(_ACCENTS) for part in parts)
    words = sum(len(part) for part in parts if not _BLANK.fullmatch(part))
    padding = " ··" * max(1, round(words * LONGER / 3))
    return f"{OPEN}{accented}{padding}{CLOSE}"
