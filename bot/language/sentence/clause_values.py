"""What may follow a keyword that takes no name: dimensions, a share, a count, a day, a filter. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.commands.command import NotUnderstood, Problem
from bot.domain.licensing import Dimension
from bot.language.sentence import amounts
from bot.language.sentence.filter_clause import filter_clause
from bot.language.sentence.sentence_parts import By, Part, Value
from bot.language.text.lexicon import Lexicon, Role
from bot.language.text.message_text import Typed
from bot.language.text.phrase_matcher import Phrases, typing_error
from bot.language.text.phrase_problem import Trouble
from bot.language.text.token_window import Words
from bot.language.text.tokenizer import Kind, Token
from bot.language.timing import calendar_day as days
from bot.language.timing.partial_schedule import Timing
from bot.language.timing.schedule_phrase import Schedules
from bot.query.filters.share_filter import Order

_DEFAULT_COUNT = 10  # `top customers`
_TYPO = 0.3


@dataclass(frozen=True, slots=True)
class Payload:
    """The parts up to token `end`; a misspelt word in them costs."""

    end: int
    parts: tuple[Part, ...]
    cost: float = 0.0


class Payloads:
    """The payloads of one sentence. What does not fit becomes a part that says so."""

    def __init__(
        self, typed: Typed, tokens: tuple[Token, ...], phrases: Phrases, lexicon: Lexicon, today: date
    ) -> None:
        self._typed = typed
        self._tokens = tokens
        self._phrases = phrases
        self._lexicon = lexicon
        self._today = today
        self._read: dict[tuple[int, Role], Payload] = {}
        self._days = [days.day(tokens, index, today, lexicon.data) for index in range(len(tokens))]
        self.words = Words(tokens)
        self.schedules = Schedules(self.words, lexicon)
        self.days = frozenset(index for index, day in enumerate(self._days) if day and day.sure)

    def at(self, index: int, role: Role) -> Payload:
        """What a keyword of `role` before token `index` takes."""
        key = index, role
        if key not in self._read:
            self._read[key] = self._payload(index, role)
        return self._read[key]

    def day(self, index: int) -> Payload | None:
        """The day at `index` where it is one without a keyword too."""
        return self._day(index) if index in self.days else None

    def begins(self, index: int) -> bool:
        """A day or a schedule begins at `index`, whatever stands before it."""
        return index in self.days or index in self.schedules.starts

    def schedule(self, index: int, *, asked: bool, dated: bool) -> Iterator[Payload]:
        """The schedules that may begin at `index`, see Schedules.at."""
        for reading in self.schedules.at(index, asked=asked, dated=dated):
            yield Payload(reading.end, (self.scheduled(index, reading.end, reading.value),), reading.cost)

    def scheduled(self, index: int, end: int, value: Timing | Trouble) -> Part:
        """The part that a schedule from `index` to `end` is, or what is wrong with it."""
        if not isinstance(value, Trouble):
            return self.said(value, index, end)
        if value.start >= len(self._tokens):
            return self.missing(value.start, value.problem, *value.expected)
        part = self.said(Role.DIGEST, value.start, value.end)
        return Part(NotUnderstood(value.problem, part.at, part.found, value.expected), part.at, part.found)

    def missing(self, index: int, problem: Problem, *expected: str) -> Part:
        """A part that says that `problem` is at `index`."""
        if index >= len(self._tokens):
            at, found = self._tokens[-1].end if self._tokens else 0, ""
        else:
            at, found = self._tokens[index].start, self._tokens[index].text
        return Part(NotUnderstood(problem, at, found[:60], expected), at, found)

    def said(self, value: Value, start: int, end: int) -> Part:
        """A part with the words from `start` to `end`."""
        words = self._tokens[start : max(end, start + 1)]
        text = self._typed.text[words[0].left : words[-1].right] if words else ""
        return Part(value, words[0].start if words else 0, text[:60])

    def _payload(self, index: int, role: Role) -> Payload:
        if role is Role.BY:
            return self._by(index)
        if role in (Role.TOP, Role.BOTTOM):
            return self._order(index, lowest=role is Role.BOTTOM)
        if role is Role.AS_OF:
            return self._day(index)
        if role is Role.PERIOD:
            return self._period(index)
        if role is Role.FILTER:
            clause = filter_clause(self._typed, self._tokens, index, self._phrases, self.schedules.starts)
            return Payload(clause.end, (self.said(clause.value, index - 1, clause.end),))
        return self._limit(index, role)

    def _by(self, index: int) -> Payload:
        found, end, cost = self._dimensions(index)
        if found:
            return Payload(end, (self.said(By(found), index, end),), cost)
        words = (self._lexicon.dimension_word(dimension) for dimension in Dimension)
        return Payload(min(index + 1, len(self._tokens)), (self.missing(index, Problem.BAD_DIMENSION, *words),))

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
        if index >= len(self._tokens) or self._tokens[index].kind is not Kind.WORD:
            return None
        word = self._tokens[index].folded
        if dimension := self._lexicon.dimensions.get(word):
            return dimension, 0.0
        near = (one for right, one in self._lexicon.dimensions.items() if len(word) > 3 and typing_error(word, right))
        return next(((dimension, _TYPO) for dimension in near), None)

    def _order(self, index: int, *, lowest: bool) -> Payload:
        amount = amounts.count(self._tokens, index, self._lexicon.data)
        implied, end, _ = self._dimensions(index if amount.value is None else amount.end)
        if amount.value is None and not implied and index < len(self._tokens) and not self._phrases.at(index):
            return Payload(amount.end, (self.missing(index, Problem.BAD_NUMBER, self._lexicon.data.forms["count"]),))
        order = Order(int(amount.value or _DEFAULT_COUNT), lowest)
        if not implied:
            end = index if amount.value is None else amount.end
            return Payload(end, (self.said(order, index - 1, amount.end),))
        return Payload(end, (self.said(order, index - 1, end), self.said(By(implied), index, end)))

    def _limit(self, index: int, role: Role) -> Payload:
        end, limit = amounts.limit(self._tokens, index, role, self._phrases, self._lexicon.data)
        if limit is not None:
            return Payload(end, (self.said(limit, index - 1, end),))
        forms = self._lexicon.data.forms
        expected = forms["range" if role is Role.BETWEEN and end == index else "percent"]
        return Payload(min(end + 1, len(self._tokens)), (self.missing(end, Problem.BAD_NUMBER, expected),))

    def _day(self, index: int) -> Payload:
        day = self._days[index] if index < len(self._tokens) else None
        forms = tuple(self._day_forms())
        if day is None:
            return self._no_day(index, forms)
        part = self.said(date.min, index, day.end)
        if day.day is None:
            problem = NotUnderstood(day.problem or Problem.BAD_DATE, part.at, part.found, day.expected or forms)
            return Payload(day.end, (Part(problem, part.at, part.found),))
        return Payload(day.end, (Part(day.day, part.at, part.found),))

    def _period(self, index: int) -> Payload:
        """`since 2018-10-01`, `from 2018-10-01 to 2018-10-14`: offers the figures of the last day named."""
        first = self._day(index)
        last = self._day(first.end + 1) if first.end + 1 in self.days and self._is_range(first.end) else first
        part = self.said(Role.PERIOD, index - 1, last.end)
        meant = (each.value for each in last.parts if isinstance(each.value, date))
        expected = tuple(f"{self._lexicon.canonical[Role.AS_OF]} {day.isoformat()}" for day in meant)
        problem = NotUnderstood(Problem.BAD_DATE, part.at, part.found, expected or tuple(self._day_forms()))
        return Payload(last.end, (Part(problem, part.at, part.found),))

    def _is_range(self, index: int) -> bool:
        return self._tokens[index].folded in self._lexicon.data.ranges or bool(self._phrases.role(index, Role.AND))

    def _no_day(self, index: int, forms: tuple[str, ...]) -> Payload:
        """`as of last week`: all the words up to the next keyword are no day."""
        if index >= len(self._tokens):
            return Payload(index, (self.missing(index, Problem.BAD_DATE, *forms),))
        end = index + 1
        while end < len(self._tokens) and self._tokens[end].kind is Kind.WORD and not self._phrases.at(end):
            end += 1
        part = self.said(Role.AS_OF, index, end)
        return Payload(end, (Part(NotUnderstood(Problem.BAD_DATE, part.at, part.found, forms), part.at, part.found),))

    def _day_forms(self) -> Iterator[str]:
        yield from days.forms(self._lexicon.data)
