"""Read percentages and counts in a sentence. Pure.

`50%`, `50 percent` and `50` all mean one half. A number without a sign, with a decimal point and of at most 1 is a
fraction: `0.5` means one half, but `0.5%` means half a percent.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.commands.clauses import ShareBound
from bot.language.text.lexicon import Language
from bot.language.text.phrase_matcher import PhraseMatcher
from bot.language.text.tokenizer import Token, TokenKind
from bot.query.filters.share_filter import ShareRange

COUNT_LIMIT = 10_000  # the most rows that one page of the API holds
_PERCENT = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,30}))?(%?)", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)
_MINUS = "-−–"  # folding would remove it as a stray dash
_ONE_SIDED = frozenset(ShareBound) - {ShareBound.BETWEEN}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that ends before token `end`.

    `value` is None if there is no suitable number.
    """

    end: int
    value: float | None


def share(tokens: tuple[Token, ...], at: int, language: Language) -> Amount:
    """Return the percentage at `at` as a fraction: 0.5 for 50%."""
    word = _word(tokens, at)
    found = _PERCENT.fullmatch(word)
    said = language.numbers.get(word)
    if not found and said is None:
        return Amount(min(at + 1, len(tokens)), None)
    whole, decimals, sign = found.groups() if found else (str(said), None, "")
    end = at + 1
    if not sign:
        end = next((end for end in (at + 3, at + 2) if _words(tokens, at + 1, end) in language.percent), end)
    number = Decimal(f"{whole}.{decimals or '0'}")
    is_fraction = decimals is not None and not sign and end == at + 1 and number <= 1
    return Amount(end, float(number if is_fraction else number.scaleb(-2)))


def count(tokens: tuple[Token, ...], at: int, language: Language) -> Amount:
    """Return the whole number at `at`, from 1 to COUNT_LIMIT, in figures or as a word."""
    word = _word(tokens, at)
    end = min(at + 1, len(tokens))
    value = language.numbers.get(word) or (int(word) if _COUNT.fullmatch(word) else 0)
    if _words(tokens, at + 1, at + 2) in language.percent:
        return Amount(end, None)
    return Amount(end, value if 1 <= value <= COUNT_LIMIT else None)


def limit(
    tokens: tuple[Token, ...], at: int, role: str, phrases: PhraseMatcher, language: Language
) -> tuple[int, ShareRange | None]:
    """Return the end and the percentage range that follows a word of `role` at `at`.

    If there is no range, return the index of the first word that does not fit, and None.
    """
    first = share(tokens, at, language)
    if first.value is None:
        return at, None
    if role in _ONE_SIDED:
        return first.end, _one_sided(role, first.value)
    middle = phrases.separator(first.end)
    if middle == first.end and _word(tokens, middle) in language.ranges:
        middle += 1
    second = share(tokens, middle, language)
    if middle == first.end or second.value is None:
        return middle, None
    low, high = sorted((first.value, second.value))
    return second.end, ShareRange(low, high)


def _one_sided(role: str, value: float) -> ShareRange:
    if role in (ShareBound.BELOW, ShareBound.AT_MOST):
        return ShareRange(high=value, high_included=role == ShareBound.AT_MOST)
    return ShareRange(low=value, low_included=role == ShareBound.AT_LEAST)


def _word(tokens: tuple[Token, ...], at: int) -> str:
    if at >= len(tokens) or tokens[at].kind is not TokenKind.WORD or tokens[at].text[0] in _MINUS:
        return ""
    return tokens[at].folded


def _words(tokens: tuple[Token, ...], start: int, end: int) -> str:
    return " ".join(token.folded for token in tokens[start:end]) if end <= len(tokens) else ""
