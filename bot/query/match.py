"""Expression x row -> bool: what `compile` says to the API, said to a row we already have. Pure.

Values compare casefolded: the page does not say how the API compares them, but filters on 'Reseller' and 'O365' where
its rows say reseller and o365. https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information
"""

from collections.abc import Callable
from operator import attrgetter

from bot.model import Field, UsageRow
from bot.query.expression import And, Eq, Expression, Ne, Or

Predicate = Callable[[UsageRow], bool]

_ATTRIBUTES: dict[Field, str] = {
    Field.WORKLOAD_CODE: "workload_code",
    Field.WORKLOAD_NAME: "workload",
    Field.SERVICE_CODE: "service_code",
    Field.SERVICE_NAME: "service",
    Field.CHANNEL: "channel",
    Field.CUSTOMER_TENANT_ID: "customer_id",
    Field.CUSTOMER_NAME: "customer",
    Field.PRODUCT_ID: "product_id",
    Field.PRODUCT_NAME: "product",
}


def matches(expression: Expression, row: UsageRow) -> bool:
    """Whether the row is one that the expression asks for. A value the row lacks is equal to nothing."""
    return predicate(expression)(row)


def predicate(expression: Expression) -> Predicate:
    """The same as a function, prepared once for many rows."""
    match expression:
        case Eq(field, value):
            return _equal(field, value)
        case Ne(field, value):
            equal = _equal(field, value)
            return lambda row: not equal(row)
        case And(terms):
            every = tuple(predicate(term) for term in terms)
            return lambda row: all(holds(row) for holds in every)
        case Or(terms):
            some = tuple(predicate(term) for term in terms)
            return lambda row: any(holds(row) for holds in some)


def value_of(row: UsageRow, field: Field) -> str | None:
    """What the row has in that field; None where the API sent nothing."""
    value: str | None = _GETTERS[field](row)
    return value


_GETTERS = {field: attrgetter(attribute) for field, attribute in _ATTRIBUTES.items()}


def _equal(field: Field, value: str) -> Predicate:
    read = _GETTERS[field]
    wanted = value.casefold()

    def equal(row: UsageRow) -> bool:
        found: str | None = read(row)
        return found is not None and (found == value or found.casefold() == wanted)

    return equal
