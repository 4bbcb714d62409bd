"""The part of a filter that is sent if the whole one is too long. Pure.

No document says how long an address may be. Servers of Microsoft take a query of 2,048 characters unless they are set
otherwise: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/requestfiltering/requestlimits/
"""

from urllib.parse import quote

from bot.query.filters.expression import And, Expression, all_of
from bot.query.filters.filter_compiler import compile_filter

LONGEST_FILTER = 1_800  # characters as they are sent; the other parameters need some too


def sent_filter(expression: Expression | None) -> Expression | None:
    """Return the expression, without its longest terms if it is too long.

    Every row that `expression` admits is admitted by the result, which is None if nothing is left. The rows have to be
    checked with `expression` when they come.
    """
    if expression is None or _length(expression) <= LONGEST_FILTER:
        return expression
    terms = list(expression.terms) if isinstance(expression, And) else []
    while terms:
        terms.remove(max(terms, key=_length))
        left = all_of(terms)
        if left is None or _length(left) <= LONGEST_FILTER:
            return left
    return None


def _length(expression: Expression) -> int:
    return len(quote(compile_filter(expression), safe=""))
