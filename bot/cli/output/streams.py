"""What is written to a terminal, a file or a pipe, whatever it can take. Knows the standard streams only.

Loaded by every command, so it imports nothing that is slow.
"""

import io
import json
import os
import sys
import unicodedata

# What a program could drive a terminal with, turn the rest of a line around with, or hide.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """`text` on one line and of the same length: white space is a blank, what could drive the terminal a U+FFFD."""
    return "".join(map(_printable, text))


def as_line(value: object) -> str:
    """`value` as one line of JSON in ASCII: any stream can carry it, and no name in it can drive a terminal."""
    return json.dumps(value, ensure_ascii=True)


def forgive() -> None:
    """A terminal that cannot show a letter shows `?` for it, instead of ending the command (LANG=C, code pages)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def abandon() -> None:
    """Nobody reads our output any more: what is still in its buffer must not fail once more when Python ends."""
    # https://docs.python.org/3/library/signal.html#note-on-sigpipe
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def finish() -> None:
    """Write what is still in the buffer while a failure can be told. Raises OSError."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _printable(character: str) -> str:
    if " " <= character <= "~":
        return character
    if character.isspace():
        return " "
    return _REPLACEMENT if unicodedata.category(character) in _UNPRINTABLE else character
