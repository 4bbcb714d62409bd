"""Read the value of a keyword that takes no name. Pure.

Such values are dimensions, percentages, counts, days and filters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.commands.clauses import CLAUSE_OF_KIND, CLAUSE_OF_ROLE, RankEnd, ShareBound, ValueKind
from bot.commands.command import NotUnderstood, ParseProblem
from bot.domain.licensing import Dimension
from bot.language.sentence import amounts
from bot.language.sentence.filter_clause import filter_clause
from bot.language.sentence.sentence_parts import DimensionPart, SentencePart, Value, kind_of
from bot.language.text.lexicon import Lexicon, PhraseRole
from bot.language.text.message_text import MessageText
from bot.language.text.phrase_matcher import PhraseMatcher, typing_error
from bot.language.text.phrase_problem import PhraseProblem
from bot.language.text.token_window import TokenWindow
from bot.language.text.tokenizer import Token, TokenKind
from bot.language.timing import calendar_day as days
from bot.language.timing.partial_schedule import PartialSchedule
from bot.language.timing.schedule_phrase import SchedulePhrases
from bot.query.filters.share_filter import TopBottom

_DEFAULT_COUNT = 10  # `top customers`
_TYPO = 0.3


@dataclass(frozen=True, slots=True)
class ClauseValue:
    """The parts up to token `end`. `cost` is higher if a word is misspelled."""

    end: int
    parts: tuple[SentencePart, ...]
    cost: float = 0.0


class ClauseValues:
    """The clause values of one sentence.

    Words that do not fit become a part with the problem.
    """

    def __init__(
        self, typed: MessageText, tokens: tuple[Token, ...], phrases: PhraseMatcher, lexicon: Lexicon, today: date
    ) -> None:
        self._typed = typed
        self._tokens = tokens
        self._phrases = phrases
        self._lexicon = lexicon
        self._today = today
        self._read: dict[tuple[int, str], ClauseValue] = {}
        timed = lexicon.may_say_when(token.folded for token in tokens)
        self._days = [days.day(tokens, index, today, lexicon.data) if timed else None for index in range(len(tokens))]
        self.words = TokenWindow(tokens)
        self.schedules = SchedulePhrases(self.words if timed else TokenWindow(()), lexicon)
        self.days = frozenset(index for index, day in enumerate(self._days) if day and day.sure)

    def at(self, index: int, role: str) -> ClauseValue:
        """Return the value of a keyword of `role` that ends before token `index`."""
        key = index, role
        if key not in self._read:
            self._read[key] = self._marked(self._value(index, role), role)
        return self._read[key]

    def day(self, index: int) -> ClauseValue | None:
        """Return the day at `index` if it is one without a keyword, otherwise None."""
        return self._day(index) if index in self.days else None

    def begins(self, index: int) -> bool:
        """Return True if a day or a schedule begins at `index`, whatever is before it."""
        return index in self.days or index in self.schedules.starts

    def schedule(self, index: int, *, asked: bool, dated: bool) -> Iterator[ClauseValue]:
        """Yield the schedules that may begin at `index`; see `SchedulePhrases.at`."""
        for reading in self.schedules.at(index, asked=asked, dated=dated):
            yield ClauseValue(reading.end, (self.scheduled(index, reading.end, reading.value),), reading.cost)

    def scheduled(self, index: int, end: int, value: PartialSchedule | PhraseProblem) -> SentencePart:
        """Return the part for a schedule from `index` to `end`, or for its problem."""
        if not isinstance(value, PhraseProblem):
            return self.said(value, index, end)
        if value.start >= len(self._tokens):
            return self.missing(value.start, value.problem, *value.expected)
        part = self.said(PhraseRole.ASK, value.start, value.end)
        return SentencePart(NotUnderstood(value.problem, part.at, part.found, value.expected), part.at, part.found)

    def missing(self, index: int, problem: ParseProblem, *expected: str) -> SentencePart:
        """Return a part that reports `problem` at `index`."""
        if index >= len(self._tokens):
            at, found = self._tokens[-1].end if self._tokens else 0, ""
        else:
            at, found = self._tokens[index].start, self._tokens[index].text
        return SentencePart(NotUnderstood(problem, at, found[:60], expected), at, found)

    def said(self, value: Value, start: int, end: int) -> SentencePart:
        """Return a part with `value` and the words from `start` to `end`."""
        words = self._tokens[start : max(end, start + 1)]
        text = self._typed.text[words[0].left : words[-1].right] if words else ""
        return SentencePart(value, words[0].start if words else 0, text[:60])

    def _value(self, index: int, role: str) -> ClauseValue:
        if role == PhraseRole.PERIOD:
            return self._period(index)
        match CLAUSE_OF_ROLE[role].value:
            case ValueKind.DIMENSIONS:
                return self._by(index)
            case ValueKind.COUNT:
                return self._order(index, lowest=role == RankEnd.BOTTOM)
            case ValueKind.DAY:
                return self._day(index)
            case ValueKind.SHARE:
                return self._limit(index, role)
            case _:
                clause = filter_clause(self._typed, self._tokens, index, self._phrases, self.schedules.starts)
                return ClauseValue(clause.end, (self.said(clause.value, index - 1, clause.end),))

    def _marked(self, value: ClauseValue, role: str) -> ClauseValue:
        """Return `value` with the field of `role` in the parts of its kind.

        The field stays empty if it is the one that such a value has without a keyword.
        """
        spec = CLAUSE_OF_ROLE.get(role)
        if spec is None or spec is CLAUSE_OF_KIND[spec.value]:
            return value
        parts = (replace(each, field=spec.field) if kind_of(each.value) is spec.value else each for each in value.parts)
        return replace(value, parts=tuple(parts))

    def _by(self, index: int) -> ClauseValue:
        found, end, cost = self._dimensions(index)
        if found:
            return ClauseValue(end, (self.said(DimensionPart(found), index, end),), cost)
        words = (self._lexicon.dimension_word(dimension) for dimension in Dimension)
        return ClauseValue(
            min(index + 1, len(self._tokens)), (self.missing(index, ParseProblem.BAD_DIMENSION, *words),)
        )

    def _dimensions(self, index: int) -> tuple[tuple[Dimension, ...], int, float]:
        found: list[Dimension] = []
        end, cost, at = index, 0.0, index
        while (one := self._dimension(at)) is not None:
            found.append(one[0])
            cost += one[1]
            end = at + 1
            at = self._phrases.separator(end)
            if at == end:
                break
        return tuple(found), end, cost

    def _dimension(self, index: int) -> tuple[Dimension, float] | None:
        if index >= len(self._tokens) or self._tokens[index].kind is not TokenKind.WORD:
            return None
        word = self._tokens[index].folded
        if dimension := self._lexicon.dimensions.get(word):
            return dimension, 0.0
        near = (one for right, one in self._lexicon.dimensions.items() if len(word) > 3 and typing_error(word, right))
        return next(((dimension, _TYPO) for dimension in near), None)

    def _order(self, index: int, *, lowest: bool) -> ClauseValue:
        amount = amounts.count(self._tokens, index, self._lexicon.data)
        implied, end, _ = self._dimensions(index if amount.value is None else amount.end)
        if amount.value is None and not implied and index < len(self._tokens) and not self._phrases.at(index):
            return ClauseValue(
                amount.end, (self.missing(index, ParseProblem.BAD_NUMBER, self._lexicon.data.forms["count"]),)
            )
        order = TopBottom(int(amount.value or _DEFAULT_COUNT), lowest)
        if not implied:
            end = index if amount.value is None else amount.end
            return ClauseValue(end, (self.said(order, index - 1, amount.end),))
        return ClauseValue(end, (self.said(order, index - 1, end), self.said(DimensionPart(implied), index, end)))

    def _limit(self, index: int, role: str) -> ClauseValue:
        end, limit = amounts.limit(self._tokens, index, role, self._phrases, self._lexicon.data)
        if limit is not None:
            return ClauseValue(end, (self.said(limit, index - 1, end),))
        forms = self._lexicon.data.forms
        expected = forms["range" if role == ShareBound.BETWEEN and end == index else "percent"]
        return ClauseValue(min(end + 1, len(self._tokens)), (self.missing(end, ParseProblem.BAD_NUMBER, expected),))

    def _day(self, index: int) -> ClauseValue:
        day = self._days[index] if index < len(self._tokens) else None
        forms = tuple(self._day_forms())
        if day is None:
            return self._no_day(index, forms)
        part = self.said(date.min, index, day.end)
        if day.day is None:
            problem = NotUnderstood(day.problem or ParseProblem.BAD_DATE, part.at, part.found, day.expected or forms)
            return ClauseValue(day.end, (SentencePart(problem, part.at, part.found),))
        return ClauseValue(day.end, (SentencePart(day.day, part.at, part.found),))

    def _period(self, index: int) -> ClauseValue:
        """Read `since 2018-10-01`, `from 2018-10-01 to 2018-10-14`. Offer the figures of the last day instead."""
        first = self._day(index)
        last = self._day(first.end + 1) if first.end + 1 in self.days and self._is_range(first.end) else first
        part = self.said(PhraseRole.PERIOD, index - 1, last.end)
        meant = (each.value for each in last.parts if isinstance(each.value, date))
        dated = self._lexicon.canonical[CLAUSE_OF_KIND[ValueKind.DAY].role]
        expected = tuple(f"{dated} {day.isoformat()}" for day in meant)
        problem = NotUnderstood(ParseProblem.BAD_DATE, part.at, part.found, expected or tuple(self._day_forms()))
        return ClauseValue(last.end, (SentencePart(problem, part.at, part.found),))

    def _is_range(self, index: int) -> bool:
        return self._tokens[index].folded in self._lexicon.data.ranges or bool(
            self._phrases.role(index, PhraseRole.AND)
        )

    def _no_day(self, index: int, forms: tuple[str, ...]) -> ClauseValue:
        """Report `as of last week`: the words up to the next keyword are no day."""
        if index >= len(self._tokens):
            return ClauseValue(index, (self.missing(index, ParseProblem.BAD_DATE, *forms),))
        end = index + 1
        while end < len(self._tokens) and self._tokens[end].kind is TokenKind.WORD and not self._phrases.at(end):
            end += 1
        part = self.said(PhraseRole.PERIOD, index, end)
        return ClauseValue(
            end, (SentencePart(NotUnderstood(ParseProblem.BAD_DATE, part.at, part.found, forms), part.at, part.found),)
        )

    def _day_forms(self) -> Iterator[str]:
        yield from days.forms(self._lexicon.data)
