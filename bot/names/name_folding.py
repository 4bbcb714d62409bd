"""The normal forms in which names are compared. Pure."""

import re
import unicodedata
from dataclasses import dataclass

_GAP = re.compile(r"[^\w]+")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")


def strict(text: str) -> str:
    """Fold compatibility forms and case, collapse blanks, drop invisible characters.

    Two names are the same if this form of both is equal.
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(c for c in folded if unicodedata.category(c) != "Cf").split())


def loose(text: str) -> str:
    """Return `strict` without accents and punctuation.

    `O'Brien & Sons, Inc.` becomes `obrien sons inc`. If only punctuation or symbols are left, `strict` is returned, so
    that 🚀 remains a name.
    """
    return _loosened(strict(text))


def _loosened(exact: str) -> str:
    folded = exact.translate(_APOSTROPHES)
    if not folded.isascii():
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return _GAP.sub(" ", folded).strip() or exact


@dataclass(frozen=True, slots=True)
class FoldedName:
    """A text in both forms.

    Folding costs more than a lookup, so it is done once for all dimensions.
    """

    text: str
    strict: str
    loose: str

    @classmethod
    def of(cls, text: str) -> "FoldedName":
        """Fold `text` into both forms."""
        exact = strict(text)
        return cls(text, exact, _loosened(exact))
