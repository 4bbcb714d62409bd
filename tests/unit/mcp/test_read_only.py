"""Tests of what a program may ask."""

from datetime import UTC, datetime

import jsonschema
import pytest

from bot.commands.command import (
    ChangeDigest,
    ChooseLanguage,
    Command,
    DigestAction,
    Export,
    ForgetMe,
    HandleDigest,
    Help,
    ListDigests,
    Name,
    NewDigest,
    SignOut,
    Usage,
    WhoAmI,
)
from bot.commands.command_document import schema, write_object
from bot.commands.effects import CHANGING_VERBS, changes_state
from bot.commands.verbs import VERBS
from bot.mcp.read_only import askable_schema, is_refused, refusal
from bot.usage.offline_sentence import offline_command
from cards.wording.locale_words import LocaleWords, available

NOW = datetime(2018, 10, 24, 10, tzinfo=UTC)
EXAMPLES = [(verb, each.text) for verb in VERBS for each in verb.examples]


@pytest.mark.parametrize(("verb", "sentence"), EXAMPLES, ids=[text for _, text in EXAMPLES])
def test_every_verb_is_refused_exactly_if_it_changes_something(verb, sentence):
    command = offline_command(sentence, NOW)
    assert isinstance(command, Command)
    acts = isinstance(command, Export | NewDigest | HandleDigest | ChangeDigest)
    changes = acts or verb.changes or changes_state(command)
    shown = isinstance(command, ChooseLanguage) and command.code is None
    assert (refusal(command, "en") is not None) is (changes and not shown)


@pytest.mark.parametrize(
    "command",
    [
        SignOut(),
        ForgetMe(),
        ChooseLanguage("nl"),
        NewDigest(Usage()),
        ChangeDigest(3),
        *(HandleDigest(act, 3) for act in DigestAction),
        HandleDigest(DigestAction.STOP, every=True),
    ],
    ids=repr,
)
def test_what_changes_something_is_refused_with_its_sentence(command):
    refused = refusal(command, "en")
    assert refused is not None
    assert refused.problem == "read_only"
    assert refused.values["question"]


def test_a_file_is_refused_for_another_reason():
    refused = refusal(Export(Usage()), "en")
    assert refused is not None
    assert refused.problem == "rows_not_files"


@pytest.mark.parametrize("command", [Usage(), Help(), ListDigests(), WhoAmI(), ChooseLanguage()], ids=repr)
def test_what_only_asks_is_not_refused(command):
    assert refusal(command, "en") is None


def test_no_document_that_changes_something_fits_the_schema_of_the_tool():
    documents = set(askable_schema()["$defs"])
    named = {name.title().replace("_", "") for name in CHANGING_VERBS}
    assert named <= set(schema()["$defs"])
    assert documents & named == set()


def test_the_schema_of_the_tool_is_part_of_the_published_one():
    part, whole = askable_schema(), schema()
    assert part["$defs"].items() <= whole["$defs"].items()
    jsonschema.Draft202012Validator.check_schema(part)


@pytest.mark.parametrize(("verb", "sentence"), EXAMPLES, ids=[text for _, text in EXAMPLES])
def test_the_schema_has_every_example_of_a_verb_that_may_be_asked(verb, sentence):
    command = offline_command(sentence, NOW)
    assert isinstance(command, Command)
    fits = jsonschema.Draft202012Validator(askable_schema()).is_valid(write_object(command))
    assert fits is not is_refused(verb)


@pytest.mark.parametrize("language", available())
def test_the_refusal_is_a_sentence_in_each_language(language):
    words = LocaleWords.load(language)
    said = words.say("error.read_only", question="forget me")
    assert "forget me" in said
    assert words.say("error.rows_not_files")


def test_the_names_in_a_refused_command_are_those_that_were_typed():
    refused = refusal(NewDigest(Usage(customers=(Name("TEST COMPANY"),))), "en")
    assert refused is not None
    assert "TEST COMPANY" in refused.values["question"]
