"""Tokens -> the question they most likely ask. Pure; knows no word of any language.

Every split of the sentence is tried: a keyword may be one, or be part of a name ("Focus on IT", "Top Gear by Design").
Each reading has a cost (`spans`), and the cheapest is kept per place and state, so the work grows with the length of
the sentence and not with the number of splits. What fits nowhere costs most and is reported with its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.commands.command import Clause, Hello, NewDigest, NotUnderstood, Problem, Usage
from bot.domain.licensing import Dimension
from bot.language.sentence.clause_values import Payload, Payloads
from bot.language.sentence.name_spans import Knows, Spans
from bot.language.sentence.parse_lattice import Lattice, Node, Phase, State
from bot.language.sentence.sentence_parts import By, Named, Part, Value, assemble
from bot.language.text.lexicon import Lexicon, Role
from bot.language.text.message_text import Typed
from bot.language.text.phrase_matcher import Match, Phrases
from bot.language.text.tokenizer import Kind, Token
from bot.language.timing.partial_schedule import Timing
from bot.query.filters.share_filter import Limit

_ERROR, _SKIPPED, _TYPO, _LIKELY_TYPO, _KEYWORD, _JOINED, _ADJACENT = 3.0, 0.25, 0.3, 0.05, 0.001, 0.05, 0.1
_SOFTLY_JOINED = 0.6
_DIGEST = 0.02  # more than a known name: "Update Me", "Digest"
_TIMELESS = 1.0  # "Daily Planet", "Every Day Ltd": a schedule without a time before a name that nobody knows
_SURE_ERROR = 1.0  # 10/14/2018: wrong, but certainly meant as a day
_CLAUSES = {Role.FOR: Clause.FOR, Role.ON: Clause.ON, Role.IN: Clause.IN, Role.VIA: Clause.VIA, Role.OF: None}
_PLAIN = frozenset(
    {Role.USAGE, Role.ASK, Role.POLITE, Role.HELLO, Role.THANKS, Role.BY_CUSTOMER, Role.UNUSED, Role.DIGEST}
)
_MEANING: Mapping[Role, Value] = {Role.BY_CUSTOMER: By((Dimension.CUSTOMER,)), Role.UNUSED: Limit(high=0.0)}
_OPENING_VERBS = frozenset({Role.USAGE, Role.TOP, Role.BOTTOM, Role.FILTER, Role.HELLO, Role.DIGEST})
LISTS: Mapping[Role, Dimension] = {Role.CUSTOMERS: Dimension.CUSTOMER, Role.WORKLOADS: Dimension.WORKLOAD}
_ACCOUNT = frozenset({Role.SIGN_IN, Role.SIGN_OUT, Role.WHO_AM_I, Role.FORGET_ME})
_NOT_HERE = _ACCOUNT | LISTS.keys() | {Role.HELP, Role.DIGESTS, Role.AND, Role.SOFT_AND}
_OFFERED = (Role.FOR, Role.ON, Role.IN, Role.VIA, Role.BY, Role.BELOW, Role.AS_OF, Role.FILTER)


_START, _VERB, _OPEN = State(Phase.START), State(Phase.VERB), State(Phase.OPEN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The cheapest reading and its cost."""

    cost: float
    parts: tuple[Part, ...]
    value: Usage | NewDigest | Hello | NotUnderstood


