"""The parts of a sentence, and the question they make together. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from bot.commands.command import Clause, Hello, Name, NewDigest, NotUnderstood, ParseProblem, Usage
from bot.domain.licensing import Dimension
from bot.language.text.lexicon import PhraseRole
from bot.language.timing.partial_schedule import PartialSchedule
from bot.query.filters.expression import And, Eq, Ne, Or
from bot.query.filters.share_filter import ShareRange, TopBottom


@dataclass(frozen=True, slots=True)
class NamePart:
    """A name behind `clause`; None where the sentence does not say of what kind it is."""

    name: Name
    clause: Clause | None
    negative: bool
    known: bool


@dataclass(frozen=True, slots=True)
class DimensionPart:
    """Dimensions to list by; `listed`: said as `customers on …`, which alone asks for the list and no usage."""

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
    | PhraseRole
    | NotUnderstood
)


@dataclass(frozen=True, slots=True)
class SentencePart:
    """`value` was said with the words `found` at `at`."""

    value: Value
    at: int
    found: str


_COURTESIES = (PhraseRole.POLITE, PhraseRole.HELLO, PhraseRole.ASK, PhraseRole.THANKS)
_GREETED = 3  # words: "hello my dear bot" greets, a longer text asks something


def assemble(parts: tuple[SentencePart, ...]) -> Usage | NewDigest | Hello | NotUnderstood:
    """The question that `parts` ask."""
    for part in parts:
        if isinstance(part.value, NotUnderstood):
            return part.value
    if _says_nothing(parts):
        if _is_greeting(parts):
            return Hello()
        return NotUnderstood(ParseProblem.UNKNOWN, parts[0].at if parts else 0, parts[0].found if parts else "")
    if any(part.value is PhraseRole.DIGEST or isinstance(part.value, PartialSchedule) for part in parts):
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
    usage = _named([part.value for part in parts if isinstance(part.value, NamePart)])
    for part in parts:
        if isinstance(part.value, NamePart | PhraseRole | PartialSchedule):
            continue
        grown = _add(usage, part.value)
        if grown is None:
            return NotUnderstood(ParseProblem.TWICE, part.at, part.found)
        usage = grown
    return usage


def _only_listed(parts: tuple[SentencePart, ...]) -> SentencePart | None:
    """`digest customers`: a list is no question that a digest answers."""
    said = [
        part
        for part in parts
        if part.value not in (*_COURTESIES, PhraseRole.DIGEST) and not isinstance(part.value, PartialSchedule)
    ]
    return (
        said[0] if said and all(isinstance(part.value, DimensionPart) and part.value.listed for part in said) else None
    )


def _is_greeting(parts: tuple[SentencePart, ...]) -> bool:
    if any(part.value is PhraseRole.HELLO for part in parts):
        return _unknown_words(parts) <= _GREETED
    return any(part.value is PhraseRole.THANKS for part in parts) and _unknown_words(parts) == 0


def _unknown_words(parts: tuple[SentencePart, ...]) -> int:
    return sum(len(part.value.name.text.split()) for part in parts if isinstance(part.value, NamePart))


def _says_nothing(parts: tuple[SentencePart, ...]) -> bool:
    """Only courtesies, and words that are no name of anything: not a question.

    With such words, "every monday" is none either (`tell me a joke every monday`).
    """
    if all(part.value in _COURTESIES or isinstance(part.value, PartialSchedule) for part in parts):
        return not any(isinstance(part.value, PartialSchedule) for part in parts)
    return all(
        part.value in _COURTESIES
        or isinstance(part.value, PartialSchedule)
        or (isinstance(part.value, NamePart) and not (part.value.known or part.value.clause or part.value.negative))
        for part in parts
    )


def _named(names: list[NamePart]) -> Usage:
    has_customer = any(named.clause is Clause.FOR and not named.negative for named in names)
    chosen = [(named, named.clause or _kind(named, has_customer=has_customer)) for named in names]

    def positive(clause: Clause) -> tuple[Name, ...]:
        return tuple(named.name for named, kind in chosen if kind is clause and not named.negative)

    return Usage(
        customers=positive(Clause.FOR),
        subjects=positive(Clause.ON),
        products=positive(Clause.IN),
        channels=positive(Clause.VIA),
        excluded=tuple((kind, named.name) for named, kind in chosen if named.negative),
    )


def _kind(named: NamePart, *, has_customer: bool) -> Clause:
    """Of what kind a name is that nothing tells: `Exchange for TEST COMPANY`, `except Skype`, else a customer."""
    return Clause.ON if named.negative or has_customer else Clause.FOR


def _add(usage: Usage, value: Value) -> Usage | None:
    """`usage` with `value`, None where that was said already."""
    match value:
        case DimensionPart(dimensions):
            return replace(usage, by=tuple(dict.fromkeys((*usage.by, *dimensions))))
        case ShareRange() if limit := _both(usage.limit, value):
            return replace(usage, limit=limit)
        case TopBottom() if usage.order is None:
            return replace(usage, order=value)
        case date() if usage.as_of is None:
            return replace(usage, as_of=value)
        case Eq() | Ne() | And() | Or() if usage.expression is None:
            return replace(usage, expression=value)
    return None


def _both(one: ShareRange | None, other: ShareRange) -> ShareRange | None:
    """`above 20% below 40%` is one limit; two on the same side are none."""
    if one is None:
        return other
    if one.high is None and other.low is None:
        return replace(one, high=other.high, high_included=other.high_included)
    if one.low is None and other.high is None:
        return replace(one, low=other.low, low_included=other.low_included)
    return None
