"""The command menu, from the catalogue."""

from datetime import date

import pytest

from bot.commands.command import NotUnderstood
from bot.commands.verbs import VERBS, VerbExample, VerbSpec
from bot.language.sentence.parser import parse
from bot.package.command_list import command_list
from cards.wording.locale_words import LocaleWords

WORDS = LocaleWords.load("en")
LIST = command_list(VERBS, WORDS)


def verb(name="usage", usage="usage WHAT", examples=("usage on Exchange",)):
    return VerbSpec(name, (name,), usage, tuple(VerbExample(text, "help.topic.usage") for text in examples))


@pytest.mark.parametrize("command", LIST, ids=lambda command: command["title"])
def test_every_command_of_the_menu_is_understood_as_it_stands(command):
    assert not isinstance(parse(command["title"], today=date(2026, 11, 21)), NotUnderstood)


def test_the_menu_stays_within_the_limits_of_the_oldest_schema():
    assert 1 <= len(LIST) <= 10
    assert all(0 < len(command["title"]) <= 32 for command in LIST)
    assert all(0 < len(command["description"]) <= 128 for command in LIST)


def test_no_command_is_there_twice_and_help_is_among_them():
    titles = [command["title"] for command in LIST]
    assert len(set(titles)) == len(titles)
    assert "help" in titles


def test_no_title_begins_with_a_slash():
    assert not any(command["title"].startswith("/") for command in LIST)


def test_no_description_is_cut():
    assert not any(command["description"].endswith("…") for command in LIST)


def test_a_verb_that_needs_an_argument_shows_its_best_example_that_fits():
    commands = command_list([verb(examples=("usage for TEST COMPANY on SharePoint", "usage on Exchange"))], WORDS)
    assert [command["title"] for command in commands] == ["usage on Exchange"]


def test_a_verb_whose_arguments_are_optional_stands_alone():
    assert command_list([verb(usage="usage [for CUSTOMER] [on WORKLOAD]")], WORDS)[0]["title"] == "usage"


def test_a_verb_with_long_examples_only_is_left_to_help():
    assert command_list([verb(examples=("usage for TEST COMPANY on SharePoint",))], WORDS) == []


def test_a_verb_without_a_text_of_its_own_is_described_by_its_forms():
    assert command_list([verb(name="subscribe", usage="subscribe [daily]")], WORDS) == [
        {"title": "subscribe", "description": "subscribe [daily]"}
    ]


def test_a_description_that_is_too_long_is_cut_within_the_limit():
    long = verb(name="subscribe", usage="subscribe " + "[daily] " * 40)
    assert len(command_list([long], WORDS)[0]["description"]) <= 128


def test_more_than_ten_verbs_make_ten_commands():
    assert len(command_list([verb(name=f"v{number}", usage=f"v{number}") for number in range(30)], WORDS)) == 10
