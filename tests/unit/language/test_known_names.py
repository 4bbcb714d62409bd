"""Names that contain keywords need no quotes if they are in the directory."""

from collections.abc import Callable

import pytest

from bot.commands.command import Clause, Command, Hello, Usage
from bot.language.sentence.command_sentence import sentence_of
from cards.views.answer_views import NotUnderstoodView, View

Read = Callable[[str], Command | View]

KNOWN = {
    "usage for Focus on IT on Exchange": 'usage for "Focus on IT" on Exchange',
    "usage for Not for Profit Ltd on Exchange": 'usage for "Not for Profit Ltd" on Exchange',
    "usage for Company on Fire on Exchange": 'usage for "Company on Fire" on Exchange',
    "usage for O'Brien & Sons on Exchange": "usage for O'Brien & Sons on Exchange",
    "usage for O’Brien &amp; Sons on Exchange": "usage for O'Brien & Sons on Exchange",
    "usage for Top Gear by Design by workload": 'usage for "Top Gear by Design" by workload',
    "usage for Smith and Sons, Inc. on Exchange": 'usage for "Smith and Sons, Inc." on Exchange',
    "usage for Smith and Sons, TEST COMPANY and Contoso": 'usage for "Smith and Sons, Inc.", TEST COMPANY and Contoso',
    "Company on Fire": 'usage for "Company on Fire"',
    "Help for Heroes on Exchange": 'usage for "Help for Heroes" on Exchange',
    "Help for Heroes": 'usage for "Help for Heroes"',
    "In Good Company on Exchange": 'usage for "In Good Company" on Exchange',
    "usage for 100% Pure below 50%": 'usage for "100% Pure" below 50%',
    "usage for Last Monday Club as of last monday": "usage for Last Monday Club as of 2018-10-22",
    "Good Morning Bakery on Exchange": "usage for Good Morning Bakery on Exchange",
    "is Exchange used by Focus on IT": 'usage for "Focus on IT" on Exchange',
}
SPLITS = {
    "TEST COMPANY": "usage for TEST COMPANY",
    "Exchange": "usage on Exchange",
    "TEST COMPANY Exchange": "usage for TEST COMPANY on Exchange",
    "usage for TEST COMPANY Exchange": "usage for TEST COMPANY on Exchange",
    "show me TEST COMPANY's Exchange usage": "usage for TEST COMPANY on Exchange",
    "usage for customer TEST COMPANY on the Exchange workload": "usage for TEST COMPANY on Exchange",
    "usage in Teams": "usage on Teams",
    "usage on TEST COMPANY": "usage for TEST COMPANY",
    "reseller usage": "usage via reseller",
    "usage for everyone but not Contoso": "usage not for Contoso",
    "TEST COMPANY except skype and teams": 'usage for TEST COMPANY not on "Skype For Business" and Teams',
}


@pytest.mark.parametrize(("typed", "canonical"), [*KNOWN.items(), *SPLITS.items()])
def test_sentence_is_split_at_end_of_known_names(typed: str, canonical: str, read_known: Read) -> None:
    command = read_known(typed)
    assert isinstance(command, Command)
    assert sentence_of(command) == canonical
    assert read_known(canonical) == command


def test_two_names_that_begin_another_are_asked_back(read_known: Read) -> None:
    asked = read_known("usage for Contoso and Fabrikam")
    assert isinstance(asked, NotUnderstoodView)
    assert [each.text for each in asked.suggestions] == [
        "usage for Contoso and Fabrikam",
        'usage for "Contoso and Fabrikam Holdings"',
    ]


def test_typing_error_is_not_assumed_when_word_is_known_name(read_known: Read) -> None:
    command = read_known("usage for Ford on Exchange")
    assert isinstance(command, Usage)
    assert [name.text for name in command.customers] == ["Ford"]


def test_greeting_is_understood_when_customer_name_begins_with_it(read_known: Read) -> None:
    assert read_known("good morning") == Hello()


def test_exclusion_excludes_customer_when_name_is_customer(read_known: Read) -> None:
    command = read_known("usage on Exchange except Focus on IT")
    assert isinstance(command, Usage)
    assert [(clause, name.text) for clause, name in command.excluded] == [(Clause.FOR, "Focus on IT")]
