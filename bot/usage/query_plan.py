"""The plan of a usage question: the query, and how its rows are summed. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.commands.clauses import DIMENSIONS, names_of, with_names
from bot.commands.command import Clause, Name, Usage
from bot.domain.identifier import folded_id
from bot.domain.key_hash import key_hash
from bot.domain.licensing import DEPLOYMENT_FIELDS, Dimension, Entry, Field
from bot.domain.report_kind import ReportKind
from bot.errors import NotInReportError
from bot.names.correction import Correction, correction_of
from bot.names.name_index import Ambiguous, Unique, Unknown
from bot.query.filters.expression import And, Eq, Expression, Ne, Or
from bot.query.filters.filter_matcher import fields
from bot.query.filters.row_selection import EVERYTHING
from bot.query.usage_query import UsageQuery

MARK = 16  # digits of a hash of what is left out


class NameResolver(Protocol):
    """Finds the entry that a typed name means."""

    def find(self, text: str, dimensions: tuple[Dimension, ...]) -> Unique | Ambiguous | Unknown:
        """Return the entry if it is unique, else several, or the nearest ones."""
        ...


@dataclass(frozen=True, slots=True)
class OwnScope:
    """The customers that "my customers" meant when the question was answered.

    `seen` were asked about, `gone` are those that the person can no longer see.
    """

    seen: tuple[Entry, ...]
    gone: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is left out of every answer until it is taken back.

    `customers` are not in this answer. Without `trials`, nor are the rows of trials: `rows` is how many there were, 0
    before they are fetched. `named` would be left out, but the question names them. `unnamed` are the ids of customers
    that are not in this answer, and not among the names of the person who asks: they are counted, never named.
    """

    customers: tuple[Entry, ...] = ()
    trials: bool = True
    rows: int = 0
    named: tuple[Entry, ...] = ()
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """What is fetched and how it is summed.

    `query` selects the rows, `by` groups them, `scope` holds the entries that the question names,
    `excluded` those that it leaves out, `own` those of "my customers", `left_out` what is left out of every answer.
    `corrected` are the names that were typed otherwise; they are no part of what is asked.
    """

    query: UsageQuery
    by: tuple[Dimension, ...]
    scope: tuple[Entry, ...]
    excluded: tuple[Entry, ...] = ()
    own: OwnScope | None = None
    left_out: LeftOut | None = None
    corrected: tuple[Correction, ...] = field(default=(), compare=False)

    @property
    def without(self) -> tuple[Entry, ...]:
        """Return everything that is not in the answer."""
        if self.left_out is None:
            return self.excluded
        unnamed = (Entry(Dimension.CUSTOMER, each, "") for each in self.left_out.unnamed)
        return (*self.excluded, *self.left_out.customers, *unnamed)

    @property
    def left_out_mark(self) -> str:
        """Return a hash of what is left out of every answer.

        It is "" if nothing is taken away from this answer.
        """
        left_out = self.left_out
        if left_out is None or not (left_out.customers or left_out.unnamed or not left_out.trials):
            return ""
        ids = {*(folded_id(each.id) for each in left_out.customers), *map(folded_id, left_out.unnamed)}
        return key_hash("|".join((*sorted(ids), "" if left_out.trials else "trials")))[:MARK]

    def with_trials(self, rows: int) -> "QueryPlan":
        """Return the plan with the number of rows of trials that were left out."""
        left_out = self.left_out
        return self if left_out is None or left_out.trials else replace(self, left_out=replace(left_out, rows=rows))


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that means several entries or none.

    `asking(entry)` returns `question` with that entry in place of the name.
    """

    name: Name
    dimension: Dimension
    found: Ambiguous | Unknown
    question: Usage
    asking: Callable[[Entry], Usage]


Term = Callable[[Entry], Expression]


def by_id(entry: Entry) -> Expression:
    """Return a filter on the id or code of `entry`: names are not unique."""
    return Eq(entry.dimension.id_field, entry.id)


def plan(command: Usage, directory: NameResolver, term: Term = by_id) -> QueryPlan | Unresolved:
    """Return the plan of a question, or the first of its names that is not unique.

    Raises NotInReportError if it asks for workloads of sold licenses.
    """
    groups: list[tuple[Entry, ...]] = []
    corrected: list[Correction] = []
    for clause, names in names_of(command):
        entries = _entries(command, clause, names, directory, corrected)
        if isinstance(entries, Unresolved):
            return entries
        groups.append(entries)
    excluded: list[Entry] = []
    for clause, name in command.excluded:
        entry = _entry(command, clause, name, directory, corrected)
        if isinstance(entry, Unresolved):
            return entry
        excluded.append(entry)
    terms = [_any(map(term, entries)) for entries in groups if entries]
    if command.expression is not None:
        terms.append(command.expression)
    terms += [_without(term(entry)) for entry in excluded]
    query = UsageQuery(expression=_all(terms), processed=command.day, report=report_of(command))
    scope = tuple(entry for group in groups for entry in group)
    by = command.by or default_by(command)
    if query.report is ReportKind.DEPLOYMENT and not _is_of_products(query, by):
        raise NotInReportError("sold licenses have no workloads")
    return QueryPlan(query, by, scope, tuple(excluded), corrected=tuple(dict.fromkeys(corrected)))


def report_of(command: Usage) -> ReportKind:
    """Return the report that the figures of a question are in."""
    return ReportKind.USAGE if command.seats is None else ReportKind.DEPLOYMENT


def _is_of_products(query: UsageQuery, by: tuple[Dimension, ...]) -> bool:
    """Return True if nothing in the query is about workloads."""
    asked = frozenset[Field]() if query.expression is None else fields(query.expression)
    return Dimension.WORKLOAD not in by and asked <= DEPLOYMENT_FIELDS


def default_by(command: Usage) -> tuple[Dimension, ...]:
    """Return the dimensions that group the rows of a question without "by".

    For one customer: its workloads and products. For several customers, or with conditions or a count of rows:
    customers. For "my customers", a workload or a product alone: customers. For everything: workloads. Of sold
    licenses, which have no workloads: products of one customer, else customers.
    """
    if command.mine:
        return (Dimension.CUSTOMER,)
    if command.seats is not None:
        return (Dimension.PRODUCT,) if len(command.customers) == 1 else (Dimension.CUSTOMER,)
    if len(command.customers) == 1:
        return (Dimension.WORKLOAD, Dimension.PRODUCT)
    if command.customers:
        return (Dimension.CUSTOMER, Dimension.WORKLOAD) if len(command.subjects) != 1 else (Dimension.CUSTOMER,)
    if command.subjects or command.products or command.selection != EVERYTHING or command.order:
        return (Dimension.CUSTOMER,)
    return (Dimension.WORKLOAD,)


def _entries(
    command: Usage, clause: Clause, names: tuple[Name, ...], directory: NameResolver, corrected: list[Correction]
) -> tuple[Entry, ...] | Unresolved:
    entries: list[Entry] = []
    for name in names:
        entry = _entry(command, clause, name, directory, corrected)
        if isinstance(entry, Unresolved):
            return entry
        if entry not in entries:
            entries.append(entry)
    return tuple(entries)


def _entry(
    command: Usage, clause: Clause, name: Name, directory: NameResolver, corrected: list[Correction]
) -> Entry | Unresolved:
    """Return the entry, and add what was corrected in its name to `corrected`."""
    found = found_as(name, clause, directory)
    if isinstance(found, Unique):
        if (correction := correction_of(name.text, found)) is not None:
            corrected.append(correction)
        return found.entry
    candidates = found.entries if isinstance(found, Ambiguous) else found.nearest
    dimension = candidates[0].dimension if candidates else DIMENSIONS[clause][0]
    return Unresolved(name, dimension, found, command, lambda entry: _with(command, clause, name, entry))


def found_as(name: Name, clause: Clause, directory: NameResolver) -> Unique | Ambiguous | Unknown:
    """Return what `name` names.

    That is the thing that has its id, even if its name has changed. If no such thing exists, the text is looked up.
    """
    if name.id is not None and isinstance(found := directory.find(name.id, DIMENSIONS[clause]), Unique):
        return found
    return directory.find(name.text, DIMENSIONS[clause])


def _with(command: Usage, clause: Clause, name: Name, entry: Entry) -> Usage:
    """Return the question with `name` replaced by the id of `entry`, which is unique."""
    chosen = Name(entry.id)

    def swap(names: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(dict.fromkeys(chosen if each == name else each for each in names))

    excluded = tuple((c, chosen if (c, each) == (clause, name) else each) for c, each in command.excluded)
    return replace(with_names(command, clause, swap), excluded=excluded)


def _any(terms: Iterable[Expression]) -> Expression:
    unique = tuple(dict.fromkeys(terms))
    return unique[0] if len(unique) == 1 else Or(unique)


def _all(terms: list[Expression]) -> Expression | None:
    unique = tuple(dict.fromkeys(terms))
    if len(unique) > 1:
        return And(unique)
    return unique[0] if unique else None


def _without(expression: Expression) -> Expression:
    match expression:
        case Eq(field, value):
            return Ne(field, value)
        case Ne(field, value):
            return Eq(field, value)
        case And(terms):
            return Or(tuple(_without(term) for term in terms))
        case Or(terms):
            return And(tuple(_without(term) for term in terms))
