"""Spans of a sentence as typed: where a name is, and a number of words in a row. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.commands.command import Name
from bot.language.text.message_text import MessageText
from bot.language.text.tokenizer import Token, TokenKind, name_text

_STRAY = " ?!…:;,*_~`|/"
_NAMES = frozenset({"customer", "product", "service"})


@dataclass(frozen=True, slots=True)
class TextSpan:
    """`text` is at the 0-based offset `at` of what was typed; `taken_for` is a field of the meaning or a dimension."""

    text: str
    at: int
    taken_for: str


@dataclass(frozen=True, slots=True)
class NameRole:
    """A name of a command and the dimension it was taken for, None if no entry has that name."""

    name: Name
    taken_for: str | None


def tokens_of_name(name: Name, typed: MessageText, tokens: tuple[Token, ...]) -> range | None:
    """The tokens that are `name`, None if it was not typed in this text."""
    start = next((index for index, token in enumerate(tokens) if token.start == name.at), None)
    if start is None:
        return None
    if tokens[start].kind is TokenKind.QUOTED:
        return range(start, start + 1)
    for end in range(start + 1, len(tokens) + 1):
        if name_text(typed, tokens[start:end], last=False).startswith(name.text):
            return range(start, end)
    return None


def span_of(text: str, tokens: tuple[Token, ...], taken_for: str) -> TextSpan:
    """The span from the first of `tokens` to the last, without punctuation of the sentence around it."""
    start, end = tokens[0].start, tokens[-1].end
    said = text[start:end]
    if tokens[-1].kind is not TokenKind.QUOTED:
        said = said.rstrip(_STRAY)
        # A full stop may be the end of the sentence, or of an abbreviation such as "Inc.".
        said = said.removesuffix(".") if end == len(text.rstrip()) and taken_for not in _NAMES else said
    bare = said.lstrip(_STRAY)
    if not bare:
        return TextSpan(text[start:end], start, taken_for)
    return TextSpan(bare, start + len(said) - len(bare), taken_for)


def around(span: TextSpan, start: int, end: int) -> Iterator[TextSpan]:
    """What is left of `span` where the text from `start` to `end` is no part of it."""
    last = span.at + len(span.text)
    for first, stop in ((span.at, min(last, start)), (max(span.at, end), last)):
        left = span.text[first - span.at : max(first, stop) - span.at]
        if bare := left.strip():
            yield TextSpan(bare, first + len(left) - len(left.lstrip()), span.taken_for)


def in_order(spans: Iterable[TextSpan]) -> tuple[TextSpan, ...]:
    """The spans in the order of the text, each once."""
    return tuple(sorted(dict.fromkeys(spans), key=lambda span: span.at))
