"""Read days of the week: mon, wed and fri; mondays; monday to friday; mon-fri.

Pure.
"""

import re
from collections.abc import Iterator

from bot.language.text.lexicon import Lexicon
from bot.language.text.token_window import COMMA, TokenWindow

_LISTED = 7  # days in a row
_HYPHEN = re.compile(r"([^\W\d]+)[-–]([^\W\d]+)")


class WeekdayPhrases:
    """The days of the week in one sentence. Monday is 0."""

    def __init__(self, words: TokenWindow, lexicon: Lexicon) -> None:
        self._words = words
        self._language = lexicon.data.schedule
        self._weekdays = lexicon.data.weekdays
        self._joints = {COMMA, *lexicon.joints}

    def at(self, start: int, *, plural: bool | None) -> Iterator[tuple[int, frozenset[int]]]:
        """Yield each possible end of a list of days, with the days up to it.

        `plural`: only plural forms, only singular forms, or None for both.
        """
        found: set[int] = set()
        at = start
        for _ in range(_LISTED):
            days, end = self._range(at, plural=plural)
            if not days:
                return
            found |= days
            yield end, frozenset(found)
            at = end
            while self._words[at] in self._joints:
                at += 1

    def _range(self, at: int, *, plural: bool | None) -> tuple[set[int], int]:
        """Read `monday`, `monday to friday`, `mon-fri`."""
        words = self._words
        if joined := _HYPHEN.fullmatch(words[at]):
            first, last = (self._weekday(each, plural=False) for each in joined.groups())
            return (_between(first, last), at + 1) if first is not None and last is not None else (set(), at)
        first = self._weekday(words[at], plural=plural)
        if first is None:
            return set(), at
        if words[at + 1] in self._language.ranges:
            last = self._weekday(words[at + 2], plural=plural)
            if last is not None:
                return _between(first, last), at + 3
        return {first}, at + 1

    def _weekday(self, word: str, *, plural: bool | None) -> int | None:
        if not plural and word in self._weekdays:
            return self._weekdays[word]
        if plural is not False and word.endswith(self._language.plural) and word not in self._weekdays:
            return self._weekdays.get(word.removesuffix(self._language.plural))
        return None


def _between(first: int, last: int) -> set[int]:
    """Return the days from `first` to `last`; the range may wrap at the end of the week."""
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}
