"""The language of a web page, by what its browser accepts.

Pure. https://httpwg.org/specs/rfc9110.html#field.accept-language
"""

from cards.wording.language_tag import language_of
from cards.wording.locale_words import SOURCE, available

LONGEST = 200  # characters that are parsed


def accepted_locale(header: str) -> str:
    """Return the first accepted language that has texts, else English.

    Browsers list the preferred language first. What is refused with `q=0` is left out.
    """
    parts = [part.partition(";") for part in header[:LONGEST].split(",")]
    tags = [tag.strip() for tag, _, weight in parts if weight.replace(" ", "") not in _REFUSED]
    return next((tag for tag in tags if language_of(tag) in available()), SOURCE)


_REFUSED = frozenset({"q=0", "q=0.0", "q=0.00", "q=0.000"})
