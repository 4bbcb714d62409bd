"""A sentence that is not a command: the reason, and what may be left of it. Pure."""

from collections.abc import Iterator, Mapping
from itertools import islice

from bot.cli.explanation.explanation import Outcome, Why, WhyKind
from bot.commands.command import NotUnderstood, ParseProblem
from bot.handlers.not_understood_view import not_understood
from bot.language.understanding.sentence_spans import TextSpan
from cards.draw import summary
from cards.wording.locale_words import LocaleWords

# What is missing; the contract of `explain --lines` defines the words.
MISSING: Mapping[ParseProblem, str] = {
    ParseProblem.EMPTY: "question",
    ParseProblem.MISSING_NAME: "name",
    ParseProblem.MISSING_NUMBER: "digest",
}
KINDS: Mapping[ParseProblem, WhyKind] = {
    **dict.fromkeys(MISSING, WhyKind.MISSING),
    **dict.fromkeys((ParseProblem.BAD_DATE, ParseProblem.FUTURE_DATE, ParseProblem.BAD_TIME), WhyKind.IMPOSSIBLE),
    ParseProblem.TWICE: WhyKind.CONFLICT,
}
_WHOLE = frozenset({ParseProblem.EMPTY, ParseProblem.UNKNOWN, ParseProblem.TOO_LONG})
_KEYWORDS = 2  # the most words before a value that are its keyword: "as of"
_SHOWN = 60
_LONGEST = 300  # characters; a longer text is not read again without some words


class RefusedSentence:
    """`text` as typed, and the parser's problem with it."""

    def __init__(self, text: str, problem: NotUnderstood) -> None:
        self.problem = problem
        self._text = text
        self._start = problem.at
        self._end = problem.at + len(problem.found) if text.startswith(problem.found, problem.at) else problem.at
        if problem.problem is ParseProblem.UNKNOWN:
            self._end = len(text.rstrip())
        elif problem.problem is ParseProblem.TOO_LONG:
            self._end = min(len(text), problem.at + _SHOWN)

    @property
    def outcome(self) -> Outcome:
        """Return ASK if something is missing and can be asked for, else REFUSE."""
        return Outcome.ASK if self.problem.problem in MISSING else Outcome.REFUSE

    def why(self, words: LocaleWords) -> Why:
        """Return the reason, in the words of the card."""
        kind = KINDS.get(self.problem.problem, WhyKind.NOT_UNDERSTOOD)
        what = MISSING.get(self.problem.problem) or self._text[self._start : self._end] or self.problem.found
        return Why(kind, what, summary(not_understood(self._text, self.problem), words))

    def not_understood(self) -> tuple[TextSpan, ...]:
        """Return the words that were not understood; none if something is missing."""
        said = self._text[self._start : self._end]
        return (TextSpan(said, self._start, ""),) if said and self.problem.problem not in MISSING else ()

    def without_the_problem(self) -> Iterator[tuple[str, range]]:
        """Yield the text without the words that were not understood.

        They are replaced by blanks, then their keyword too, so offsets do not change. The range is that of the blanks.
        """
        if self.problem.problem in _WHOLE or self.problem.problem in MISSING or len(self._text) > _LONGEST:
            return
        start, before = self._start, self._text[: self._start].split()
        if self._end > start:
            yield self._blanked(start), range(start, self._end)
        for word in islice(reversed(before), _KEYWORDS):
            start = self._text.rindex(word, 0, start)
            yield self._blanked(start), range(start, self._end)

    def _blanked(self, start: int) -> str:
        return self._text[:start] + " " * (self._end - start) + self._text[self._end :]
