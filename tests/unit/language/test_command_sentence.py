"""The canonical sentence: quotes only if needed, exact numbers, ISO days."""

from datetime import date

import pytest

from bot.commands.command import Clause, Customers, Help, Name, Usage
from bot.domain.licensing import Field
from bot.language.sentence.command_sentence import sentence_of
from bot.query.filters.expression import Eq
from bot.query.filters.share_filter import ShareRange, TopBottom
from tests.typed_sentences import parse


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("TEST COMPANY", "TEST COMPANY"),
        ("O'Brien", "O'Brien"),
        ("Focus on IT", '"Focus on IT"'),
        ("Smith, Jones", '"Smith, Jones"'),
        ('The "Best" Co', '"The ""Best"" Co"'),
        ("“Smart”", '"“Smart”"'),
        ("Exchange", '"Exchange"'),
        ("A &amp; B", '"A &amp;amp; B"'),
        ("a <b> c", '"a &lt;b> c"'),
        ("two\n lines\u200b", '"two lines"'),
        ("2018-10-14", '"2018-10-14"'),
    ],
)
def test_name_is_quoted_only_when_it_could_be_misread(name: str, printed: str) -> None:
    sentence = sentence_of(Usage(customers=(Name(name),)))
    assert sentence == f"usage for {printed}"


@pytest.mark.parametrize(
    ("limit", "printed"),
    [
        (ShareRange(high=0.5, high_included=False), "below 50%"),
        (ShareRange(high=0.5), "at most 50%"),
        (ShareRange(low=1 / 8, low_included=False), "above 12.5%"),
        (ShareRange(low=0.07), "at least 7%"),
        (ShareRange(0.2, 0.4), "between 20% and 40%"),
        (ShareRange(0.2, 0.4, high_included=False), "at least 20% below 40%"),
        (ShareRange(high=1.5, high_included=False), "below 150%"),
    ],
)
def test_percentage_range_is_printed_exactly(limit: ShareRange, printed: str, today: date) -> None:
    command = Usage(limit=limit)
    assert sentence_of(command) == f"usage {printed}"
    assert parse(sentence_of(command), today=today) == command


def test_clauses_are_printed_in_fixed_order() -> None:
    command = Usage(
        customers=(Name("TEST COMPANY"),),
        excluded=((Clause.ON, Name("Skype")), (Clause.ON, Name("Teams")), (Clause.FOR, Name("X"))),
        order=TopBottom(3, lowest=True),
        as_of=date(2018, 10, 14),
        expression=Eq(Field.CHANNEL, "O'Reseller"),
    )
    assert sentence_of(command) == (
        "bottom 3 for TEST COMPANY not on Skype and Teams not for X as of 2018-10-14 filter channel eq 'O''Reseller'"
    )


def test_filter_alone_is_printed_without_other_verb() -> None:
    assert sentence_of(Usage(expression=Eq(Field.CHANNEL, "reseller"))) == "filter channel eq 'reseller'"


def test_command_is_printed_with_its_verb() -> None:
    assert sentence_of(Help("top")) == "help top"
    assert sentence_of(Customers("Focus on IT")) == 'customers "Focus on IT"'
