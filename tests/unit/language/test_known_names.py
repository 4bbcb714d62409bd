"""Names that contain keywords need no quotes if they are in the directory."""

from collections.abc import Callable

import pytest

from bot.commands.command import Clause, Command, NotUnderstood, Usage
from bot.language.sentence.command_sentence import sentence_of

Read = Callable[[str], Command | NotUnderstood]

KNOWN = {
    "usage for Focus on IT on Exchange": 'usage for "Focus on IT" on Exchange',
    "usage for Not for Profit Ltd on Exchange": 'usage for "Not for Profit Ltd" on Exchange',
    "usage for Company on Fire on Exchange": 'usage for "Company on Fire" on Exchange',
    "usage for O'Brien & Sons on Exchange": 'usage for "O\'Brien & Sons" on Exchange',
    "usage for O’Brien &amp; Sons on Exchange": 'usage for "O’Brien & Sons" on Exchange',
    "usage for Top Gear by Design by workload": 'usage for "Top Gear by Design" by workload',
    "usage for Smith and Sons, Inc. on Exchange": 'usage for "Smith and Sons, Inc." on Exchange',
    "usage for Smith and Sons, TEST COMPANY and Contoso": 'usage for "Smith and Sons", TEST COMPANY and Contoso',
    "Company on Fire": 'usage for "Company on Fire"',
    "Help for Heroes on Exchange": 'usage for "Help for Heroes" on Exchange',
    "Help for Heroes": 'usage for "Help for Heroes"',
    "Customers First on Exchange": 'usage for "Customers First" on Exchange',
    "In Good Company on Exchange": 'usage for "In Good Company" on Exchange',
    "usage for 100% Pure below 50%": 'usage for "100% Pure" below 50%',
    "usage for Last Monday Club as of last monday": 'usage for "Last Monday Club" as of 2018-10-22',
    "Good Morning Bakery on Exchange": 'usage for "Good Morning Bakery" on Exchange',
    "is Exchange used by Focus on IT": 'usage for "Focus on IT" on Exchange',
}
SPLITS = {
    "TEST COMPANY": "usage for TEST COMPANY",
    "Exchange": "usage on Exchange",
    "TEST COMPANY Exchange": "usage for TEST COMPANY on Exchange",
    "usage for TEST COMPANY Exchange": "usage for TEST COMPANY on Exchange",
    "show me TEST COMPANY's Exchange usage": "usage for TEST COMPANY on Exchange",
    "usage for TEST COMPANY no Exchange": "usage for TEST COMPANY on Exchange",
    "usage for customer TEST COMPANY on the Exchange workload": "usage for TEST COMPANY on Exchange",
    "usage in Teams": "usage on Teams",
    "usage on TEST COMPANY": "usage for TEST COMPANY",
    "reseller usage": "usage via reseller",
    "usage for Contoso & Fabrikam": "usage for Contoso and Fabrikam",
    "usage for everyone but not Contoso": "usage not for Contoso",
    "TEST COMPANY except skype and teams": "usage for TEST COMPANY not on skype and teams",
}


@pytest.mark.parametrize(("typed", "canonical"), [*KNOWN.items(), *SPLITS.items()])
def test_sentence_is_split_at_end_of_known_names(typed: str, canonical: str, read_known: Read) -> None:
    command = read_known(typed)
    assert not isinstance(command, NotUnderstood)
    assert sentence_of(command) == canonical
    assert read_known(canonical) == command


def test_two_known_names_are_preferred_to_prefix_of_longer_one(read_known: Read) -> None:
    command = read_known("usage for Contoso and Fabrikam")
    assert isinstance(command, Usage)
    assert [name.text for name in command.customers] == ["Contoso", "Fabrikam"]


def test_typing_error_is_not_assumed_when_word_is_known_name(read_known: Read) -> None:
    command = read_known("usage for Ford on Exchange")
    assert isinstance(command, Usage)
    assert [name.text for name in command.customers] == ["Ford"]


def test_greeting_is_understood_when_customer_name_begins_with_it(read_known: Read) -> None:
    assert show_or_problem(read_known("good morning")) == "hello"


def test_name_has_offset_in_typed_text_when_text_has_markup(read: Read) -> None:
    typed = "<at>Bot</at> usage&nbsp;for TEST COMPANY on Exchange"
    command = read(typed)
    assert isinstance(command, Usage)
    assert command.customers[0].at == typed.index("TEST")
    assert command.subjects[0].at == typed.index("Exchange")


def test_exclusion_excludes_customer_when_name_is_customer(read_known: Read) -> None:
    command = read_known("usage on Exchange except Focus on IT")
    assert isinstance(command, Usage)
    assert [(clause, name.text) for clause, name in command.excluded] == [(Clause.FOR, "Focus on IT")]


def show_or_problem(command: Command | NotUnderstood) -> str:
    return command.problem.value if isinstance(command, NotUnderstood) else sentence_of(command)
