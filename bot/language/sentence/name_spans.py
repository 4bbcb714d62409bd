"""Find which words may be one name, and how likely that is.

Pure: `knows` asks the directory. A cost of 0 means certain. A known name costs almost nothing. An unknown name costs
more the longer it is, and much more if a keyword would be part of it. The parse lattice keeps the cheapest parse of the
whole sentence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.commands.clauses import UNSAID_CLAUSES
from bot.commands.command import Clause, Name
from bot.domain.guid import pasted_guid
from bot.language.sentence.clause_values import ClauseValues
from bot.language.sentence.role_sets import MILD, QUESTION
from bot.language.text.lexicon import Language, PhraseRole
from bot.language.text.message_text import MessageText
from bot.language.text.paste_marks import is_list_number
from bot.language.text.phrase_matcher import PhraseMatcher
from bot.language.text.tokenizer import Token, TokenKind, name_text
from bot.names import workload_aliases as aliases
from bot.names.entry_label import read_label

NameLookup = Callable[[Clause, str], float]

_LONGEST_KNOWN = 16  # words
_LONGEST = 32
_EXACT, _PREFIX, _UNKNOWN, _WORD, _TRIMMED, _OTHER_CLAUSE = 0.01, 0.5, 1.0, 0.25, 0.02, 0.05
_KEYWORD, _FIRST_KEYWORD, _MILD_KEYWORD = 2.0, 4.0, 0.3
# The clause that is meant if the name is unknown in the typed one: `usage for Exchange`, `usage on TEST COMPANY`.
_INSTEAD = {Clause.FOR: Clause.ON, Clause.IN: Clause.ON, Clause.ON: Clause.FOR}


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name of the words up to token `end`.

    `sure`: it was quoted, or it is the full name of an entry in the directory.
    """

    end: int
    name: Name
    clause: Clause | None
    cost: float
    known: bool
    sure: bool


