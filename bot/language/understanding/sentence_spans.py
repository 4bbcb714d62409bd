"""Spans of a typed sentence: the position of a name, and consecutive words. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.commands.command import Name
from bot.language.text.message_text import MessageText
from bot.language.text.tokenizer import Token, TokenKind, name_text

_STRAY = " ?!…:;,*_~`|/"
_NAMES = frozenset({"customer", "product", "service"})


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A part of the typed text.

    `text` is at the 0-based offset `at`. `taken_for` is a field of the meaning or a dimension.
    """

    text: str
    at: int
    taken_for: str


@dataclass(frozen=True, slots=True)
class NameRole:
    """A name of a command and its dimension, None if no entry has that name."""

    name: Name
    taken_for: str | None


def tokens_of_name(name: Name, typed: MessageText, tokens: tuple[Token, ...]) -> range | None:
    """Return the indices of the tokens of `name`, None if it is not in this text."""
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
    """Return the span of `tokens`, without punctuation around it."""
    start, end = tokens[0].start, tokens[-1].end
    said = text[start:end]
    if tokens[-1].kind is not TokenKind.QUOTED:
        said = said.rstrip(_STRAY)
        # A full stop may end the sentence, or belong to an abbreviation such as "Inc.".
        said = said.removesuffix(".") if end == len(text.rstrip()) and taken_for not in _NAMES else said
    bare = said.lstrip(_STRAY)
    if not bare:
        return TextSpan(text[start:end], start, taken_for)
    return TextSpan(bare, start + len(said) - len(bare), taken_for)


def around(span: TextSpan, start: int, end: int) -> Iterator[TextSpan]:
    """Yield what is left of `span` without the text from `start` to `end`."""
    last = span.at + len(span.text)
    for first, stop in ((span.at, min(last, start)), (max(span.at, end), last)):
        left = span.text[first - span.at : max(first, stop) - span.at]
        if bare := left.strip():
            yield TextSpan(bare, first + len(left) - len(left.lstrip()), span.taken_for)


def in_order(spans: Iterable[TextSpan]) -> tuple[TextSpan, ...]:
    """Return the spans in the order of the text, without duplicates."""
    return tuple(sorted(dict.fromkeys(spans), key=lambda span: span.at))
