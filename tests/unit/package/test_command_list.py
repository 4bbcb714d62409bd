"""Tests of the command menu, which is made from the verbs."""

from datetime import date

import pytest

from bot.commands.command import Command, Usage
from bot.commands.verb_spec import VerbExample, VerbNeeds, VerbSpec
from bot.commands.verbs import VERBS
from bot.package.command_list import command_list
from cards.wording.locale_words import LocaleWords
from tests.typed_sentences import parse

WORDS = LocaleWords.load("en")
LIST = command_list(VERBS, WORDS)


def verb(name="usage", usage="usage WHAT", examples=("usage on Exchange",)):
    shown = tuple(VerbExample(text, "help.topic.usage") for text in examples)
    return VerbSpec(name, Usage, name, usage, shown, menu=True, needs=VerbNeeds.NAMES, changes=False)


@pytest.mark.parametrize("command", LIST, ids=lambda command: command["title"])
def test_every_command_of_the_menu_is_understood_unchanged(command):
    found = parse(command["title"], today=date(2026, 11, 21))
    assert isinstance(found, Command) or found.problem == "missing.question"  # "digest": it asks what it is about


def test_the_menu_stays_within_the_limits_of_the_oldest_schema():
    assert 1 <= len(LIST) <= 10
    assert all(0 < len(command["title"]) <= 32 for command in LIST)
    assert all(0 < len(command["description"]) <= 128 for command in LIST)


def test_menu_lists_every_command_once_and_help():
    titles = [command["title"] for command in LIST]
    assert len(set(titles)) == len(titles)
    assert "help" in titles


def test_no_title_begins_with_a_slash():
    assert not any(command["title"].startswith("/") for command in LIST)


def test_no_description_is_cut():
    assert not any(command["description"].endswith("…") for command in LIST)


def test_title_is_the_first_example_that_fits_when_verb_needs_argument():
    commands = command_list([verb(examples=("usage for TEST COMPANY on SharePoint", "usage on Exchange"))], WORDS)
    assert [command["title"] for command in commands] == ["usage on Exchange"]


def test_title_is_the_verb_when_its_arguments_are_optional():
    assert command_list([verb(usage="usage [for CUSTOMER] [on WORKLOAD]")], WORDS)[0]["title"] == "usage"


def test_verb_is_not_in_menu_when_its_examples_are_too_long():
    assert command_list([verb(examples=("usage for TEST COMPANY on SharePoint",))], WORDS) == []


def test_description_is_the_verbs_forms_when_it_has_no_text():
    assert command_list([verb(name="subscribe", usage="subscribe [daily]")], WORDS) == [
        {"title": "subscribe", "description": "subscribe [daily]"}
    ]


def test_description_is_cut_to_the_limit_when_it_is_too_long():
    long = verb(name="subscribe", usage="subscribe " + "[daily] " * 40)
    assert len(command_list([long], WORDS)[0]["description"]) <= 128


def test_menu_has_ten_commands_when_there_are_more_verbs():
    assert len(command_list([verb(name=f"v{number}", usage=f"v{number}") for number in range(30)], WORDS)) == 10
