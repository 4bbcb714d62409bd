"""Tests of the texts of the app in other languages."""

from dataclasses import replace

import pytest

from bot.commands.command import Usage
from bot.commands.verbs import VERBS
from bot.errors import PackageError
from bot.package.app_package import app_package, manifest
from bot.package.command_list import command_list, menu_verbs
from bot.package.localization import language_files, text_keys
from bot.package.manifest_files import read
from bot.package.manifest_version import ManifestVersion
from bot.package.publication import Publication
from cards.wording.locale_words import LocaleWords
from tests.typed_sentences import parse

DECLARED = read()
WORDS = LocaleWords.load("en")
PUBLICATION = Publication.of("1b4e28ba-2fa1-11d2-883f-0016d3cca427", "bot.contoso.com", "1.0.2")
LISTED = menu_verbs(VERBS)
NAMES = [verb.name for verb in LISTED]
OTHERS = ["nl", "fr", "hu", "de"]


def made(version=ManifestVersion.NEWEST):
    return manifest(DECLARED, PUBLICATION, VERBS, WORDS, version)


def at(value, path):
    """Return the text at a path such as `bots[0].commandLists[1].commands[2].title`."""
    for part in path.replace("]", "").replace("[", ".").split("."):
        value = value[int(part)] if part.isdigit() else value[part]
    return value


@pytest.mark.parametrize("version", ManifestVersion)
def test_each_translated_path_leads_to_a_text_of_the_manifest(version):
    files = language_files(made(version), NAMES, DECLARED.languages)
    for texts in files.values():
        assert all(isinstance(at(made(version), path), str) for path in texts)


def test_translations_are_those_of_the_text_at_their_path():
    dutch = language_files(made(), NAMES, DECLARED.languages)["nl.json"]
    assert dutch["name.short"] == "Licentiegebruik"
    for path, text in dutch.items():
        if text == "klanten":
            assert at(made(), path) == "customers"
    assert list(dutch.values()).count("klanten") == 2


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_exactly_the_texts_that_are_shown(language):
    assert set(DECLARED.languages[language]) == set(text_keys(made(), NAMES).values())


def test_english_file_has_only_texts_that_are_shown():
    assert set(DECLARED.languages["en"]) <= set(text_keys(made(), NAMES).values())


@pytest.mark.parametrize("language", OTHERS)
def test_every_command_means_the_same_in_each_language(language):
    texts = DECLARED.languages[language]
    for verb, command in zip(LISTED, command_list(LISTED, WORDS), strict=True):
        assert parse(texts[f"{verb.name}.title"]) == parse(command["title"])


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("verb", ["usage", "top"])
def test_every_prompt_is_the_same_question_in_each_language(verb, language):
    first, second = (parse(DECLARED.languages[each][f"{verb}.prompt"]) for each in ("en", language))
    assert isinstance(first, Usage)
    assert first == second


def test_package_is_refused_when_a_language_lacks_a_text():
    languages = {**DECLARED.languages, "hu": {**DECLARED.languages["hu"]}}
    del languages["hu"]["help.title"]
    with pytest.raises(PackageError, match=r"^hu\.json lacks 'help\.title'"):
        app_package(replace(DECLARED, languages=languages), PUBLICATION, VERBS, WORDS)


def test_package_is_refused_when_the_file_of_a_language_is_missing():
    languages = {each: texts for each, texts in DECLARED.languages.items() if each != "fr"}
    with pytest.raises(PackageError, match=r"^fr\.json lacks "):
        app_package(replace(DECLARED, languages=languages), PUBLICATION, VERBS, WORDS)
