"""`explain --lines`: print the meaning of each sentence of a file as JSON."""

import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from bot.cli.explanation.explanation import Explanation, as_fields
from bot.cli.explanation.sentence_lines import LONGEST_LINE, SentenceLine, SentenceLineError, sentence_lines
from bot.cli.output.exit_codes import ANSWERED, NOT_UNDERSTOOD
from bot.cli.output.streams import as_line, printable
from cards.wording.locale_words import SOURCE, LocaleWords

STDIN = "-"
Explain = Callable[[SentenceLine, LocaleWords], Explanation]


def open_lines(name: str) -> BinaryIO:
    """Open the file of sentences, `-` for standard input.

    Raises OSError, and ValueError if no file can have that name.
    """
    if name != STDIN:
        return Path(name).open("rb")
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return sys.stdin.buffer


def explain_lines(file: BinaryIO, explain: Explain) -> int:
    """Print a line for each sentence.

    Returns exit code 2 at the first line that is not a sentence. Raises OSError.
    """
    words = cache(_words)
    words(SOURCE)  # loaded now, not while the first line is explained
    try:
        for sentence in sentence_lines(_lines(file)):
            print(as_line(as_fields(sentence.id, explain(sentence, words(sentence.language)))))
    except SentenceLineError as error:
        print(f"usagebot: {printable(str(error))}", file=sys.stderr)
        return NOT_UNDERSTOOD
    return ANSWERED


def _words(locale: str) -> LocaleWords:
    """Return the words of `locale`, after loading Babel's data of lists, which takes a tenth of a second."""
    words = LocaleWords.load(locale)
    words.one_of(("", ""))
    return words


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield line by line; of one that is too long only enough to detect that."""
    while line := file.readline(LONGEST_LINE + 2):
        yield line.removesuffix(b"\n")
