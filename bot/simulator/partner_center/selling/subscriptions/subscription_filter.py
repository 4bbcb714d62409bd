"""Parse the filter of the subscription analytics into a test of rows. Pure.

The grammar is that of `odata-query`, as for the reports on licenses. Of what it accepts the service accepts only: the
listed fields, each with its operators; strings in single quotes, bare `true` and `false`; `contains(field,'value')`;
`and`, `or`, parentheses. How a date is written is shown nowhere, so it is a switch.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from odata_query import ast

from bot.simulator.partner_center.selling.subscriptions.analytics_fields import (
    DATES,
    EXACT,
    OPERATORS,
    YES_OR_NO,
    DateLiteral,
)
from bot.simulator.partner_center.selling.subscriptions.analytics_rows import Row
from bot.simulator.partner_center.wire.service_refusals import invalid
from bot.simulator.partner_center.world.odata_filter import DEEPEST, chain_of, field_name, filter_tree, unsupported

Test = Callable[[Row], bool]
_WORDS: Mapping[type, str] = {
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Gt: "gt",
    ast.Lt: "lt",
    ast.GtE: "ge",
    ast.LtE: "le",
}
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "lt": operator.lt,
    "ge": operator.ge,
    "le": operator.le,
}


def read_subscription_filter(text: str, literal: DateLiteral) -> Test:
    """Return the test that `filter` states.

    Raises ServiceRefusedError (400 3000) for anything that the service does not accept.
    """
    return _test(filter_tree(text), literal, DEEPEST)


def _test(node: Any, literal: DateLiteral, depth: int) -> Test:
    if depth == 0:
        raise invalid("The filter is nested too deeply.")
    if isinstance(node, ast.BoolOp):
        parts = [_test(part, literal, depth - 1) for part in chain_of(node)]
        join = all if isinstance(node.op, ast.And) else any
        return lambda row: join(part(row) for part in parts)
    if isinstance(node, ast.Compare):
        return _comparison(node, literal)
    if isinstance(node, ast.Call) and node.func.name == "contains":
        return _containing(node)
    raise unsupported(node)


def _containing(node: ast.Call) -> Test:
    if len(node.args) != 2 or not isinstance(node.args[1], ast.String):
        raise invalid("contains takes a field and a string in single quotes.")
    name, part = _allowed(node.args[0], "contains"), node.args[1].val.casefold()
    return lambda row: part in str(row[name] or "").casefold()


def _comparison(node: ast.Compare, literal: DateLiteral) -> Test:
    word = _WORDS.get(type(node.comparator))
    if word is None:
        raise invalid("The filter has an operator that is not supported.")
    name = _allowed(node.left, word)
    compare = _COMPARE[word]
    if name in DATES:
        moment = _moment(node.right, literal)
        return lambda row: _dated(row[name], word, lambda there: compare(there, moment))
    if name == YES_OR_NO:
        wanted = _yes_or_no(node.right)
        return lambda row: compare(row[name], wanted)
    if not isinstance(node.right, ast.String):
        raise invalid(f"{name} is compared with a string in single quotes.")
    text = node.right.val
    if name == EXACT:
        return lambda row: compare(row[name], text)
    return lambda row: compare(str(row[name]).casefold(), text.casefold())


def _allowed(node: Any, word: str) -> str:
    """Return the name of a field that takes this operator."""
    name = field_name(node)
    operators = OPERATORS.get(name)
    if operators is None:
        raise invalid(f"The field {name} cannot be filtered; use one of {', '.join(OPERATORS)}.")
    if word not in operators:
        raise invalid(f"The field {name} does not take {word}; use {', '.join(sorted(operators))}.")
    return name


def _yes_or_no(node: Any) -> bool:
    if not isinstance(node, ast.Boolean) or node.val not in {"true", "false"}:
        raise invalid(f"{YES_OR_NO} is compared with true or false.")
    return node.val == "true"


def _moment(node: Any, literal: DateLiteral) -> datetime:
    quoted = isinstance(node, ast.String)
    if not isinstance(node, ast.String | ast.Date | ast.DateTime):
        raise invalid("A date is compared with a date.")
    if literal not in {"both", "quoted" if quoted else "bare"}:
        raise invalid("The filter has a date that cannot be understood.")
    try:
        moment = datetime.fromisoformat(node.val)
    except ValueError:
        raise invalid("The filter has a date that there is not.") from None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _dated(written: str | None, word: str, compare: Callable[[datetime], bool]) -> bool:
    """Compare a row's date; a row without one is only not equal."""
    return word == "ne" if written is None else compare(datetime.fromisoformat(written))
