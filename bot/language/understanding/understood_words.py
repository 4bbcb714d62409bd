"""Explain which words of an understood sentence had which meaning. Pure.

It starts from the command that the parser made. The names of the command have offsets, the phrases of the lexicon have
roles, and in an understood sentence the words between them belong to the phrase before them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.commands.clauses import CLAUSE_OF_ROLE, ValueKind
from bot.commands.command import ChangeDigest, Command, Customers, HandleDigest, NewDigest, Usage
from bot.domain.recurrence import Schedule
from bot.language.sentence.role_sets import COURTESIES, LISTS, NAMING, NOT
from bot.language.text.lexicon import ENGLISH, Lexicon, PhraseRole
from bot.language.text.message_text import plain
from bot.language.text.phrase_matcher import PhraseMatch, PhraseMatcher
from bot.language.text.token_window import TokenWindow
from bot.language.text.tokenizer import Token, TokenKind, tokens
from bot.language.timing.calendar_day import day
from bot.language.timing.partial_schedule import PartialSchedule
from bot.language.timing.schedule_phrase import SchedulePhrases
from bot.language.understanding.misspelt_keyword import MisspeltKeyword, misspelt_keyword
from bot.language.understanding.sentence_spans import NameRole, TextSpan, span_of, tokens_of_name

ACT, BY, CONDITIONS, DAY, FILTER, KEEP = "act", "by", "conditions", "day", "filter", "keep"
SCHEDULE, SEARCH, TARGET = "schedule", "search", "target"
_CLAUSE = "clause"  # a keyword whose name has not come yet
_SILENT = COURTESIES - {PhraseRole.ASK}
_JOINTS = {PhraseRole.AND, PhraseRole.SOFT_AND}
_TAKES_A_NAME = NAMING.keys() | NOT
_KINDS: Mapping[ValueKind, str] = {
    ValueKind.SHARE: CONDITIONS,
    ValueKind.DIMENSIONS: BY,
    ValueKind.COUNT: KEEP,
    ValueKind.DAY: DAY,
    ValueKind.FILTER: FILTER,
}
_LABELS: Mapping[str, str] = {
    **{role: _KINDS[clause.value] for role, clause in CLAUSE_OF_ROLE.items() if clause.value in _KINDS},
    **dict.fromkeys(LISTS, BY),
    PhraseRole.UNUSED: CONDITIONS,
    PhraseRole.BY_CUSTOMER: BY,
    PhraseRole.PERIOD: DAY,
}


@dataclass(frozen=True, slots=True)
class UnderstoodWords:
    """Spans in the order of the text, unknown names and possibly misspelled keywords."""

    spans: tuple[TextSpan, ...]
    unknown: tuple[TextSpan, ...] = ()
    misspelt: tuple[MisspeltKeyword, ...] = ()


@dataclass(slots=True)
class _Segment:
    """The tokens from `start` up to `end`, with one label."""

    start: int
    end: int
    label: str


def understood_words(
    text: str, command: Command, names: Sequence[NameRole], today: date, lexicon: Lexicon = ENGLISH
) -> UnderstoodWords:
    """Return the spans of `text`, which was read as `command` on the day `today`."""
    reader = _SpanReader(text, command, names, today, lexicon)
    return UnderstoodWords(tuple(reader.spans()), tuple(reader.unknown), tuple(reader.misspelt))


class _SpanReader:
    def __init__(self, text: str, command: Command, names: Sequence[NameRole], today: date, lexicon: Lexicon) -> None:
        self.unknown: list[TextSpan] = []
        self.misspelt: list[MisspeltKeyword] = []
        self._text = text
        self._command = command
        self._today = today
        self._lexicon = lexicon
        typed = plain(text)
        self._tokens = tokens(typed)
        self._phrases = PhraseMatcher(self._tokens, lexicon)
        self._names: dict[int, tuple[int, str | None]] = {}
        for role in names:
            if found := tokens_of_name(role.name, typed, self._tokens):
                self._names[found.start] = found.stop, role.taken_for
        scheduled = command.schedule if isinstance(command, NewDigest | ChangeDigest) else None
        self._schedule: Schedule | None = scheduled
        self._schedules = SchedulePhrases(TokenWindow(self._tokens), lexicon) if scheduled else None
        question = command.question if isinstance(command, NewDigest) else command
        self._as_of = question.as_of if isinstance(question, Usage) else None
        self._segments: list[_Segment] = []
        self._last: _Segment | None = None

    def spans(self) -> list[TextSpan]:
        """Return the spans in the order of the text."""
        at = 0
        while at < len(self._tokens):
            at = (
                self._name(at)
                or self._argument(at)
                or self._scheduled(at)
                or self._dated(at)
                or self._keyword(at)
                or self._word(at)
            )
        return [
            span_of(self._text, self._tokens[each.start : each.end], each.label)
            for each in self._segments
            if each.label != _CLAUSE
        ]

    def _open(self, label: str, start: int, end: int) -> int:
        """Begin a segment, or extend the previous one if it has the same label or waits for its name."""
        last = self._last
        if last and last.label in (_CLAUSE, label):
            last.end, last.label = end, label
        else:
            self._last = _Segment(start, end, label)
            self._segments.append(self._last)
        return end

    def _name(self, at: int) -> int:
        if at not in self._names:
            return 0
        end, taken_for = self._names[at]
        if taken_for is None:
            self.unknown.append(span_of(self._text, self._tokens[at:end], ""))
            if self._last and self._last.label == _CLAUSE:
                self._segments.remove(self._last)
        else:
            self._open(taken_for, at, end)
        self._last = None
        return end

    def _scheduled(self, at: int) -> int:
        """Take the longest phrase with the days or the time of the command's schedule."""
        if self._schedules is None or self._schedule is None:
            return 0
        end = max(
            (
                each.end
                for each in self._schedules.at(at, asked=True)
                if isinstance(each.value, PartialSchedule)
                and _says(each.value, self._schedule)
                and not self._names.keys() & set(range(at, each.end))
            ),
            default=0,
        )
        return self._open(SCHEDULE, at, end) if end else 0

    def _dated(self, at: int) -> int:
        found = day(self._tokens, at, self._today, self._lexicon.data) if self._as_of else None
        return self._open(DAY, at, found.end) if found and found.day and found.day == self._as_of else 0

    def _keyword(self, at: int) -> int:
        if self._tokens[at].kind is TokenKind.COMMA:
            return at + 1
        match = self._match(at)
        if match is None:
            return 0
        if set(match.roles) <= _SILENT:
            self._last = None
        elif match.roles[0] not in _JOINTS:
            if match.typo and (meant := misspelt_keyword(self._tokens[at], self._lexicon)):
                self.misspelt.append(meant)
            self._open(self._label(match), at, match.end)
        return match.end

    def _match(self, at: int) -> PhraseMatch | None:
        """Return the longest phrase at `at`. A typing error is accepted only if the word has no other meaning."""
        matches = self._phrases.at(at, opening=not any(each.label != _CLAUSE for each in self._segments))
        exact = max((match for match in matches if not match.typo), key=lambda match: match.end, default=None)
        if exact or self._belongs_to_what_was_said(at):
            return exact
        return next(iter(matches), None)

    def _belongs_to_what_was_said(self, at: int) -> bool:
        """Return True for "custmoer" after `by`: there it is a dimension, and not the keyword `customers`."""
        return bool(self._last and self._last.label == BY and self._dimension(self._tokens[at]))

    def _dimension(self, token: Token) -> str | None:
        if token.folded in self._lexicon.dimensions:
            return token.folded
        near = misspelt_keyword(token, self._lexicon, self._lexicon.dimensions)
        return near.meant if near else None

    def _label(self, match: PhraseMatch) -> str:
        if match.roles[0] in _TAKES_A_NAME:
            return _CLAUSE
        if not self._is_question():
            return ACT
        return next((_LABELS[role] for role in reversed(match.roles) if role in _LABELS), ACT)

    def _argument(self, at: int) -> int:
        """Take the argument of a verb that asks for no figures: a search text or the number of a digest."""
        match self._command:
            case Customers() if self._segments:
                return self._open(SEARCH, at, at + 1)
            case HandleDigest(_, number) | ChangeDigest(number, _):
                if self._tokens[at].folded.lstrip(self._lexicon.data.number_signs) == str(number):
                    self._open(TARGET, at, at + 1)
                    self._last = None
                    return at + 1
        return 0

    def _word(self, at: int) -> int:
        """Take a word that is in no phrase: it belongs to the segment before it."""
        last = self._last
        if last and last.label == BY:
            self._misspelt_dimension(self._tokens[at])
        if last is None and self._segments and self._segments[-1].end == at and self._is_question():
            last = self._segments[-1]  # "the Exchange workload": a word around a name
        if last is None:
            return self._open(_CLAUSE if self._segments and not self._is_question() else ACT, at, at + 1)
        last.end = at + 1
        return at + 1

    def _is_question(self) -> bool:
        return isinstance(self._command, Usage | NewDigest)

    def _misspelt_dimension(self, token: Token) -> None:
        if token.folded not in self._lexicon.dimensions and (
            meant := misspelt_keyword(token, self._lexicon, self._lexicon.dimensions)
        ):
            self.misspelt.append(meant)


def _says(part: PartialSchedule, schedule: Schedule) -> bool:
    same_days = not part.days or part.schedule.on == schedule.on
    same_time = not part.time or part.schedule.at == schedule.at
    return same_days and same_time
