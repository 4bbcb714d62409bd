"""The parts of a sentence, and the question that they form. Pure."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.commands.clauses import CLAUSE_OF_KIND, CLAUSES, EXCLUDED, NAME_CLAUSES, ClauseSpec, ValueKind
from bot.commands.command import Clause, Hello, Name, NewDigest, NotUnderstood, ParseProblem, Usage
from bot.domain.licensing import Dimension
from bot.language.sentence.role_sets import COURTESIES, GREETING, SCHEDULED
from bot.language.text.lexicon import PhraseRole
from bot.language.timing.partial_schedule import PartialSchedule
from bot.query.filters.expression import And, Eq, Ne, Or
from bot.query.filters.share_filter import ShareRange, TopBottom


@dataclass(frozen=True, slots=True)
class NamePart:
    """A name. `clause` is None if the sentence does not say to which one it belongs."""

    name: Name
    clause: Clause | None
    negative: bool
    known: bool


@dataclass(frozen=True, slots=True)
class DimensionPart:
    """The dimensions that group the rows.

    `listed`: written as `customers on …`. Alone, that asks for the list and not for usage.
    """

    dimensions: tuple[Dimension, ...]
    listed: bool = False


Value = (
    NamePart
    | DimensionPart
    | ShareRange
    | TopBottom
    | date
    | Eq
    | Ne
    | And
    | Or
    | PartialSchedule
    | str  # the role of a phrase that is complete without a value
    | NotUnderstood
)
_KINDS: tuple[tuple[type | tuple[type, ...], ValueKind], ...] = (
    (DimensionPart, ValueKind.DIMENSIONS),
    (ShareRange, ValueKind.SHARE),
    (TopBottom, ValueKind.COUNT),
    (date, ValueKind.DAY),
    ((Eq, Ne, And, Or), ValueKind.FILTER),
)


def kind_of(value: Value) -> ValueKind | None:
    """Return the kind of clause that takes `value`, None if there is none."""
    return next((kind for types, kind in _KINDS if isinstance(value, types)), None)


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A value with its words.

    `found` are the words at the offset `at`. `field`: the field of the question that takes the value, "" for the one
    that usually takes such a value.
    """

    value: Value
    at: int
    found: str
    field: str = ""

    @property
    def is_courtesy(self) -> bool:
        """True if the part is a courtesy, which asks nothing."""
        return isinstance(self.value, str) and self.value in COURTESIES

    @property
    def is_digest(self) -> bool:
        """True if the part asks for a digest."""
        return isinstance(self.value, PartialSchedule) or (isinstance(self.value, str) and self.value in SCHEDULED)

    @property
    def clause(self) -> ClauseSpec | None:
        """The clause of the value, None if no clause takes it."""
        kind = kind_of(self.value)
        if kind is None or not self.field:
            return CLAUSE_OF_KIND[kind] if kind else None
        return next(each for each in CLAUSES if each.field == self.field)


_GREETED = 3  # words: "hello my dear bot" is a greeting, a longer text is a question


def assemble(parts: tuple[SentencePart, ...]) -> Usage | NewDigest | Hello | NotUnderstood:
    """Return the question that `parts` form, or the first problem."""
    for part in parts:
        if isinstance(part.value, NotUnderstood):
            return part.value
    if _says_nothing(parts):
        if _is_greeting(parts):
            return Hello()
        return NotUnderstood(ParseProblem.UNKNOWN, parts[0].at if parts else 0, parts[0].found if parts else "")
    if any(part.is_digest for part in parts):
        return _digest(parts)
    return _question(parts)


def _digest(parts: tuple[SentencePart, ...]) -> NewDigest | NotUnderstood:
    when: PartialSchedule | None = None
    for part in parts:
        if isinstance(part.value, PartialSchedule):
            both = when.joined(part.value) if when else part.value
            if both is None:
                return NotUnderstood(ParseProblem.TWICE, part.at, part.found)
            when = both
    if listed := _only_listed(parts):
        return NotUnderstood(ParseProblem.UNEXPECTED, listed.at, listed.found)
    question = _question(parts)
    return question if isinstance(question, NotUnderstood) else NewDigest(question, when.schedule if when else None)


