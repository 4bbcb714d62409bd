"""Tests of the manifest against Microsoft's own schemas."""

import copy

import jsonschema
import pytest

from bot.commands.verbs import VERBS
from bot.package.app_package import manifest
from bot.package.manifest_files import read
from bot.package.publication import Publication
from cards.wording.locale_words import LocaleWords

PUBLICATION = Publication.of("1b4e28ba-2fa1-11d2-883f-0016d3cca427", "bot.contoso.com", "1.0.2")
DECLARED = "1.12"


@pytest.fixture
def made():
    return manifest(read(), PUBLICATION, VERBS, LocaleWords.load("en"))


def problems(instance, schema):
    """Return every violation that the schema reports.

    Newer schemas hold a JavaScript pattern, in a part that is not used here.
    """
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]


def test_the_manifest_is_valid_in_the_version_it_declares(made, schema):
    assert made["manifestVersion"] == DECLARED
    assert (
        made["$schema"] == f"https://developer.microsoft.com/json-schemas/teams/v{DECLARED}/MicrosoftTeams.schema.json"
    )
    assert problems(made, schema(DECLARED)) == []


@pytest.mark.parametrize("version", ["1.13", "1.16", "1.17", "1.19", "1.21", "1.24", "1.30"])
def test_manifest_is_valid_in_later_versions_of_the_schema(made, schema, version):
    assert problems({**made, "manifestVersion": version}, schema(version)) == []


def test_the_longest_names_are_still_valid(schema):
    host = ".".join(["a" * 63] * 3 + ["b" * 57, "com"])
    assert len(host) == 253
    longest = Publication.of(PUBLICATION.app_id, host, "999999999.999999999.999999999")
    assert problems(manifest(read(), longest, VERBS, LocaleWords.load("en")), schema(DECLARED)) == []


def _without_outline(made):
    del made["icons"]["outline"]


def _long_title(made):
    made["bots"][0]["commandLists"][0]["commands"][0]["title"] = "x" * 33


def _eleven_commands(made):
    made["bots"][0]["commandLists"][0]["commands"] = [{"title": "a", "description": "b"}] * 11


def _unknown_property(made):
    made["botts"] = []


def _no_guid(made):
    made["id"] = "bot"


@pytest.mark.parametrize("damage", [_without_outline, _long_title, _eleven_commands, _unknown_property, _no_guid])
def test_schema_reports_a_damaged_manifest(made, schema, damage):
    damaged = copy.deepcopy(made)
    damage(damaged)
    assert problems(damaged, schema(DECLARED))