class NameSpans:
    """The possible names in one sentence."""

    def __init__(
        self,
        typed: MessageText,
        tokens: tuple[Token, ...],
        phrases: PhraseMatcher,
        language: Language,
        knows: NameLookup | None,
        payloads: ClauseValues,
    ) -> None:
        self._typed = typed
        self._tokens = tokens
        self._phrases = phrases
        self._language = language
        self._knows = knows or _knows_workloads
        self._days = payloads.days  # the tokens at which a day begins
        self._schedules = payloads.schedules.starts
        self._texts: dict[tuple[int, int], str] = {}
        self._scores: dict[tuple[Clause, str], float] = {}
        self._read: dict[tuple[int, Clause | None], tuple[NameSpan, ...]] = {}
        self._weights = [self._weight(index) for index in range(len(tokens))]

    def at(self, index: int, clause: Clause | None) -> tuple[NameSpan, ...]:
        """Return the names that may begin at `index` after `clause` (None: any clause)."""
        key = index, clause
        if key not in self._read:
            self._read[key] = tuple(self._readings(index, clause))
        return self._read[key]

    def _readings(self, at: int, clause: Clause | None) -> Iterator[NameSpan]:
        if at >= len(self._tokens) or self._joins(at):
            return
        token = self._tokens[at]
        if token.kind is TokenKind.QUOTED:
            if not token.text:
                return
            meant = clause or self._best(token.text)[0]
            yield NameSpan(at + 1, Name(token.text, token.start), meant, _EXACT, known=True, sure=True)
        inner = 0.0
        for end in range(at + 1, min(at + _LONGEST, len(self._tokens)) + 1):
            last = self._tokens[end - 1]
            if last.kind is TokenKind.QUOTED and not last.text:
                return
            inner += self._weights[end - 1] if end - 1 > at else self._first_weight(at)
            if token.kind is TokenKind.QUOTED and end == at + 1:
                continue
            if not self._joins(end - 1) and (found := self._reading(at, end, clause, inner)):
                yield found

    def _reading(self, at: int, end: int, clause: Clause | None, inner: float) -> NameSpan | None:
        if end - at <= _LONGEST_KNOWN:
            for start, text, extra in self._variants(at, end):
                meant, score, cost = self._meaning(clause, text)
                if score > 0:
                    cost += extra + (_EXACT if score >= 1 else _PREFIX + self._as_keyword(at, end))
                    return NameSpan(
                        end, Name(text, self._tokens[start].start), meant, cost, known=True, sure=score >= 1
                    )
        if end < len(self._tokens) and not self._ends_a_name(end):
            return None
        text = self._unowned(at, end)
        if end - 1 > at and self._weights[end - 1] == _KEYWORD:  # the value of this keyword is missing
            inner += _KEYWORD
        if self._has_known_id(clause, text):
            return NameSpan(end, Name(text, self._tokens[at].start), clause, _PREFIX + inner, known=True, sure=False)
        cost = _UNKNOWN + _WORD * (end - at) + inner
        return NameSpan(end, Name(text, self._tokens[at].start), clause, cost, known=False, sure=False)

    def _has_known_id(self, clause: Clause | None, text: str) -> bool:
        """Return True for `Old Name (id)`: the name has changed since it was printed, the id has not."""
        label = read_label(text)
        return label is not None and _is_guid(label.detail) and self._score(clause or Clause.FOR, label.detail) >= 1

    def _as_keyword(self, at: int, end: int) -> float:
        """Return the cost of a keyword as a whole name: `not` is hardly short for `Not for Profit Ltd`."""
        return _FIRST_KEYWORD if end == at + 1 and self._weights[at] == _KEYWORD else 0.0

    def _joins(self, index: int) -> bool:
        """Return True for a comma or a sign like `&`: no name begins or ends with one."""
        token = self._tokens[index]
        if token.kind is TokenKind.COMMA:
            return True
        return not token.folded.isalnum() and self._phrases.role(index, PhraseRole.SOFT_AND) is not None

    def _ends_a_name(self, index: int) -> bool:
        if self._phrases.at(index) or self._tokens[index].kind is TokenKind.COMMA:
            return True
        return index in self._days or index in self._schedules

    def _variants(self, at: int, end: int) -> Iterator[tuple[int, str, float]]:
        """Yield the words as they are, then without the words that people add to a name."""
        yield at, self._text(at, end), 0.0
        first, last = self._tokens[at], self._tokens[end - 1]
        if end - at > 1 and self._is_leading(first) and self._tokens[at + 1].kind is TokenKind.WORD:
            yield at + 1, self._text(at + 1, end), _TRIMMED
        if end - at > 1 and last.folded in self._language.trailing and self._tokens[end - 2].kind is TokenKind.WORD:
            yield at, self._text(at, end - 1), _TRIMMED
            if end - at > 2 and self._is_leading(first):
                yield at + 1, self._text(at + 1, end - 1), 2 * _TRIMMED
        if (owner := self._owner(self._text(at, end))) is not None:
            yield at, owner, _TRIMMED

    def _is_leading(self, token: Token) -> bool:
        return token.folded in self._language.leading or is_list_number(token)

    def _unowned(self, at: int, end: int) -> str:
        """Return the name without a possessive ending before a verb: `TEST COMPANY's usage`."""
        text = self._text(at, end)
        asked = any(self._phrases.role(end, role) for role in QUESTION)
        return (self._owner(text) or text) if asked else text

    def _owner(self, text: str) -> str | None:
        lower = text.casefold()
        ending = next((ending for ending in self._language.possessives if lower.endswith(ending)), None)
        return (text[: -len(ending)].strip() or None) if ending else None

    def _text(self, at: int, end: int) -> str:
        key = at, end
        if key not in self._texts:
            self._texts[key] = name_text(self._typed, self._tokens[at:end], last=end == len(self._tokens))
        return self._texts[key]

    def _meaning(self, clause: Clause | None, text: str) -> tuple[Clause | None, float, float]:
        """Return the clause of the name, its score there (0 to 1) and the cost of a different clause than typed."""
        if clause is None:
            return *self._best(text), 0.0
        score = self._score(clause, text)
        other = _INSTEAD.get(clause)
        if score <= 0 and other and not _is_guid(text) and self._score(other, text) >= 1:
            return other, 1.0, _OTHER_CLAUSE
        return clause, score, 0.0

    def _best(self, text: str) -> tuple[Clause | None, float]:
        """Return the clause with the best score.

        Return None if the score is 0, or if it is the same for a customer and a workload.
        """
        scores = {clause: self._score(clause, text) for clause in UNSAID_CLAUSES}
        best = max(scores.values())
        winners = [clause for clause, score in scores.items() if score == best]
        if best <= 0 or {Clause.FOR, Clause.ON} <= set(winners):
            return None, best
        return (Clause.ON if Clause.ON in winners else winners[0]), best

    def _score(self, clause: Clause, text: str) -> float:
        key = clause, text
        if key not in self._scores:
            is_id = clause is Clause.FOR and _is_guid(text)
            self._scores[key] = 1.0 if is_id else float(self._knows(clause, text))
        return self._scores[key]

    def _weight(self, index: int) -> float:
        """Return the cost of the keyword at `index` as a part of an unknown name."""
        if self._tokens[index].kind is TokenKind.COMMA or index in self._days:
            return _KEYWORD
        roles = self._roles(index)
        if not roles:
            return _KEYWORD if index in self._schedules else 0.0
        return _MILD_KEYWORD if roles <= MILD else _KEYWORD

    def _first_weight(self, index: int) -> float:
        if self._weights[index] != _KEYWORD:
            return self._weights[index]
        # "for Daily Planet": after a keyword that takes a name there is no schedule.
        only_schedule = index in self._schedules and index not in self._days and not self._roles(index)
        return _MILD_KEYWORD if only_schedule else _FIRST_KEYWORD

    def _roles(self, index: int) -> set[str]:
        return {match.roles[0] for match in self._phrases.at(index) if not match.typo} - {PhraseRole.SOFT_AND}


def _is_guid(text: str) -> bool:
    return pasted_guid(text) is not None


def _knows_workloads(clause: Clause, text: str) -> float:
    """Return 1 for the name of a workload: other names are unknown without a directory."""
    return 1.0 if clause is Clause.ON and aliases.meanings(text) else 0.0
