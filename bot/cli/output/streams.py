"""Write to a terminal, a file or a pipe, whatever characters it accepts.

Uses the standard streams only. Every command loads this module, so it imports nothing that is slow.
"""

import io
import json
import os
import sys
import unicodedata
from typing import BinaryIO

# Characters that can control a terminal, reverse the rest of a line, or hide text.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """Return `text` on one line and of the same length.

    White space becomes a blank, and a character that could control the terminal becomes U+FFFD.
    """
    return "".join(map(_printable, text))


def as_line(value: object) -> str:
    """Return `value` as one line of JSON in ASCII.

    Any stream can carry it, and no name in it can control a terminal.
    """
    return json.dumps(value, ensure_ascii=True)


def write_csv(text: str) -> None:
    """Write `text` in UTF-8 with the line ends it has, on any terminal and system."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    else:
        sys.stdout.write(text)


def protocol_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return standard input and output for messages of a program.

    From now on, whatever else is printed goes to stderr. The input has a reader of its own: a thread that waits for a
    line holds the lock of its reader, and Python closes the usual reader when it ends.
    """
    incoming = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    outgoing = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return incoming, outgoing


def replace_unencodable() -> None:
    """Print `?` for a letter that a stream cannot encode, instead of failing.

    That happens with LANG=C and code pages.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def discard_output() -> None:
    """Discard what is buffered: the reader of our output has exited.

    Otherwise Python would fail once more when it ends.
    """
    # https://docs.python.org/3/library/signal.html#note-on-sigpipe
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def flush_output() -> None:
    """Write what is buffered while a failure can still be reported. Raises OSError."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _printable(character: str) -> str:
    if " " <= character <= "~":
        return character
    if character.isspace():
        return " "
    return _REPLACEMENT if unicodedata.category(character) in _UNPRINTABLE else character
