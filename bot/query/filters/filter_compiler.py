"""Expression -> filter text, in the API's own language. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#filter-syntax
"""

from bot.query.filters.expression import And, Eq, Expression, Ne, Or


def compile_filter(expression: Expression) -> str:
    """Return the text of `filter`, not yet percent-encoded.

    Parentheses are written only for an `or` inside an `and`. Microsoft's page does not say how a quote inside a value
    is written. It is doubled, as in OData:
    https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html#sec_URLComponents
    """
    match expression:
        case Eq(field, value):
            return f"{field.value} eq {quoted(value)}"
        case Ne(field, value):
            return f"{field.value} ne {quoted(value)}"
        case And(terms):
            return " and ".join(_under_and(term) for term in terms)
        case Or(terms):
            return " or ".join(compile_filter(term) for term in terms)


def quoted(value: str) -> str:
    """Return `value` as a literal of the filter language.

    In single quotes, quotes inside doubled.
    """
    return "'" + value.replace("'", "''") + "'"


def _under_and(term: Expression) -> str:
    text = compile_filter(term)
    return f"({text})" if isinstance(term, Or) else text
