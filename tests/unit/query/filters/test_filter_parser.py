"""The API's filter language: compiling and parsing."""

import pytest

from bot.domain.licensing import Field
from bot.errors import FilterError
from bot.query.filters.expression import And, Eq, Ne, Or, all_of, any_of
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.filter_parser import DEPTH_LIMIT, parse_filter

SFB = Eq(Field.WORKLOAD_CODE, "SFB")
RESELLER = Eq(Field.CHANNEL, "Reseller")
NOT_CRM = Ne(Field.SERVICE_CODE, "crm")


def test_parser_reads_the_example_of_the_documentation():
    assert parse_filter("workloadCode eq 'SFB' or (channel eq 'Reseller')") == Or((SFB, RESELLER))


def test_and_binds_closer_than_or():
    found = parse_filter("workloadCode eq 'SFB' or channel eq 'Reseller' and serviceCode ne 'crm'")
    assert found == Or((SFB, And((RESELLER, NOT_CRM))))


def test_parentheses_are_written_only_around_or_inside_and():
    assert compile_filter(And((Or((SFB, RESELLER)), NOT_CRM))) == (
        "(workloadCode eq 'SFB' or channel eq 'Reseller') and serviceCode ne 'crm'"
    )
    assert compile_filter(Or((And((SFB, RESELLER)), NOT_CRM))) == (
        "workloadCode eq 'SFB' and channel eq 'Reseller' or serviceCode ne 'crm'"
    )


@pytest.mark.parametrize(
    "value", ["O'Brien & Sons", "''", "'", "a 'quoted' word", "", "(and) or eq 'x'", "ÆØ 株", "a\nb"]
)
def test_any_value_survives_quoting(value):
    expression = Eq(Field.CUSTOMER_NAME, value)
    assert parse_filter(compile_filter(expression)) == expression


def test_an_apostrophe_is_doubled():
    assert compile_filter(Eq(Field.CUSTOMER_NAME, "O'Brien")) == "customerName eq 'O''Brien'"


def test_fields_and_keywords_are_read_in_any_case():
    assert compile_filter(parse_filter("WORKLOADCODE EQ 'SFB' AND Channel Ne 'x'")) == (
        "workloadCode eq 'SFB' and channel ne 'x'"
    )


def test_white_space_is_ignored():
    assert parse_filter("\t( workloadCode\n eq'SFB' )or(channel eq 'Reseller')  ") == Or((SFB, RESELLER))


@pytest.mark.parametrize(
    ("text", "position", "found", "expected"),
    [
        ("", 0, "", "workloadCode"),
        ("   ", 3, "", "("),
        ("orderby eq 'x'", 0, "orderby", "customerTenantId"),
        ("licensesActive eq '3'", 0, "licensesActive", "productName"),
        ("workloadCode gt 'SFB'", 13, "gt", "eq"),
        ("workloadCode = 'SFB'", 13, "=", "ne"),
        ("workloadCode eq SFB", 16, "SFB", "a value in single quotes"),
        ('workloadCode eq "SFB"', 16, '"', "a value in single quotes"),
        ("workloadCode eq 'SFB", 16, "'SFB", "a value in single quotes"),
        ("workloadCode eq", 15, "", "a value in single quotes"),
        ("workloadCode eq 'SFB' channel eq 'x'", 22, "channel", "and"),
        ("workloadCode eq 'SFB')", 21, ")", "the end"),
        ("(workloadCode eq 'SFB'", 22, "", ")"),
        ("workloadCode eq 'SFB' and", 25, "", "workloadName"),
        ("not workloadCode eq 'SFB'", 0, "not", "workloadName"),
        ("contains(customerName,'x')", 0, "contains", "customerName"),
        ("workloadCode eq 'SFB' or or channel eq 'x'", 25, "or", "channel"),
    ],
)
def test_parser_raises_with_position_when_the_api_would_refuse(text, position, found, expected):
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
    assert (caught.value.position, caught.value.found) == (position, found)
    assert expected in caught.value.expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("workloadCode eq 'SFB' channel eq 'x'", ("and", "or", "the end")),
        ("(workloadCode eq 'SFB'", ("and", "or", ")")),
        ("workloadCode gt 'SFB'", ("eq", "ne")),
    ],
)
def test_error_lists_everything_that_may_follow(text, expected):
    with pytest.raises(FilterError) as caught:
        parse_filter(text)
    assert caught.value.expected == expected


def test_parser_raises_when_parentheses_nest_beyond_the_limit():
    most = "(" * DEPTH_LIMIT + "workloadCode eq 'SFB'" + ")" * DEPTH_LIMIT
    assert parse_filter(most) == SFB
    with pytest.raises(FilterError, match="nested parentheses") as caught:
        parse_filter("(" * 10_000 + "workloadCode eq 'SFB'" + ")" * 10_000)
    assert caught.value.position == DEPTH_LIMIT


def test_error_quotes_only_the_beginning_of_a_long_unclosed_value():
    with pytest.raises(FilterError) as caught:
        parse_filter("channel eq '" + "x" * 100_000)
    assert len(caught.value.found) == 40


def test_a_very_long_filter_is_read():
    assert parse_filter(" or ".join(["workloadCode eq 'SFB'"] * 10_000)) == Or((SFB,) * 10_000)


def test_nested_and_and_or_are_flattened():
    assert And((And((SFB, RESELLER)), NOT_CRM)) == And((SFB, RESELLER, NOT_CRM))
    assert Or((SFB, Or((RESELLER, NOT_CRM)))) == Or((SFB, RESELLER, NOT_CRM))


def test_and_raises_when_it_has_only_one_term():
    with pytest.raises(ValueError, match=r"^And and Or join two terms or more; all_of and any_of take any number$"):
        And((SFB,))


def test_all_of_and_any_of_take_any_number():
    assert all_of([]) is None
    assert any_of([]) is None
    assert all_of([SFB]) == any_of([SFB]) == SFB
    assert all_of([SFB, RESELLER]) == And((SFB, RESELLER))
    assert any_of([SFB, RESELLER]) == Or((SFB, RESELLER))