class Reader:
    """One sentence."""

    def __init__(
        self, typed: Typed, tokens: tuple[Token, ...], lexicon: Lexicon, today: date, knows: Knows | None
    ) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self.phrases = Phrases(tokens, lexicon)
        self.payloads = Payloads(typed, tokens, self.phrases, lexicon, today)
        self._spans = Spans(typed, tokens, self.phrases, lexicon.data, knows, self.payloads)
        self._lattice = Lattice(len(tokens))

    def read(self, at: int = 0, *, said: tuple[Part, ...] = ()) -> Outcome:
        """The sentence from token `at`, where `said` stands before it already."""
        self._lattice = Lattice(len(self._tokens))
        node = Node(0.0)
        for part in said:
            node = node.then(part)
        self._lattice.reach(at, _VERB if said else _START, node)
        for index in range(at, len(self._tokens)):
            for state, here in self._lattice.at(index):
                self._step(index, state, here)
        best = self._lattice.best()
        parts = best.parts()
        return Outcome(best.cost, parts, assemble(parts))

    def _step(self, at: int, state: State, node: Node) -> None:
        for match in self.phrases.at(at, opening=state.phase is Phase.START):
            if match.roles[0] is Role.NOT:
                self._negate(match, state, node)
            elif match.roles[0] in LISTS:
                self._list(at, match, state, node)
            elif match.roles[0] not in _NOT_HERE:
                self._keyword(at, match, state, node)
        if day := self.payloads.day(at):
            self._take(day, _OPEN, node, _JOINED, error=_SURE_ERROR)
        self._schedule(at, state, node)
        self._join(at, state, node)
        self._unsaid(at, state, node)
        self._skip(at, node)

    def _keyword(self, at: int, match: Match, state: State, node: Node) -> None:
        """A phrase with all that it does; only the last of its roles takes something."""
        node = node.dearer(self._price(match, state))
        for role in match.roles:
            if role in _PLAIN:
                node = node.then(self.payloads.said(_MEANING.get(role, role), at, match.end))
        last = match.roles[-1]
        if last in _PLAIN:
            self._lattice.reach(match.end, _after(last, state), node)
        elif last in _CLAUSES:
            self._names(match.end, _CLAUSES[last], node, negative=False)
        elif last is Role.PERIOD:
            if match.end in self.payloads.days:
                self._take(self.payloads.at(match.end, last), _OPEN, node, error=_SURE_ERROR)
        else:
            self._take(self.payloads.at(match.end, last), _OPEN, node)

    def _schedule(self, at: int, state: State, node: Node) -> None:
        """`every monday at 9`; what was said before it goes on, but for a list of names."""
        if not self.payloads.schedules.at(at, asked=True):
            return
        follows = state if state.phase in (Phase.START, Phase.VERB) else _OPEN
        asked = node.says(lambda value: value is Role.DIGEST)
        dated = node.says(lambda value: isinstance(value, Timing) and value.days and not value.time)
        for payload in self.payloads.schedule(at, asked=asked, dated=dated):
            self._take(payload, follows, node, error=_SURE_ERROR)

    def _list(self, at: int, match: Match, state: State, node: Node) -> None:
        """`digest customers on Exchange`: behind a schedule or `digest` a list of them is a question about each."""
        if state.phase is Phase.START and node.says(lambda value: value is Role.DIGEST or isinstance(value, Timing)):
            listed = self.payloads.said(By((LISTS[match.roles[0]],), listed=True), at, match.end)
            self._lattice.reach(match.end, _VERB, node.then(listed, self._price(match, state)))

    def _negate(self, match: Match, state: State, node: Node) -> None:
        """`not on Skype`, `except Skype`."""
        node = node.dearer(self._price(match, state))
        self._names(match.end, None, node, negative=True)
        for clause in self.phrases.at(match.end):
            if len(clause.roles) == 1 and clause.roles[0] in _CLAUSES:
                priced = node.dearer(self._price(clause, _OPEN))
                self._names(clause.end, _CLAUSES[clause.roles[0]], priced, negative=True)

    def _price(self, match: Match, state: State) -> float:
        if not match.typo:
            return _DIGEST if Role.DIGEST in match.roles else _KEYWORD
        likely = state.phase is Phase.VERB or (state.phase is Phase.START and match.roles[0] in _OPENING_VERBS)
        return _LIKELY_TYPO if likely else _TYPO

    def _names(self, at: int, clause: Clause | None, node: Node, *, negative: bool) -> None:
        """A name behind a keyword or in a list."""
        is_day = clause in (Clause.ON, Clause.FOR) and not negative
        # "from" goes before a name, and before a day that something begins with.
        if is_day and not self.phrases.role(at - 1, Role.PERIOD) and (day := self.payloads.day(at)):
            self._take(day, _OPEN, node)
        self._name(at, clause, node, negative=negative)
        missing = self.payloads.missing(at, Problem.MISSING_NAME, self._lexicon.data.forms["name"])
        self._lattice.reach(at, _OPEN, node.then(missing, _ERROR))

    def _name(
        self,
        at: int,
        clause: Clause | None,
        node: Node,
        *,
        negative: bool,
        known: bool = False,
        sure: bool = False,
        unknown: float = 0.0,
    ) -> None:
        """A name at `at`: `known` or `sure` ones alone; `unknown` is what any other costs more."""
        state = State(Phase.NAMED, clause, negative)
        for reading in self._spans.at(at, clause):
            if (known and not reading.known) or (sure and not reading.sure):
                continue
            cost = reading.cost + (0.0 if reading.known else unknown)
            if self._lattice.is_cheaper(reading.end, state, node.cost + cost):
                named = Named(reading.name, reading.clause, negative, reading.known)
                self._lattice.reach(reading.end, state, node.then(self.payloads.said(named, at, reading.end), cost))

    def _take(self, payload: Payload, state: State, node: Node, cost: float = 0.0, error: float = _ERROR) -> None:
        cost += payload.cost
        for part in payload.parts:
            cost += error if isinstance(part.value, NotUnderstood) else 0.0
            node = node.then(part, cost)
            cost = 0.0
        self._lattice.reach(payload.end, state, node)

    def _join(self, at: int, state: State, node: Node) -> None:
        """A comma or `and`: the list goes on, or another clause follows."""
        end = self.phrases.separator(at)
        if state.phase is Phase.NAMED:
            if end > at and end < len(self._tokens):
                self._name(end, state.clause, node, negative=state.negative)
            if soft := self.phrases.role(at, Role.SOFT_AND):
                self._name(soft.end, state.clause, node.dearer(_SOFTLY_JOINED), negative=state.negative, known=True)
        follows = end < len(self._tokens) and (self.phrases.at(end) or self.payloads.begins(end))
        if end > at and (follows or state.phase in (Phase.START, Phase.VERB)):
            next_state = state if state.phase in (Phase.START, Phase.VERB) else _OPEN
            self._lattice.reach(end, next_state, node.dearer(_JOINED))
        if end > at and end == len(self._tokens):
            self._names(end, state.clause, node, negative=state.negative)

    def _unsaid(self, at: int, state: State, node: Node) -> None:
        """A name without a keyword: anything at the start, later only what is certainly one."""
        at_start = state.phase in (Phase.START, Phase.VERB)
        beside = state.phase is Phase.NAMED
        node = node.dearer(_ADJACENT if beside else 0.0)
        when = node.part.value if node.part else None
        timeless = isinstance(when, Timing) and not when.time and not node.says(lambda value: value is Role.DIGEST)
        self._name(at, None, node, negative=False, sure=not at_start, unknown=_TIMELESS if timeless else 0.0)

    def _skip(self, at: int, node: Node) -> None:
        """Words that fit nowhere, up to the next keyword."""
        end = at + 1
        while end < len(self._tokens) and not self.phrases.at(end) and self._tokens[end].kind is Kind.WORD:
            end += 1
        expected = (self._lexicon.canonical[role] for role in _OFFERED)
        part = self.payloads.said(Role.ASK, at, end)
        problem = NotUnderstood(Problem.UNEXPECTED, part.at, part.found, tuple(expected))
        cost = _ERROR + _SKIPPED * (end - at)
        self._lattice.reach(end, _OPEN, node.then(Part(problem, part.at, part.found), cost))


def _after(role: Role, state: State) -> State:
    """The state behind a word that takes nothing."""
    if role in (Role.USAGE, Role.ASK):
        return _VERB if state.phase in (Phase.START, Phase.VERB) else _OPEN
    return _OPEN if state.phase is Phase.NAMED else state
