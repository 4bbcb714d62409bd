"""Find the most likely question of a sentence. Pure; independent of a language.

Every split of the sentence is tried: a keyword may be a keyword or a part of a name ("Focus on IT", "Top Gear by
Design"). Each parse has a cost (`name_spans`), and only the cheapest is kept per token and state. So the work grows
with the length of the sentence and not with the number of splits. Words that fit nowhere cost most and are reported.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.commands.command import Clause, Hello, NewDigest, NotUnderstood, ParseProblem, Usage
from bot.domain.licensing import Dimension
from bot.language.sentence.clause_values import ClauseValue, ClauseValues
from bot.language.sentence.name_spans import NameLookup, NameSpans
from bot.language.sentence.parse_lattice import ParseLattice, ParseNode, ParseState, Phase
from bot.language.sentence.role_sets import ELSEWHERE, LISTS, NAMING, NOT, OFFERED, OPENING, PLAIN, QUESTION, SCHEDULED
from bot.language.sentence.sentence_parts import DimensionPart, NamePart, SentencePart, Value, assemble
from bot.language.text.lexicon import Lexicon, PhraseRole
from bot.language.text.message_text import MessageText
from bot.language.text.phrase_matcher import PhraseMatch, PhraseMatcher
from bot.language.text.tokenizer import Token, TokenKind
from bot.language.timing.partial_schedule import PartialSchedule
from bot.query.filters.share_filter import ShareRange

_ERROR, _SKIPPED, _TYPO, _LIKELY_TYPO, _KEYWORD, _JOINED, _ADJACENT = 3.0, 0.25, 0.3, 0.05, 0.001, 0.05, 0.1
_SOFTLY_JOINED = 0.6
_DIGEST = 0.02  # more than a known name: customers may be called "Update Me" or "Digest"
_TIMELESS = 1.0  # "Daily Planet", "Every Day Ltd": a schedule without a time, before a name that is unknown
_SURE_ERROR = 1.0  # 10/14/2018: wrong, but certainly meant as a day
# The value of a phrase that replaces a whole clause.
_MEANING: Mapping[str, Value] = {
    PhraseRole.BY_CUSTOMER: DimensionPart((Dimension.CUSTOMER,)),
    PhraseRole.UNUSED: ShareRange(high=0.0),
}
_START, _VERB, _OPEN = ParseState(Phase.START), ParseState(Phase.VERB), ParseState(Phase.OPEN)


@dataclass(frozen=True, slots=True)
class BestParse:
    """The cheapest parse and its cost."""

    cost: float
    parts: tuple[SentencePart, ...]
    value: Usage | NewDigest | Hello | NotUnderstood


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """A sentence in words, with the meanings that do not depend on names."""

    typed: MessageText
    tokens: tuple[Token, ...]
    lexicon: Lexicon
    phrases: PhraseMatcher
    payloads: ClauseValues

    @classmethod
    def of(cls, typed: MessageText, tokens: tuple[Token, ...], lexicon: Lexicon, today: date) -> "SentenceWords":
        """Return the words of `typed`."""
        phrases = PhraseMatcher(tokens, lexicon)
        return cls(typed, tokens, lexicon, phrases, ClauseValues(typed, tokens, phrases, lexicon, today))


class QuestionParser:
    """The parser of one sentence, with the names for which `knows` returns a score."""

    def __init__(self, words: SentenceWords, knows: NameLookup | None) -> None:
        self._tokens = words.tokens
        self._lexicon = words.lexicon
        self.phrases = words.phrases
        self.payloads = words.payloads
        self._spans = NameSpans(words.typed, words.tokens, words.phrases, words.lexicon.data, knows, words.payloads)
        self._lattice = ParseLattice(len(words.tokens))
        self._whole: BestParse | None = None

    def whole(self) -> BestParse:
        """Parse the sentence from its first word."""
        if self._whole is None:
            self._whole = self.read()
        return self._whole

    def read(self, at: int = 0, *, said: tuple[SentencePart, ...] = ()) -> BestParse:
        """Parse the sentence from token `at`, after the parts `said`."""
        self._lattice = ParseLattice(len(self._tokens))
        node = ParseNode(0.0)
        for part in said:
            node = node.then(part)
        self._lattice.reach(at, _VERB if said else _START, node)
        for index in range(at, len(self._tokens)):
            for state, here in self._lattice.at(index):
                self._step(index, state, here)
        best = self._lattice.best()
        parts = best.parts()
        return BestParse(best.cost, parts, assemble(parts))

    def _step(self, at: int, state: ParseState, node: ParseNode) -> None:
        for match in self.phrases.at(at, opening=state.phase is Phase.START):
            if match.roles[0] in NOT:
                self._negate(match, state, node)
            elif match.roles[0] in LISTS:
                self._list(at, match, state, node)
            elif match.roles[0] not in ELSEWHERE:
                self._keyword(at, match, state, node)
        if day := self.payloads.day(at):
            self._take(day, _OPEN, node, _JOINED, error=_SURE_ERROR)
        self._schedule(at, state, node)
        self._join(at, state, node)
        self._unsaid(at, state, node)
        self._skip(at, node)

    def _keyword(self, at: int, match: PhraseMatch, state: ParseState, node: ParseNode) -> None:
        """Follow a phrase with all its roles. Only the last role takes a value."""
        node = node.dearer(self._price(match, state))
        for role in match.roles:
            if role in PLAIN:
                node = node.then(self.payloads.said(_MEANING.get(role, role), at, match.end))
        last = match.roles[-1]
        if last in PLAIN:
            self._lattice.reach(match.end, _after(last, state), node)
        elif last in NAMING:
            self._names(match.end, NAMING[last], node, negative=False)
        elif last == PhraseRole.PERIOD:
            if match.end in self.payloads.days:
                self._take(self.payloads.at(match.end, last), _OPEN, node, error=_SURE_ERROR)
        else:
            self._take(self.payloads.at(match.end, last), _OPEN, node)

    def _schedule(self, at: int, state: ParseState, node: ParseNode) -> None:
        """Follow a schedule, for example `every monday at 9`. The clauses before it may continue, but no list."""
        if at not in self.payloads.schedules.possible:
            return
        follows = state if state.phase in (Phase.START, Phase.VERB) else _OPEN
        asked = node.says(_is_scheduled)
        dated = node.says(lambda value: isinstance(value, PartialSchedule) and value.days and not value.time)
        for payload in self.payloads.schedule(at, asked=asked, dated=dated):
            single = _is_single_day(payload)
            # "Tomorrow" is no short form of Tomorrowland BV. Once the days are said, it may be a day of the figures.
            if not single or not node.says(_has_days):
                self._take(payload, follows, node, error=0.0 if single else _SURE_ERROR)

    def _list(self, at: int, match: PhraseMatch, state: ParseState, node: ParseNode) -> None:
        """Follow `digest customers on Exchange`: after a schedule or `digest`, a list asks for usage by dimension."""
        if state.phase is Phase.START and node.says(
            lambda value: _is_scheduled(value) or isinstance(value, PartialSchedule)
        ):
            listed = self.payloads.said(DimensionPart((LISTS[match.roles[0]],), listed=True), at, match.end)
            self._lattice.reach(match.end, _VERB, node.then(listed, self._price(match, state)))

    def _negate(self, match: PhraseMatch, state: ParseState, node: ParseNode) -> None:
        """Follow `not on Skype`, `except Skype`."""
        node = node.dearer(self._price(match, state))
        self._names(match.end, None, node, negative=True)
        for clause in self.phrases.at(match.end):
            if len(clause.roles) == 1 and clause.roles[0] in NAMING:
                priced = node.dearer(self._price(clause, _OPEN))
                self._names(clause.end, NAMING[clause.roles[0]], priced, negative=True)

    def _price(self, match: PhraseMatch, state: ParseState) -> float:
        if not match.typo:
            return _DIGEST if SCHEDULED.intersection(match.roles) else _KEYWORD
        likely = state.phase is Phase.VERB or (state.phase is Phase.START and match.roles[0] in OPENING)
        return _LIKELY_TYPO if likely else _TYPO

    def _names(self, at: int, clause: Clause | None, node: ParseNode, *, negative: bool) -> None:
        """Follow a name after a keyword or in a list."""
        is_day = clause in (Clause.ON, Clause.FOR) and not negative
        # "from" comes before a name, and before the day on which a period begins.
        if is_day and not self.phrases.role(at - 1, PhraseRole.PERIOD) and (day := self.payloads.day(at)):
            self._take(day, _OPEN, node)
        self._name(at, clause, node, negative=negative)
        missing = self.payloads.missing(at, ParseProblem.MISSING_NAME, self._lexicon.data.forms["name"])
        self._lattice.reach(at, _OPEN, node.then(missing, _ERROR))

    def _name(
        self,
        at: int,
        clause: Clause | None,
        node: ParseNode,
        *,
        negative: bool,
        known: bool = False,
        sure: bool = False,
        unknown: float = 0.0,
    ) -> None:
        """Follow the names at `at`.

        `known`, `sure`: only such names. `unknown`: the extra cost of an unknown name.
        """
        state = ParseState(Phase.NAMED, clause, negative)
        for reading in self._spans.at(at, clause):
            if (known and not reading.known) or (sure and not reading.sure):
                continue
            cost = reading.cost + (0.0 if reading.known else unknown)
            if self._lattice.is_cheaper(reading.end, state, node.cost + cost):
                named = NamePart(reading.name, reading.clause, negative, reading.known)
                self._lattice.reach(reading.end, state, node.then(self.payloads.said(named, at, reading.end), cost))

    def _take(
        self, payload: ClauseValue, state: ParseState, node: ParseNode, cost: float = 0.0, error: float = _ERROR
    ) -> None:
        cost += payload.cost
        for part in payload.parts:
            cost += error if isinstance(part.value, NotUnderstood) else 0.0
            node = node.then(part, cost)
            cost = 0.0
        self._lattice.reach(payload.end, state, node)

    def _join(self, at: int, state: ParseState, node: ParseNode) -> None:
        """Follow a comma or `and`: the list continues, or another clause follows."""
        end = self.phrases.separator(at)
        if state.phase is Phase.NAMED:
            if end > at and end < len(self._tokens):
                self._name(end, state.clause, node, negative=state.negative)
            if soft := self.phrases.role(at, PhraseRole.SOFT_AND):
                self._name(soft.end, state.clause, node.dearer(_SOFTLY_JOINED), negative=state.negative, known=True)
        follows = end < len(self._tokens) and (self.phrases.at(end) or self.payloads.begins(end))
        if end > at and (follows or state.phase in (Phase.START, Phase.VERB)):
            next_state = state if state.phase in (Phase.START, Phase.VERB) else _OPEN
            self._lattice.reach(end, next_state, node.dearer(_JOINED))
        if end > at and end == len(self._tokens):
            self._names(end, state.clause, node, negative=state.negative)

    def _unsaid(self, at: int, state: ParseState, node: ParseNode) -> None:
        """Follow a name without a keyword: any name at the start, later only a name that is certain."""
        at_start = state.phase in (Phase.START, Phase.VERB)
        beside = state.phase is Phase.NAMED
        node = node.dearer(_ADJACENT if beside else 0.0)
        when = node.part.value if node.part else None
        timeless = isinstance(when, PartialSchedule) and not when.time and not node.says(_is_scheduled)
        self._name(at, None, node, negative=False, sure=not at_start, unknown=_TIMELESS if timeless else 0.0)

    def _skip(self, at: int, node: ParseNode) -> None:
        """Follow words that fit nowhere, up to the next keyword."""
        end = at + 1
        while end < len(self._tokens) and not self.phrases.at(end) and self._tokens[end].kind is TokenKind.WORD:
            end += 1
        expected = (self._lexicon.canonical[role] for role in OFFERED)
        part = self.payloads.said(PhraseRole.ASK, at, end)
        problem = NotUnderstood(ParseProblem.UNEXPECTED, part.at, part.found, tuple(expected))
        cost = _ERROR + _SKIPPED * (end - at)
        self._lattice.reach(end, _OPEN, node.then(SentencePart(problem, part.at, part.found), cost))


def _after(role: str, state: ParseState) -> ParseState:
    """Return the state after a word that takes no value."""
    if role in QUESTION or role == PhraseRole.ASK:
        return _VERB if state.phase in (Phase.START, Phase.VERB) else _OPEN
    return _OPEN if state.phase is Phase.NAMED else state


def _is_scheduled(value: Value) -> bool:
    """Return True if `value` asks for a digest."""
    return isinstance(value, str) and value in SCHEDULED


def _has_days(value: Value) -> bool:
    return isinstance(value, PartialSchedule) and value.days


def _is_single_day(payload: ClauseValue) -> bool:
    value = payload.parts[0].value
    return isinstance(value, NotUnderstood) and value.problem is ParseProblem.SINGLE_DAY
