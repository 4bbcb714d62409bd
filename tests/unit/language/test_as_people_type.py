"""Hasty, dictated or pasted sentences: no word that changes the answer is ignored."""

from collections.abc import Callable

import pytest

from bot.commands.command import Command, Hello, NotUnderstood, ParseProblem
from bot.domain.licensing import Dimension, Entry
from bot.language.sentence.command_sentence import sentence_of
from bot.language.sentence.parser import parse
from bot.names.name_index import NameIndex

Read = Callable[[str], Command | NotUnderstood]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("😀 usage on Exchange 👍🏽", "usage on Exchange"),
        ("usage on Exchange ❤️ please", "usage on Exchange"),
        ("who is not using Exchange?", "usage on Exchange by customer at most 0%"),
        ("who isn't using Exchange", "usage on Exchange by customer at most 0%"),
        ("which customers don't use Teams", "usage on Teams by customer at most 0%"),
        ("which customers are not using Teams", "usage on Teams by customer at most 0%"),
        ("customers with no usage on Exchange", "usage on Exchange by customer at most 0%"),
        ("who uses Teams most", "top 10 on Teams by customer"),
        ("who uses Exchange the least?", "bottom 10 on Exchange by customer"),
        ("lowest usage", "bottom 10"),
        ("highest usage on Exchange", "top 10 on Exchange"),
        ("how many unused licenses does TEST COMPANY have", "usage for TEST COMPANY"),
        ("how many active users on Exchange", "usage on Exchange"),
        ("usage below fifty percent", "usage below 50%"),
        ("usage between 20 to 40", "usage between 20% and 40%"),
        ("hey can u check TEST COMPANY exchange usage asap", "usage for TEST COMPANY on exchange"),
        ("RE: usage for TEST COMPANY", "usage for TEST COMPANY"),
        ("> usage for TEST COMPANY", "usage for TEST COMPANY"),
        ("> 50% on Exchange", "usage on Exchange above 50%"),
        ("usage for TEST COMPANY but no Exchange", "usage for TEST COMPANY not on Exchange"),
        ('"TEST COMPANY"\n"Fabrikam"', "usage for TEST COMPANY and Fabrikam"),
        ('usage for TEST COMPANY\nFabrikam\n"Ford"', "usage for TEST COMPANY, Fabrikam and Ford"),
        ("usage on all workloads", "usage by workload"),
        ("give me a report on TEST COMPANY", "usage for TEST COMPANY"),
        ("usage from TEST COMPANY", "usage for TEST COMPANY"),
        ("usage not on Exchange", "usage not on Exchange"),
        ("usage at least 50%", "usage at least 50%"),
    ],
)
def test_hasty_sentence_has_intended_meaning(typed: str, canonical: str, read_known: Read) -> None:
    command = read_known(typed)
    assert not isinstance(command, NotUnderstood), command
    assert sentence_of(command) == canonical


def test_name_excludes_quote_sign_when_text_is_from_quoted_mail(today: object) -> None:
    names = NameIndex.of([Entry(Dimension.CUSTOMER, "A", "Usage"), Entry(Dimension.CUSTOMER, "B", "TEST COMPANY")])
    command = parse("> > usage for TEST COMPANY", today=today, knows=names.knows)  # type: ignore[arg-type]
    assert not isinstance(command, NotUnderstood)
    assert sentence_of(command) == "usage for TEST COMPANY"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("usage as of last week", "last week"),
        ("usage for TEST COMPANY as of October 2018", "October 2018"),
        ("usage for TEST COMPANY as of last month below 50%", "last month"),
    ],
)
def test_period_is_reported_as_bad_date(typed: str, found: str, read_known: Read) -> None:
    command = read_known(typed)
    assert isinstance(command, NotUnderstood)
    assert (command.problem, command.found) == (ParseProblem.BAD_DATE, found)
    assert command.suggestions[0].startswith(typed[: command.at])


@pytest.mark.parametrize(
    ("typed", "found", "offered"),
    [
        ("usage since 2018-10-01", "since 2018-10-01", "usage as of 2018-10-01"),
        ("usage from 2018-10-01 to 2018-10-14", "from 2018-10-01 to 2018-10-14", "usage as of 2018-10-14"),
        ("usage for TEST COMPANY until 2018-10-07", "until 2018-10-07", "usage for TEST COMPANY as of 2018-10-07"),
    ],
)
def test_time_is_reported_as_bad_date_when_day_is_expected(
    typed: str, found: str, offered: str, read_known: Read
) -> None:
    command = read_known(typed)
    assert isinstance(command, NotUnderstood)
    assert (command.problem, command.found, command.suggestions[0]) == (ParseProblem.BAD_DATE, found, offered)


def test_keyword_alone_is_not_matched_with_name_that_begins_with_it(read_known: Read) -> None:
    assert isinstance(read_known("usage for not TEST COMPANY"), NotUnderstood)


def test_text_is_greeting_only_when_it_is_short(read_known: Read) -> None:
    assert read_known("hello my dear bot") == Hello()
    assert isinstance(read_known("hello what about the strange thing we discussed"), NotUnderstood)
