"""Compiled filters parse back unchanged, also by an independent OData parser."""

from urllib.parse import quote

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from odata_query import ast
from odata_query.grammar import ODataLexer, ODataParser

from bot.domain.identifier import folded_name
from bot.domain.licensing import Field, UsageRow
from bot.errors import FilterError
from bot.query.filters.expression import And, Eq, Expression, Ne, Or, all_of
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.filter_matcher import decide, matches, refutation
from bot.query.filters.filter_parser import parse_filter
from bot.query.filters.sent_filter import LONGEST_FILTER, sent_filter

ATTRIBUTES = {field.encode_name: field.name for field in msgspec.structs.fields(UsageRow)}
# Few values in several cases, so that comparisons are true often enough.
WORDS = st.sampled_from(["exo", "EXO", "o'brien", "O'Brien", "", "'", "x and y", "(a)", "ß", "SS", "İ", "株"])
VALUES = WORDS | st.text(max_size=8)
FIELDS = st.sampled_from(Field)
COMPARISONS = st.builds(Eq, FIELDS, VALUES) | st.builds(Ne, FIELDS, VALUES)
EXPRESSIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.lists(inner, min_size=2, max_size=4).flatmap(
        lambda terms: st.sampled_from([And(tuple(terms)), Or(tuple(terms))])
    ),
    max_leaves=12,
)
ROWS = st.builds(UsageRow, **{ATTRIBUTES[field]: VALUES for field in Field})
ROWS_WITH_GAPS = st.builds(UsageRow, **{ATTRIBUTES[field]: st.none() | VALUES for field in Field})


def judged(node: ast._Node, row: UsageRow) -> bool:
    """Evaluate the filter as parsed by `odata-query`.

    Only the comparison of values is ours: without regard to case, blanks and invisible characters.
    """
    match node:
        case ast.BoolOp(ast.And(), left, right):
            return judged(left, row) and judged(right, row)
        case ast.BoolOp(ast.Or(), left, right):
            return judged(left, row) or judged(right, row)
        case ast.Compare(comparator, ast.Identifier(name), ast.String(value)):
            equal = folded_name(getattr(row, ATTRIBUTES[name])) == folded_name(value)
            return equal if isinstance(comparator, ast.Eq) else not equal
        case _:
            raise AssertionError(f"not in the API's language: {node}")


def read(text: str) -> Expression | FilterError:
    try:
        return parse_filter(text)
    except FilterError as error:
        return error


@given(EXPRESSIONS)
def test_a_compiled_filter_parses_back_unchanged(expression: Expression) -> None:
    assert parse_filter(compile_filter(expression)) == expression


@given(st.text())
@example("(" * 500)
@example("channel eq '" + "'" * 501)
@example("channel eq 'a' or " * 50)
def test_any_text_is_an_expression_or_an_error_with_its_position(text: str) -> None:
    found = read(text)
    if isinstance(found, FilterError):
        assert 0 <= found.position <= len(text)
        assert text.startswith(found.found, found.position)
        assert found.expected
    else:
        assert parse_filter(compile_filter(found)) == found


@given(
    st.lists(st.sampled_from(["channel", "eq", "ne", "and", "or", "(", ")", "'x'", "'", " "]), max_size=20).map(
        " ".join
    )
)
def test_almost_valid_text_is_an_expression_or_an_error(text: str) -> None:
    found = read(text)
    if isinstance(found, FilterError):
        assert text.startswith(found.found, found.position)
    else:
        row = UsageRow(channel="x")
        assert judged(ODataParser().parse(ODataLexer().tokenize(text)), row) is matches(found, row)


@given(EXPRESSIONS, ROWS)
def test_the_compiled_text_selects_the_rows_that_match(expression: Expression, row: UsageRow) -> None:
    theirs = ODataParser().parse(ODataLexer().tokenize(compile_filter(expression)))
    assert judged(theirs, row) is matches(expression, row)


@given(EXPRESSIONS, ROWS_WITH_GAPS)
def test_a_decision_holds_for_any_value_in_the_gaps(expression: Expression, row: UsageRow) -> None:
    verdict = decide(expression, row)
    assert refutation(expression)(row) is (verdict is False)
    for filler in ("exo", "zzz"):
        whole = UsageRow(**{name: getattr(row, name) or filler for name in ATTRIBUTES.values() if name != "processed"})
        if verdict is not None and all(getattr(row, ATTRIBUTES[field]) != "" for field in Field):
            assert matches(expression, whole) is verdict


@pytest.mark.parametrize("field", Field)
def test_every_field_is_read_from_the_row(field: Field) -> None:
    assert matches(Eq(field, "X"), UsageRow(**{ATTRIBUTES[field]: "x"}))


@given(st.lists(EXPRESSIONS, min_size=1, max_size=60), ROWS)
def test_what_is_sent_of_a_long_filter_admits_every_row(terms: list[Expression], row: UsageRow) -> None:
    expression = all_of(terms)
    sent = sent_filter(expression)
    assert sent is None or len(quote(compile_filter(sent), safe="")) <= LONGEST_FILTER
    assert expression is not None
    assert sent is None or not matches(expression, row) or matches(sent, row)