def _question(parts: tuple[SentencePart, ...]) -> Usage | NotUnderstood:
    fields = _named(parts)
    for part in parts:
        if isinstance(fields, NotUnderstood):
            return fields
        if (clause := part.clause) is not None:
            joined = _joined(clause, fields.get(clause.field), part.value)
            if joined is None:
                return NotUnderstood(ParseProblem.TWICE, part.at, part.found)
            fields[clause.field] = joined
    return fields if isinstance(fields, NotUnderstood) else Usage(**fields)


def _only_listed(parts: tuple[SentencePart, ...]) -> SentencePart | None:
    """Return the part of `digest customers`: a list is no question for a digest."""
    said = [part for part in parts if not part.is_courtesy and not part.is_digest]
    return (
        said[0] if said and all(isinstance(part.value, DimensionPart) and part.value.listed for part in said) else None
    )


def _is_greeting(parts: tuple[SentencePart, ...]) -> bool:
    if any(isinstance(part.value, str) and part.value in GREETING for part in parts):
        return _unknown_words(parts) <= _GREETED
    return any(part.value == PhraseRole.THANKS for part in parts) and _unknown_words(parts) == 0


def _unknown_words(parts: tuple[SentencePart, ...]) -> int:
    return sum(len(part.value.name.text.split()) for part in parts if isinstance(part.value, NamePart))


def _says_nothing(parts: tuple[SentencePart, ...]) -> bool:
    """Return True if there are only courtesies and words that are no known name.

    With such words, a schedule does not make a question either (`tell me a joke every monday`).
    """
    if all(part.is_courtesy or isinstance(part.value, PartialSchedule) for part in parts):
        return not any(isinstance(part.value, PartialSchedule) for part in parts)
    return all(
        part.is_courtesy
        or isinstance(part.value, PartialSchedule)
        or (isinstance(part.value, NamePart) and not (part.value.known or part.value.clause or part.value.negative))
        for part in parts
    )


def _named(parts: tuple[SentencePart, ...]) -> dict[str, Any] | NotUnderstood:
    """Return the fields of a question that hold names."""
    names = [(part, part.value) for part in parts if isinstance(part.value, NamePart)]
    has_customer = any(named.clause is Clause.FOR and not named.negative for _, named in names)
    fields: dict[str, Any] = {}
    for part, named in names:
        kind = named.clause or _kind(named, has_customer=has_customer)
        spec = NAME_CLAUSES[kind]
        if named.negative:
            fields[EXCLUDED] = (*fields.get(EXCLUDED, ()), (kind, named.name))
        elif spec.repeatable or spec.field not in fields:
            fields[spec.field] = (*fields.get(spec.field, ()), named.name)
        else:
            return NotUnderstood(ParseProblem.TWICE, part.at, part.found)
    return fields


def _kind(named: NamePart, *, has_customer: bool) -> Clause:
    """Return the clause of a name without a keyword.

    Workloads and the like: `Exchange for TEST COMPANY`, `except Skype`. Otherwise customers.
    """
    return Clause.ON if named.negative or has_customer else Clause.FOR


def _joined(clause: ClauseSpec, said: Any, value: Value) -> Any:
    """Return the value of `clause` after `said` and then `value`; None if they cannot be joined."""
    if isinstance(value, DimensionPart):
        return tuple(dict.fromkeys((*(said or ()), *value.dimensions)))
    if said is None:
        return value
    if clause.repeatable and isinstance(value, ShareRange) and isinstance(said, ShareRange):
        return _both(said, value)
    return None


def _both(one: ShareRange, other: ShareRange) -> ShareRange | None:
    """Return one range for `above 20% below 40%`, None for two limits on the same side."""
    if one.high is None and other.low is None:
        return replace(one, high=other.high, high_included=other.high_included)
    if one.low is None and other.high is None:
        return replace(one, low=other.low, low_included=other.low_included)
    return None
