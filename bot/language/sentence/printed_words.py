"""The words and forms in which a command is printed as a sentence of one language.

Pure; reads its own packaged files, one of each language that sentences are printed in. `bot.language.vocabulary` has
the words too: what is printed is read.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec

from bot.commands.command import Clause
from bot.domain.licensing import Dimension

_ROOM = "printed"


class PrintedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words and forms of one language; a form is a text with placeholders.

    `words`: by the role of a verb. `sentences`: of verbs with something behind them. `clauses` and `excluded`: the
    parts of a question, and what it leaves out. `figures`: numbers of licenses and what changed. `digests`: which ones,
    and what is done with them. `conditions`: what must hold, or a digest is not posted. `kinds`: questions that are
    not about the figures of one day, and what only they say. `seats`: what begins a question about sold licenses.
    `files`: the kinds of files.
    `numbers`: how a percentage is written. `lists`: how the last of several is joined, and a person's own list.
    `examples`: sentences of the help that are typed otherwise than they would be printed, by the key of their
    description.

    A language may leave out what it cannot say so that it is read back. Then a whole sentence is in English.
    """

    words: Mapping[str, str]
    sentences: Mapping[str, str]
    clauses: Mapping[str, str]
    excluded: Mapping[Clause, str]
    dimensions: Mapping[Dimension, str]
    figures: Mapping[str, str]
    seats: Mapping[str, str]
    digests: Mapping[str, str]
    conditions: Mapping[str, str]
    kinds: Mapping[str, str]
    files: Mapping[str, str]
    numbers: Mapping[str, str]
    lists: Mapping[str, str]
    examples: Mapping[str, str] = {}

    @classmethod
    def load(cls, language: str) -> "PrintedWords":
        """Return the words of `language`, whose file is read once.

        Raises FileNotFoundError if there is none.
        """
        return _load(language)


@cache
def _load(language: str) -> PrintedWords:
    file = resources.files(__package__).joinpath(_ROOM, f"{language}.json")
    return msgspec.json.decode(file.read_bytes(), type=PrintedWords)


@cache
def printed_languages() -> frozenset[str]:
    """Return the codes of the languages that sentences are printed in."""
    files = resources.files(__package__).joinpath(_ROOM).iterdir()
    return frozenset(file.name.removesuffix(".json") for file in files if file.name.endswith(".json"))
