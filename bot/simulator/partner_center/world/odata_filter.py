"""Parse filter text into conditions. Pure.

The grammar is that of `odata-query`, not ours: the simulator checks our compiler.

Of what that grammar accepts the service accepts only: the nine fields, `eq` and `ne` with a quoted string on the right,
`and`, `or`, parentheses.
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from odata_query import ast, exceptions
from odata_query.grammar import ODataLexer, ODataParser

from bot.domain.licensing import Field
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError, invalid

DEEPEST = 100  # levels of `and` within `or` within `and` …; our limit, none is documented
Fields = Mapping[str, Field]
USAGE_FIELDS: Fields = {field.value: field for field in Field}


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison.

    `value` is casefolded, because the documents filter 'Reseller' where the data has 'reseller'.
    """

    field: Field
    value: str
    equal: bool


@dataclass(frozen=True, slots=True)
class Every:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Some:
    parts: tuple["Condition", ...]


Condition = Test | Every | Some


def read_filter(text: str, fields: Fields = USAGE_FIELDS) -> Condition:
    """Return the condition that `filter` states on the `fields` of a report.

    Raises ServiceRefusedError (400 3000) for anything that the service does not accept.
    """
    return _condition(filter_tree(text), DEEPEST, fields)


def filter_tree(text: str) -> Any:
    """Return the tree of a filter.

    Raises ServiceRefusedError (400 3000) for what is none.
    """
    if not text.strip():
        raise invalid("The filter is empty.")
    try:
        return ODataParser().parse(ODataLexer().tokenize(text.strip()))
    except exceptions.TokenizingException as problem:
        rest = str(problem.token.value)[:20]
        raise invalid(f"The filter has an unexpected character at position {problem.token.index}: {rest}") from None
    except exceptions.ParsingException as problem:
        where = "at its end" if problem.token is None else f"at position {problem.token.index}"
        raise invalid(f"The filter cannot be understood {where}.") from None
    except exceptions.ODataException:
        raise invalid("The filter uses a function that is not supported.") from None


def _condition(node: Any, depth: int, fields: Fields) -> Condition:
    if depth == 0:
        raise invalid("The filter is nested too deeply.")
    if isinstance(node, ast.Compare):
        return _test(node, fields)
    if isinstance(node, ast.BoolOp):
        parts = tuple(_condition(part, depth - 1, fields) for part in chain_of(node))
        return Every(parts) if isinstance(node.op, ast.And) else Some(parts)
    raise unsupported(node)


def chain_of(node: ast.BoolOp) -> list[Any]:
    """Return the terms of a chain.

    `a and b and c` is parsed as pairs, and a list needs no recursion.
    """
    terms: list[Any] = []
    waiting: list[Any] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ast.BoolOp) and type(each.op) is type(node.op):
            waiting += (each.right, each.left)
        else:
            terms.append(each)
    return terms


def _test(node: ast.Compare, fields: Fields) -> Test:
    if not isinstance(node.comparator, ast.Eq | ast.NotEq):
        raise invalid(f"The operator {_name(node.comparator)} is not supported; use eq or ne.")
    name = field_name(node.left)
    if not isinstance(node.right, ast.String):
        raise invalid("A comparison must have a string in single quotes on its right.")
    field = fields.get(name)
    if field is None:
        raise invalid(f"The field {name} cannot be filtered; use one of {', '.join(fields)}.")
    return Test(field, node.right.val.casefold(), isinstance(node.comparator, ast.Eq))


def field_name(node: Any) -> str:
    """Return the name on the left of a comparison.

    Raises ServiceRefusedError (400 3000) if there is none.
    """
    if not isinstance(node, ast.Identifier):
        raise invalid("A comparison must have a field on its left.")
    return ".".join((*node.namespace, node.name))


def unsupported(node: Any) -> ServiceRefusedError:
    """Return the refusal of a term that is no comparison."""
    if isinstance(node, ast.Call):
        return invalid(f"The function {node.func.name} is not supported.")
    if isinstance(node, ast.UnaryOp):
        return invalid(f"The operator {_name(node.op)} is not supported.")
    return invalid("The filter is not made of comparisons.")


def _name(operator: Any) -> str:
    return str(type(operator).__name__).lower()
