"""A usage question and the names of it that were found. Pure."""

from dataclasses import dataclass, replace

from bot.commands.clauses import DIMENSIONS, NAME_CLAUSES, names_of, with_names
from bot.commands.command import Name, Usage
from bot.domain.licensing import Dimension
from bot.language.understanding.sentence_spans import NameRole
from bot.names.correction import correction_of
from bot.names.name_index import Ambiguous, Found, Unique, Unknown
from bot.usage.query_plan import NameResolver, QueryPlan, Term, Unresolved, by_id, plan


@dataclass(frozen=True, slots=True)
class ResolvedQuestion:
    """A usage question with the result of looking up its names.

    `plan` is that of the names in `matches` that are unique; `unresolved` is the first that is not, or None. `rest` is
    the question without names that are not unique.
    """

    question: Usage
    rest: Usage
    plan: QueryPlan
    matches: tuple[tuple[Name, Found], ...]
    unresolved: Unresolved | None = None

    def roles(self) -> tuple[NameRole, ...]:
        """Return the dimension that each name of the question was understood as."""
        return tuple(NameRole(name, _dimension_of(found)) for name, found in self.matches)

    def corrected(self) -> tuple[tuple[str, str], ...]:
        """Return the names that were corrected: as typed, and as they are."""
        found = (correction_of(name.text, match) for name, match in self.matches)
        return tuple((each.typed, each.entry.name) for each in found if each is not None and not each.assumed)

    def has_another_unknown(self) -> bool:
        """Return True if a name beside `unresolved` has no entry near it.

        Then no choice for the first name helps.
        """
        first = self.unresolved.name if self.unresolved else None
        return any(found == Unknown() and name != first for name, found in self.matches)


def resolve(question: Usage, directory: NameResolver, term: Term = by_id) -> ResolvedQuestion:
    """Look up the names of `question`; the plan omits those that are not unique."""
    recorder = _Recorder(directory)
    first: Unresolved | None = None
    rest = question
    planned = plan(rest, recorder, term)
    while isinstance(planned, Unresolved):
        first = first or planned
        rest = _without(rest, planned.name)
        planned = plan(rest, recorder, term)
    return ResolvedQuestion(question, rest, planned, tuple(_matches(question, recorder)), first)


class _Recorder:
    """Passes on what the directory finds, and keeps it: a name is looked up once."""

    def __init__(self, directory: NameResolver) -> None:
        self._directory = directory
        self._found: dict[tuple[str, tuple[Dimension, ...]], Found] = {}

    def find(self, text: str, dimensions: tuple[Dimension, ...]) -> Found:
        key = text, dimensions
        if key not in self._found:
            self._found[key] = self._directory.find(text, dimensions)
        return self._found[key]


def _matches(question: Usage, directory: NameResolver) -> list[tuple[Name, Found]]:
    said = ((clause, name) for clause, names in names_of(question) for name in names)
    clauses = (*said, *question.excluded)
    return [(name, directory.find(name.text, DIMENSIONS[clause])) for clause, name in clauses]


def _without(question: Usage, name: Name) -> Usage:
    def rest(names: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(each for each in names if each != name)

    for clause in NAME_CLAUSES:
        question = with_names(question, clause, rest)
    return replace(question, excluded=tuple(pair for pair in question.excluded if pair[1] != name))


def _dimension_of(found: Found) -> str | None:
    match found:
        case Unique(entry):
            return entry.dimension.value
        case Ambiguous(entries):
            return entries[0].dimension.value
        case Unknown():
            return None
