"""The normal forms in which names are compared. Pure.

`strict` decides whether two names are the same, `loose` whether one is a spelling of the other. Both keep different
names different: neither transliterates a script, as libraries that make ASCII of any text do (two Chinese names with
one reading would be one customer).
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.guid import SHORTEST_PASTED, pasted_guid
from bot.names.entry_label import LABEL_END, EntryLabel, read_label
from bot.names.letter_table import ACCENTS, IGNORED, SIGNS, VOWELS, letters

_ASCII_GAP = re.compile(r"[^\w]+")
_GAP = re.compile(rf"[^\w{VOWELS}]+")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
_DIGIT = re.compile(r"\d")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});")
# "(TM)" and "(R)", as a keyboard without the signs has them.
_TYPED_SIGN = re.compile(r"\((?:tm|sm|r|c|p)\)")


def strict(text: str) -> str:
    """Fold compatibility forms, case and HTML entities, collapse blanks.

    Invisible characters and trademark signs are dropped. Two names are the same if this form of both is equal.
    """
    if text.isascii() and "&" not in text:
        return " ".join(text.casefold().split())
    return " ".join(_without_entities(_folded(text)).split())


def visible(text: str | None) -> str:
    """Return `text` without invisible characters and blanks around it; "" for None."""
    if not text:
        return ""
    return (text if text.isascii() else IGNORED.sub("", text)).strip()


def loose(text: str) -> str:
    """Return `strict` without accents, punctuation and variants of letters.

    `O'Brien & Sons, Inc.` becomes `obrien sons inc`, and `Łódź` becomes `lodz`. If only punctuation or symbols are
    left, `strict` is returned, so that 🚀 remains a name.
    """
    return loosened(strict(text))


def _folded(text: str) -> str:
    if text.isascii():
        return text.casefold()
    seen = unicodedata.normalize("NFKD", IGNORED.sub("", text.translate(SIGNS))).casefold()
    # Again, because a ligature may hold such a character; then marks may be out of their canonical order.
    return unicodedata.normalize("NFKD", IGNORED.sub("", seen))


def _without_entities(text: str) -> str:
    """Decode entities until there are none: a list of customers may have been exported twice."""
    while _ENTITY.search(text):
        decoded = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
        if decoded == text:
            break
        text = _folded(decoded)
    return text


def loosened(exact: str) -> str:
    """Return `loose` of a text of which `exact` is the `strict` form."""
    folded = exact.translate(_APOSTROPHES)
    ascii_only = folded.isascii()
    if not ascii_only:
        folded = ACCENTS.sub("", folded).translate(letters())
    if "(" in folded:
        folded = _TYPED_SIGN.sub(" ", folded)
    # The small set of characters is faster, and nearly every name is ASCII.
    return (_ASCII_GAP if ascii_only else _GAP).sub(" ", folded).strip() or exact


def forms(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return the `loose` and the `strict` form of each text, for a list of names."""
    return [(loosened(exact), exact) for exact in map(strict, texts)]


@dataclass(frozen=True, slots=True)
class FoldedName:
    """A text in both forms.

    `id` is the text as an id may be compared: the GUID if it is one (`is_guid`), in any form that people paste. `label`
    has the parts of `Name (detail)`. Folding costs more than a lookup, so it is done once for all dimensions.
    """

    text: str
    strict: str
    loose: str
    id: str
    is_guid: bool = False
    label: EntryLabel | None = None

    @classmethod
    def of(cls, text: str) -> "FoldedName":
        """Fold `text` into both forms."""
        exact = strict(text)
        # A name without a digit is no id; most spans of a sentence have none.
        may_be_pasted = exact[:1] == "{" or (len(text) >= SHORTEST_PASTED and _DIGIT.search(text) is not None)
        guid = pasted_guid(text) if may_be_pasted else None
        id_ = guid or exact.strip("{}") if may_be_pasted else exact
        label = read_label(text) if LABEL_END.search(text) else None
        return cls(text, exact, loosened(exact), id_, guid is not None, label)
