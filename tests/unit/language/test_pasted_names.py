"""Names with quotes, ids, links and list marks, as people paste them."""

from datetime import date

import pytest

from bot.commands.command import Customers, Usage
from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex
from bot.query.filters.expression import Eq
from bot.usage.query_plan import QueryPlan, plan
from tests.typed_sentences import parse

TODAY = date(2026, 11, 30)
NAMES = (
    '"Vega" LLC',
    'ООО "Василёк"',
    'ЗАО "Василёк"',
    "Vega Omega",
    "YAZICI IŞIK",
    "Acme <Holding>",
    "AT&amp;T",
    "1. FC Union",
    "/n software",
    "Tomorrowland BV",
    "Next Level Ltd",
    "Litware",
)
ENTRIES = [Entry(Dimension.CUSTOMER, f"5C1E7A90-4B2D-4E3F-9A61-{n:012d}", name) for n, name in enumerate(NAMES)]
DIRECTORY = NameIndex.of([*ENTRIES, Entry(Dimension.WORKLOAD, "EXO", "Exchange")])


def asked(sentence: str) -> tuple[str, ...]:
    command = parse(sentence, today=TODAY, names=DIRECTORY)
    assert isinstance(command, Usage), command
    planned = plan(command, DIRECTORY)
    assert isinstance(planned, QueryPlan), planned
    return tuple(entry.name for entry in planned.scope)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ('"Vega" LLC', '"Vega" LLC'),
        ("«Vega» LLC", '"Vega" LLC'),
        ("„Vega“ LLC", '"Vega" LLC'),
        ("Vega LLC", '"Vega" LLC'),
        ('"""Vega"" LLC"', '"Vega" LLC'),
        ('ООО "Василёк"', 'ООО "Василёк"'),
        ("ООО «Василек»", 'ООО "Василёк"'),
        ("yazıcı ışık", "YAZICI IŞIK"),
        ("Acme <Holding>", "Acme <Holding>"),
        ("Acme &lt;Holding&gt;", "Acme <Holding>"),
        ("AT&T", "AT&amp;T"),
        ("1. FC Union", "1. FC Union"),
        ("• Litware", "Litware"),
        ("[Litware](https://litware.com/en)", "Litware"),
        ('<a href="https://litware.com">Litware</a>', "Litware"),
        ("Litware (5C1E7A90-4B2D-4E3F-9A61-000000000011)", "Litware"),
        ("(5C1E7A90-4B2D-4E3F-9A61-000000000011)", "Litware"),
        ("5C1E7A904B2D4E3F9A61000000000011", "Litware"),
        ("5C1E7A90–4B2D–4E3F–9A61–000000000011", "Litware"),
        ("Tomorrowland BV", "Tomorrowland BV"),
    ],
)
def test_name_is_found_as_it_is_typed_or_pasted(typed: str, name: str) -> None:
    assert asked(f"usage for {typed} on Exchange") == (name, "Exchange")


@pytest.mark.parametrize(
    "sentence",
    [
        "(a) usage for Litware on Exchange",
        "- usage for Litware on Exchange",
        "• usage for Litware on Exchange",
        "> usage for Litware on Exchange",
        "/usage for Litware on Exchange",
        "!usage for Litware on Exchange",
        "> 1. /usage for Litware on Exchange;",
    ],
)
def test_marks_before_a_sentence_are_left_out(sentence: str) -> None:
    assert asked(sentence) == ("Litware", "Exchange")


def test_slash_is_left_out_before_other_verbs() -> None:
    assert parse("/customers lit", today=TODAY, names=DIRECTORY) == Customers("lit")


def test_slash_of_a_name_is_kept_at_the_start() -> None:
    assert asked("/n software on Exchange") == ("/n software", "Exchange")


def test_a_clause_is_not_swallowed_when_an_id_is_in_brackets() -> None:
    found = parse(f"usage on Exchange for Litware ({ENTRIES[-1].id})", today=TODAY, names=DIRECTORY)
    assert isinstance(found, Usage)
    planned = plan(found, DIRECTORY)
    assert isinstance(planned, QueryPlan)
    assert Eq(Dimension.WORKLOAD.id_field, "EXO") in getattr(planned.query.expression, "terms", ())
