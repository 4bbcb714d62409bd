"""Expression x row -> bool.

Apply to a fetched row the filter that `compile_filter` writes for the API. Pure. Values compare case-insensitively,
and without invisible characters and blanks around them: the service finds a row by what it sees, so must the bot.
Microsoft's page does not say how the API compares them, but it filters on 'Reseller' and 'O365' while its rows have
reseller and o365.
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information
"""

from collections.abc import Callable, Mapping
from operator import attrgetter

from bot.domain.identifier import folded_name
from bot.domain.licensing import COLUMNS, Field, UsageRow
from bot.query.filters.expression import And, Eq, Expression, Ne, Or

# A broken answer must not exhaust the memory.
VERDICTS_LIMIT = 10_000

Predicate = Callable[[UsageRow], bool]

_READ: Mapping[Field, Callable[[UsageRow], str | None]] = {
    column.field: attrgetter(column.attribute) for columns in COLUMNS.values() for column in columns
}


def matches(expression: Expression, row: UsageRow) -> bool:
    """Return True if the row satisfies the expression.

    A value that the row lacks is equal to nothing.
    """
    return predicate(expression)(row)


def predicate(expression: Expression) -> Predicate:
    """Return `matches` as a function of the row, prepared once for many rows."""
    match expression:
        case Eq(field, value):
            return _equal(field, value)
        case Ne(field, value):
            equal = _equal(field, value)
            return lambda row: not equal(row)
        case And(terms):
            return _every(tuple(predicate(term) for term in terms))
        case Or(terms):
            return _some(tuple(predicate(term) for term in terms))


def decide(expression: Expression, row: UsageRow) -> bool | None:
    """Decide as `matches`, but return None if the result is unknown.

    It is unknown if it depends on a value that the row lacks. This is Kleene's three-valued logic. Rows of the older
    report carry no product id, and none of its samples carries a code. A comparison with a missing value is neither
    true nor false.
    """
    match expression:
        case Eq(field) | Ne(field):
            return None if _READ[field](row) is None else matches(expression, row)
        case And(terms):
            verdicts = {decide(term, row) for term in terms}
            return False if False in verdicts else None if None in verdicts else True
        case Or(terms):
            verdicts = {decide(term, row) for term in terms}
            return True if True in verdicts else None if None in verdicts else False


def refutation(expression: Expression) -> Predicate:
    """Return a function that is True for rows that certainly do not match.

    It is prepared once for many rows, and is True exactly when `decide` is False.
    """
    holds = predicate(expression)
    reads = tuple(_READ[field] for field in fields(expression))

    def refuted(row: UsageRow) -> bool:
        if holds(row):
            return False
        return all(read(row) is not None for read in reads) or decide(expression, row) is False

    return refuted


def fields(expression: Expression) -> frozenset[Field]:
    """Return the fields that the expression compares."""
    match expression:
        case Eq(field) | Ne(field):
            return frozenset((field,))
        case And(terms) | Or(terms):
            return frozenset().union(*(fields(term) for term in terms))


# Loops: `all` and `any` with a generator take three times as long, and these functions run for every row.


def _every(predicates: tuple[Predicate, ...]) -> Predicate:
    def every(row: UsageRow) -> bool:
        for holds in predicates:  # noqa: SIM110
            if not holds(row):
                return False
        return True

    return every


def _some(predicates: tuple[Predicate, ...]) -> Predicate:
    def some(row: UsageRow) -> bool:
        for holds in predicates:  # noqa: SIM110
            if holds(row):
                return True
        return False

    return some


def _equal(field: Field, value: str) -> Predicate:
    read = _READ[field]
    wanted = folded_name(value)
    verdicts: dict[str, bool] = {}  # the rows of a page have few different values

    def equal(row: UsageRow) -> bool:
        found = read(row)
        if found is None:
            return False
        verdict = verdicts.get(found)
        if verdict is None:
            if len(verdicts) >= VERDICTS_LIMIT:
                verdicts.clear()
            verdict = verdicts[found] = found == value or folded_name(found) == wanted
        return verdict

    return equal
