"""A text that is not understood is answered with offset, remedy and suggestions."""

from collections.abc import Callable

import pytest

from bot.commands.command import Command, NotUnderstood, ParseProblem
from bot.language.sentence.parser import LENGTH_LIMIT

Read = Callable[[str], Command | NotUnderstood]

PROBLEMS = [
    ("", ParseProblem.EMPTY, "", ()),
    ("  \u200b \n", ParseProblem.EMPTY, "", ()),
    ("<at>Bot</at>", ParseProblem.EMPTY, "", ()),
    ("tell me a joke", ParseProblem.UNKNOWN, "tell me a joke", ()),
    ("how is the weather", ParseProblem.UNKNOWN, "how is the weather", ()),
    ("TEST COMPANY", ParseProblem.UNKNOWN, "TEST COMPANY", ('usage for "TEST COMPANY"',)),
    ("usage for", ParseProblem.MISSING_NAME, "", ()),
    ('usage for "" on Exchange', ParseProblem.MISSING_NAME, "", ()),
    ("usage for TEST COMPANY and", ParseProblem.MISSING_NAME, "", ()),
    ("usage for on Exchange", ParseProblem.MISSING_NAME, "on", ()),
    (
        "usage for Not for Profit Ltd on Exchange",
        ParseProblem.MISSING_NAME,
        "Not",
        ('usage for "Not for Profit Ltd" on Exchange',),
    ),
    ("usage by customer blah", ParseProblem.UNEXPECTED, "blah", ("usage by customer",)),
    ("help rockets", ParseProblem.UNEXPECTED, "rockets", ("help",)),
    ("usage as of yesterday as of today", ParseProblem.TWICE, "today", ("usage as of yesterday",)),
    ("top 5 bottom 5", ParseProblem.TWICE, "bottom 5", ("top 5",)),
    ("usage below 20% below 30%", ParseProblem.TWICE, "below 30%", ("usage below 20%",)),
    ("usage below many", ParseProblem.BAD_NUMBER, "many", ("usage below 50%",)),
    ("usage below -5%", ParseProblem.BAD_NUMBER, "-5%", ()),
    ("usage between 20%", ParseProblem.BAD_NUMBER, "", ()),
    ("top zero", ParseProblem.BAD_NUMBER, "zero", ("top 10",)),
    ("top 0 by customer", ParseProblem.BAD_NUMBER, "0", ("top 10 by customer",)),
    ("top 20% by customer", ParseProblem.BAD_NUMBER, "20%", ("top 10 by customer",)),
    ("usage as of soon", ParseProblem.BAD_DATE, "soon", ("usage as of yesterday",)),
    ("usage as of 2018-02-30", ParseProblem.BAD_DATE, "2018-02-30", ()),
    ("usage as of 10/14/2018", ParseProblem.BAD_DATE, "10/14/2018", ("usage as of 2018-10-14",)),
    (
        "usage as of 03/04/2018",
        ParseProblem.BAD_DATE,
        "03/04/2018",
        ("usage as of 2018-03-04", "usage as of 2018-04-03"),
    ),
    ("usage for TEST COMPANY 10/14/2018", ParseProblem.BAD_DATE, "10/14/2018", ("usage for TEST COMPANY 2018-10-14",)),
    ("usage as of 2030-01-01", ParseProblem.FUTURE_DATE, "2030-01-01", ("usage as of 2018-10-24",)),
    ("usage by country", ParseProblem.BAD_DIMENSION, "country", ()),
    ("filter", ParseProblem.BAD_FILTER, "", ()),
    ("filter workloadCode is 'SFB'", ParseProblem.BAD_FILTER, "is", ()),
    ("filter licensesActive eq '0'", ParseProblem.BAD_FILTER, "licensesActive", ()),
    ("filter workloadCode eq 'SFB", ParseProblem.BAD_FILTER, "'SFB", ()),
]


@pytest.mark.parametrize(("typed", "problem", "found", "first"), PROBLEMS, ids=[ascii(each[0]) for each in PROBLEMS])
def test_problem_is_reported_with_its_offset(
    typed: str, problem: ParseProblem, found: str, first: tuple[str, ...], read: Read
) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstood)
    assert (answer.problem, answer.found) == (problem, found)
    assert typed[answer.at :].startswith(found)
    assert answer.suggestions[: len(first)] == first
    assert answer.suggestions
    assert not any(isinstance(read(sentence), NotUnderstood) for sentence in answer.suggestions)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("usage by country", ("customer", "workload", "service", "product", "channel")),
        ("usage as of 03/04/2018", ("2018-03-04", "2018-04-03")),
        ("usage as of 14.10.2018", ("2018-10-14",)),
        ("usage below many", ("50%",)),
        ("filter workloadCode is 'SFB'", ("eq", "ne")),
    ],
)
def test_problem_names_what_would_be_understood(typed: str, expected: tuple[str, ...], read: Read) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstood)
    assert answer.expected == expected


def test_problem_has_offset_in_typed_text_when_text_has_markup(read: Read) -> None:
    typed = "<at>Bot</at>&nbsp;filter workloadCode eq ‘SFB’ oder channel eq ‘x’"
    answer = read(typed)
    assert isinstance(answer, NotUnderstood)
    assert answer.problem is ParseProblem.BAD_FILTER
    assert answer.at == typed.index("oder")


@pytest.mark.parametrize(
    "typed",
    [
        "a" * (LENGTH_LIMIT + 1),
        "for " * 500_000,
        "a " * 900,
        "filter " + "(" * 5_000,
    ],
)
def test_text_is_refused_when_it_is_too_long(typed: str, read: Read) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstood)
    assert answer.problem is ParseProblem.TOO_LONG


@pytest.mark.parametrize("typed", ["filter " + "(" * 1_900, "filter " + "(" * 900 + "channel eq 'a'" + ")" * 900])
def test_deep_parentheses_are_reported_as_bad_filter(typed: str, read: Read) -> None:
    answer = read(typed)
    assert isinstance(answer, NotUnderstood)
    assert answer.problem is ParseProblem.BAD_FILTER
