"""Read `filter …` inside a sentence: the filter language of the API. Pure.

Phones replace straight quotes, so other quotes are accepted too.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.commands.command import NotUnderstood, ParseProblem
from bot.errors import FilterError
from bot.language.text.lexicon import PhraseRole
from bot.language.text.message_text import MessageText
from bot.language.text.phrase_matcher import PhraseMatcher
from bot.language.text.tokenizer import Token
from bot.query.filters.expression import Expression
from bot.query.filters.filter_parser import parse_filter

_SINGLE = "‘’‚`´"
_DOUBLE = '"“”„‟«»＂'
_STRAY = " ?!.,;…"
_AFTER_VALUE = " )"
_FOUND_LIMIT = 60


@dataclass(frozen=True, slots=True)
class FilterClause:
    """A filter that ends before token `end`."""

    end: int
    value: Expression | NotUnderstood


def filter_clause(
    typed: MessageText, tokens: tuple[Token, ...], at: int, phrases: PhraseMatcher, schedules: Collection[int] = ()
) -> FilterClause:
    """Return the filter that begins at token `at`.

    It ends at the end of the sentence, or before the keyword or schedule at which it is no longer a filter.
    """
    left = tokens[at].left if at < len(tokens) else len(typed.text)
    raw = typed.text[left:].rstrip(_STRAY)
    text, positions = straight_quotes(raw)
    try:
        return FilterClause(len(tokens), parse_filter(text))
    except FilterError as refused:
        here = left + positions[min(refused.position, len(positions) - 1)]
        stop = next((index for index in range(at + 1, len(tokens)) if tokens[index].left == here), None)
        if stop is not None and (stop in schedules or _begins_a_clause(phrases, stop)):
            try:
                return FilterClause(stop, parse_filter(text[: refused.position]))
            except FilterError:
                pass
        problem = NotUnderstood(
            ParseProblem.BAD_FILTER, typed.origin[here], refused.found[:_FOUND_LIMIT], refused.expected
        )
        return FilterClause(len(tokens), problem)


def _begins_a_clause(phrases: PhraseMatcher, index: int) -> bool:
    return any(not match.typo and match.roles[0] != PhraseRole.AND for match in phrases.at(index))


def straight_quotes(text: str) -> tuple[str, list[int]]:
    """Return `text` with straight single quotes, and each character's old offset.

    Every value is in straight single quotes.
    """
    made: list[str] = []
    positions: list[int] = []

    def keep(piece: str, at: int, step: int = 1) -> None:
        made.append(piece)
        positions.extend(at + index * step for index in range(len(piece)))

    at = 0
    while at < len(text):
        end = _value_end(text, at)
        if end is None:
            keep(text[at], at)
            at += 1
            continue
        keep("'", at)
        for index in range(at + 1, end):
            # In a value with straight quotes they are doubled already. In other quotes they are ordinary characters.
            keep("''" if text[index] == "'" and text[at] != "'" else text[index], index, 0)
        keep("'", end)
        at = end + 1
    return "".join(made), [*positions, len(text)]


def _value_end(text: str, at: int) -> int | None:
    """Return the end of the value that a quote at `at` opens, None if no value begins there."""
    opener = text[at]
    if opener == "'":
        return _straight_end(text, at)
    if opener in _DOUBLE:
        return next((index for index in range(at + 1, len(text)) if text[index] in _DOUBLE), None)
    if opener in _SINGLE:
        return _loose_end(text, at, _SINGLE + "'")
    return None


def _straight_end(text: str, at: int) -> int | None:
    index = at + 1
    while index < len(text):
        if text[index] == "'":
            if text[index + 1 : index + 2] != "'":
                return index
            index += 1
        index += 1
    return _loose_end(text, at, _SINGLE)


def _loose_end(text: str, at: int, closers: str) -> int | None:
    """Return the closing quote that cannot be an apostrophe, because the value does not continue after it."""
    ends = (index for index in range(at + 1, len(text)) if text[index] in closers)
    return next((index for index in ends if index + 1 == len(text) or text[index + 1] in _AFTER_VALUE), None)
