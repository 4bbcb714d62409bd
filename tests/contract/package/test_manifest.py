"""Tests of the manifest against Microsoft's own schemas."""

import copy

import jsonschema
import pytest

from bot.commands.verbs import VERBS
from bot.package.app_package import manifest
from bot.package.command_list import menu_verbs
from bot.package.localization import language_files
from bot.package.manifest_files import read
from bot.package.manifest_version import SINCE, VALUES_SINCE, ManifestVersion
from bot.package.publication import Publication
from cards.wording.locale_words import LocaleWords

PUBLICATION = Publication.of("1b4e28ba-2fa1-11d2-883f-0016d3cca427", "bot.contoso.com", "1.0.2")
# Every version that Microsoft has published since the oldest; 1.18 was never published.
PUBLISHED = [f"1.{minor}" for minor in range(12, 31) if minor != 18]
LANGUAGES = ("nl", "fr", "hu", "de")


def made_for(version, publication=PUBLICATION):
    return manifest(read(), publication, VERBS, LocaleWords.load("en"), version)


@pytest.fixture
def made():
    return made_for(ManifestVersion.NEWEST)


def problems(instance, schema):
    """Return every violation that the schema reports.

    Newer schemas hold a JavaScript pattern, in a part that is not used here.
    """
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]


@pytest.mark.parametrize("version", ManifestVersion)
def test_manifest_is_valid_in_the_version_it_declares(version, schema):
    made = made_for(version)
    assert made["manifestVersion"] == version
    assert (
        made["$schema"] == f"https://developer.microsoft.com/json-schemas/teams/v{version}/MicrosoftTeams.schema.json"
    )
    assert problems(made, schema(version)) == []


@pytest.mark.parametrize("published", PUBLISHED)
@pytest.mark.parametrize("version", ManifestVersion)
def test_manifest_is_valid_in_its_version_and_all_later_ones(version, published, schema):
    number = tuple(map(int, published.split(".")))
    found = problems({**made_for(version), "manifestVersion": published}, schema(published))
    assert (found == []) == (number >= version.number), found


def test_newest_manifest_is_valid_in_the_preview_of_the_next(made, schema):
    assert problems({**made, "manifestVersion": "devPreview"}, schema("DevPreview")) == []


@pytest.mark.parametrize(("path", "since"), SINCE.items(), ids=str)
def test_each_newer_property_came_with_the_version_that_is_named(path, since, schema):
    before = PUBLISHED[PUBLISHED.index(f"{since[0]}.{since[1]}") - 1]
    assert declares(schema(f"{since[0]}.{since[1]}"), path)
    assert not declares(schema(before), path)


@pytest.mark.parametrize(("path", "since"), VALUES_SINCE.items(), ids=str)
def test_each_newer_scope_came_with_the_version_that_is_named(path, since, schema):
    before = PUBLISHED[PUBLISHED.index(f"{since[0]}.{since[1]}") - 1]
    assert path[-1] in allowed(schema(f"{since[0]}.{since[1]}"), path[:-1])
    assert path[-1] not in allowed(schema(before), path[:-1])


def allowed(schema, path):
    """Return the texts that the list at `path` may have."""
    for name in path:
        schema = schema.get("items", schema)["properties"][name]
    return schema["items"]["enum"]


@pytest.mark.parametrize("version", ManifestVersion)
def test_chat_in_copilot_is_there_from_the_version_that_has_it(version):
    made = made_for(version)
    here = version.number >= (1, 21)
    assert ("copilot" in made["bots"][0]["scopes"]) is here
    assert ("copilotAgents" in made) is here
    if here:
        [agent] = made["copilotAgents"]["customEngineAgents"]
        assert agent == {"type": "bot", "id": made["bots"][0]["botId"]}


def declares(schema, path):
    """Return True if the schema has the property at `path`, lists left out."""
    for name in path:
        schema = schema.get("items", schema).get("properties", {}).get(name)
        if schema is None:
            return False
    return True


@pytest.mark.parametrize("version", ManifestVersion)
def test_the_longest_names_are_still_valid(version, schema):
    host = ".".join(["a" * 63] * 3 + ["b" * 57, "com"])
    assert len(host) == 253
    longest = Publication.of(PUBLICATION.app_id, host, "999999999.999999999.999999999")
    assert problems(made_for(version, longest), schema(version)) == []


@pytest.mark.parametrize("version", ManifestVersion)
def test_each_file_of_a_language_is_valid_in_its_schema(version, schema):
    verbs = [verb.name for verb in menu_verbs(VERBS)]
    files = language_files(made_for(version), verbs, read().languages)
    assert set(files) == {f"{language}.json" for language in LANGUAGES}
    for texts in files.values():
        assert problems(texts, schema(version, "MicrosoftTeams.Localization")) == []


def _without_outline(made):
    del made["icons"]["outline"]


def _long_title(made):
    made["bots"][0]["commandLists"][0]["commands"][0]["title"] = "x" * 129


def _thirteen_commands(made):
    made["bots"][0]["commandLists"][0]["commands"] = [{"title": "a", "description": "b"}] * 13


def _unknown_property(made):
    made["botts"] = []


def _no_guid(made):
    made["id"] = "bot"


@pytest.mark.parametrize("damage", [_without_outline, _long_title, _thirteen_commands, _unknown_property, _no_guid])
def test_schema_reports_a_damaged_manifest(made, schema, damage):
    damaged = copy.deepcopy(made)
    damage(damaged)
    assert problems(damaged, schema(ManifestVersion.NEWEST))
