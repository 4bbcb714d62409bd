"""How names compare. Pure."""

import re
import unicodedata
from dataclasses import dataclass

_GAP = re.compile(r"[^\w]+")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")


def strict(text: str) -> str:
    """Compatibility forms and case folded, blanks single, nothing invisible: what makes two names the same."""
    if text.isascii():
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(c for c in folded if unicodedata.category(c) != "Cf").split())


def loose(text: str) -> str:
    """`strict` without accents and punctuation: `O'Brien & Sons, Inc.` is `obrien sons inc`.

    Where nothing but punctuation or symbols is left, `strict` itself, so that 🚀 stays the name it is.
    """
    return _loosened(strict(text))


def _loosened(exact: str) -> str:
    folded = exact.translate(_APOSTROPHES)
    if not folded.isascii():
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    return _GAP.sub(" ", folded).strip() or exact


@dataclass(frozen=True, slots=True)
class FoldedName:
    """A text in both forms: folding costs more than looking up, so it is done once for all shelves."""

    text: str
    strict: str
    loose: str

    @classmethod
    def of(cls, text: str) -> "FoldedName":
        """Both forms of `text`."""
        exact = strict(text)
        return cls(text, exact, _loosened(exact))
