"""The lines of a file of sentences, one JSON object a line. Pure.

`{"id", "text", "after", "language"}`
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.errors import UsageBotError

LONGEST_LINE = 1_000_000  # bytes


class SentenceLineError(UsageBotError):
    """A line is not a sentence; the message names the line and the reason."""

    def __init__(self, number: int, problem: str) -> None:
        super().__init__(f"line {number}: {problem}")
        self.number = number


@dataclass(frozen=True, slots=True)
class SentenceLine:
    """One sentence of the file.

    `after` are the earlier sentences of the same person, `language` is a BCP 47 tag of their client: a hint.
    """

    id: str | int
    text: str
    after: tuple[str, ...]
    language: str


def sentence_lines(lines: Iterable[bytes]) -> Iterator[SentenceLine]:
    """Yield the sentences, one by one.

    Raises SentenceLineError at the first line that is not a sentence.
    """
    for number, line in enumerate(lines, start=1):
        yield _sentence(number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def _sentence(number: int, line: bytes) -> SentenceLine:
    found = _object(number, line)
    for key in ("id", "text", "after", "language"):
        if key not in found:
            raise SentenceLineError(number, f"“{key}” is missing.")
    identity, text, after, language = found["id"], found["text"], found["after"], found["language"]
    if not isinstance(identity, str | int) or isinstance(identity, bool):
        raise SentenceLineError(number, "“id” is neither a string nor a whole number.")
    if not isinstance(text, str):
        raise SentenceLineError(number, "“text” is not a string.")
    if not isinstance(after, list) or not all(isinstance(each, str) for each in after):
        raise SentenceLineError(number, "“after” is not a list of strings.")
    if not isinstance(language, str):
        raise SentenceLineError(number, "“language” is not a string.")
    return SentenceLine(identity, text, tuple(after), language)


def _object(number: int, line: bytes) -> dict[str, object]:
    if len(line) > LONGEST_LINE:
        raise SentenceLineError(number, f"it is longer than {LONGEST_LINE} bytes.")
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise SentenceLineError(number, f"it is not UTF-8 at byte {error.start}.") from error
    except json.JSONDecodeError as error:
        raise SentenceLineError(number, f"it is not JSON at character {error.pos}: {error.msg}.") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, thousands of brackets
        raise SentenceLineError(number, "it is JSON that is too large to read.") from error
    if not isinstance(found, dict):
        raise SentenceLineError(number, "it is not a JSON object.")
    return found
