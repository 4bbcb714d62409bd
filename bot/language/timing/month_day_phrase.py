"""Read days of the month in a sentence: the 15th, the last day, of each month.

Pure.
"""

import re
from collections.abc import Iterator

from bot.commands.command import ParseProblem
from bot.domain.recurrence import LAST_DAY, Monthly
from bot.language.text.lexicon import Lexicon
from bot.language.text.phrase_problem import PhraseProblem
from bot.language.text.token_window import COMMA, TokenWindow

_NUMBER = re.compile(r"([0-9]{1,4})([^\W\d]*)", re.ASCII)


class MonthDayPhrases:
    """The days of the month in one sentence."""

    def __init__(self, words: TokenWindow, lexicon: Lexicon) -> None:
        self._words = words
        self._ordinals = lexicon.data.ordinals
        self._language = lexicon.data.schedule
        self._joints = {COMMA, *lexicon.joints}

    def month(self, index: int) -> int | None:
        """Return the end of `of each month` at `index`, None if the words are different."""
        language, words = self._language, self._words
        at = words.skip(index, language.of)
        each = words.skip(at, language.every | language.the | language.amounts.keys())
        return each + 1 if each > index and words[each] in language.month else None

    def at(self, index: int) -> Iterator[tuple[int, Monthly | PhraseProblem]]:
        """Yield end and day of `the 15th`, `the last day`, `the first day`, `the 32nd`."""
        language, words = self._language, self._words
        at = words.skip(index, language.the)
        word = words[at]
        if word in language.last and words[at + 1] in language.day:
            yield at + 2, Monthly(LAST_DAY)
            return
        figures = _NUMBER.fullmatch(word)
        if figures and figures[2] and figures[2] not in self._ordinals:
            return
        number = int(figures[1]) if figures else language.nth_words.get(word)
        if number is None or (figures and not figures[2] and at == index):
            return
        end = words.skip(at + 1, language.day)
        other, stop = self._another_nth(end)
        if stop > end or not 1 <= number <= len(language.nth):
            stop = stop if other else at + 1
            yield max(stop, end), PhraseProblem(ParseProblem.BAD_SCHEDULE, at, stop, language.expected["nth"])
        else:
            yield end, Monthly(number)

    def _another_nth(self, index: int) -> tuple[bool, int]:
        """Look for `and the 15th`: a digest can have only one day of the month.

        Return True and the end of the words if they are there, otherwise False and `index`.
        """
        at = index
        while self._words[at] in self._joints:
            at += 1
        if at > index:
            at = self._words.skip(at, self._language.the)
            figures = _NUMBER.fullmatch(self._words[at])
            if figures and figures[2] in self._ordinals:
                return True, at + 1
        return False, index
