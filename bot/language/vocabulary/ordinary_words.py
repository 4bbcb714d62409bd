"""Common words of a language that are no names.

They may be kept of a sentence that was not understood. Pure; reads its own packaged files: `<language>/proper.txt` has
the words of `real.txt` that are also names of people, places or companies. A language without `real.txt` has no words
here.
"""

from functools import cache
from importlib import resources

from bot.language.vocabulary.vocabulary import Vocabulary

_ROOM = "bot.language.vocabulary"
_PROPER = "proper.txt"


@cache
def ordinary_words(language: str) -> frozenset[str]:
    """Return the common words of `language`, without those that are names too.

    Raises FileNotFoundError if there is no such language.
    """
    path = resources.files(_ROOM) / language / _PROPER
    proper = path.read_text(encoding="utf-8").split() if path.is_file() else ()
    return Vocabulary.load(language).real.difference(proper)
