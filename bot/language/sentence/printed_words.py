"""The words of which a command is printed as a sentence.

Pure; reads its own packaged file. `bot.language.vocabulary` has them too: what is printed is read.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from bot.domain.licensing import Dimension

AND = "and"
_FILE = "printed_words.json"


class PrintedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The printed words.

    `words`: by the role of a verb or a clause. `forms`: the kinds of files. `digests`: what actions on digests say
    beside their verb. `figures`: the forms of conditions and days, with their placeholders.
    """

    words: Mapping[str, str]
    forms: Mapping[str, str]
    dimensions: Mapping[Dimension, str]
    digests: Mapping[str, str]
    figures: Mapping[str, str]

    @classmethod
    def load(cls) -> "PrintedWords":
        """Return the words of the packaged file, which is read once."""
        return _load()


@cache
def _load() -> PrintedWords:
    return msgspec.json.decode((resources.files(__package__) / _FILE).read_bytes(), type=PrintedWords)
