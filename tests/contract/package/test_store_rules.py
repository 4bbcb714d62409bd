"""Tests of the rules that Microsoft's reviewers and Teams' upload apply to an app.

https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/deploy-and-publish/appsource/prepare/teams-store-validation-guidelines
https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
"""

import re
import struct
import zlib

import pytest

from bot.commands.verbs import VERBS
from bot.package.app_package import manifest
from bot.package.command_list import menu_verbs
from bot.package.localization import language_files
from bot.package.manifest_files import read
from bot.package.manifest_version import ManifestVersion
from bot.package.publication import Publication
from cards.wording.locale_words import LocaleWords

DECLARED = read()
PUBLICATION = Publication.of("1b4e28ba-2fa1-11d2-883f-0016d3cca427", "bot.contoso.com", "1.0.2")
MADE = {version: manifest(DECLARED, PUBLICATION, VERBS, LocaleWords.load("en"), version) for version in ManifestVersion}
NEWEST = MADE[ManifestVersion.NEWEST]
FILES = language_files(NEWEST, [verb.name for verb in menu_verbs(VERBS)], DECLARED.languages)
LONGEST = {"name.short": 30, "name.full": 100, "description.short": 80, "description.full": 4_000}
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # of a PNG, by color type


def texts_of(made):
    """Return the name and the description by their paths."""
    return {f"{part}.{size}": made[part][size] for part in ("name", "description") for size in ("short", "full")}


def commands_of(made):
    return [command for listed in made["bots"][0]["commandLists"] for command in listed["commands"]]


def titles_of(texts):
    """Return the titles of the commands of a file of a language, list by list."""
    lists = {}
    for path, text in texts.items():
        if found := re.fullmatch(r"bots\[0\]\.commandLists\[(\d)\]\.commands\[\d\]\.title", path):
            lists.setdefault(found[1], []).append(text)
    return list(lists.values())


EVERY_LANGUAGE = {"en": texts_of(NEWEST), **FILES}


@pytest.mark.parametrize("texts", EVERY_LANGUAGE.values(), ids=EVERY_LANGUAGE)
def test_name_and_description_have_a_length_that_is_shown_whole(texts):
    for path, longest in LONGEST.items():
        assert 0 < len(texts[path].strip()) <= longest, path


@pytest.mark.parametrize("texts", EVERY_LANGUAGE.values(), ids=EVERY_LANGUAGE)
def test_long_description_is_more_than_the_short_one(texts):
    assert texts["description.full"] != texts["description.short"]
    assert len(texts["description.full"]) > 2 * len(texts["description.short"])


@pytest.mark.parametrize("texts", EVERY_LANGUAGE.values(), ids=EVERY_LANGUAGE)
def test_name_does_not_use_microsofts_names_or_the_word_app(texts):
    name = texts["name.short"].casefold()
    assert not re.search(r"microsoft|teams|office|\bapp\b|\bbot\b|test|demo", name)


@pytest.mark.parametrize("texts", EVERY_LANGUAGE.values(), ids=EVERY_LANGUAGE)
def test_texts_have_no_markup_and_no_link(texts):
    assert not any(re.search(r"https?://|<[a-z]|\*\*|\]\(", text) for text in texts.values())


@pytest.mark.parametrize("version", ManifestVersion)
def test_menu_has_at_most_ten_commands_and_help_is_one(version):
    for listed in MADE[version]["bots"][0]["commandLists"]:
        titles = [command["title"] for command in listed["commands"]]
        assert 1 <= len(titles) <= 10
        assert len({title.casefold() for title in titles}) == len(titles)
        assert "help" in titles


@pytest.mark.parametrize("texts", FILES.values(), ids=FILES)
def test_menu_has_no_command_twice_in_any_language(texts):
    for titles in titles_of(texts):
        assert len({title.casefold() for title in titles}) == len(titles) <= 10


def test_no_command_begins_with_a_slash_in_any_language():
    titles = [command["title"] for command in commands_of(NEWEST)]
    titles += [title for texts in FILES.values() for each in titles_of(texts) for title in each]
    assert len(titles) > 80
    assert not any(title.startswith("/") for title in titles)
    assert all(title == title.strip() for title in titles)


@pytest.mark.parametrize("version", ManifestVersion)
def test_each_command_says_what_it_does(version):
    for command in commands_of(MADE[version]):
        assert 0 < len(command["title"]) <= 32
        assert 0 < len(command["description"]) <= 128
        assert command["description"].casefold() != command["title"].casefold()


def test_each_scope_has_one_list_of_commands():
    (bot,) = NEWEST["bots"]
    scopes = [scope for listed in bot["commandLists"] for scope in listed["scopes"]]
    assert sorted(scopes) == sorted(bot["scopes"])
    assert len(bot["commandLists"]) <= 3


@pytest.mark.parametrize("version", ManifestVersion)
def test_only_the_hosts_of_the_bot_are_valid_domains(version):
    domains = MADE[version]["validDomains"]
    assert domains == [PUBLICATION.host]
    assert not any("*" in domain or "/" in domain or ":" in domain for domain in domains)


def test_every_link_for_people_is_https_on_a_valid_domain():
    links = [value for key, value in NEWEST["developer"].items() if key != "name"]
    assert len(links) == 3
    assert all(link.startswith(f"https://{PUBLICATION.host}/") for link in links)
    assert len(NEWEST["developer"]["name"]) <= 32


def test_app_in_teams_says_that_it_works_in_every_kind_of_channel():
    assert "team" in NEWEST["bots"][0]["scopes"]
    assert NEWEST["supportsChannelFeatures"] == "tier1"


def test_color_icon_is_opaque_and_large():
    width, height, pixels = decoded(DECLARED.color)
    assert (width, height) == (192, 192)
    assert all(pixel[3] == 255 for pixel in pixels)
    assert len(DECLARED.color) < 30_000


def test_outline_icon_is_white_on_transparent():
    width, height, pixels = decoded(DECLARED.outline)
    assert (width, height) == (32, 32)
    assert {pixel[:3] for pixel in pixels if pixel[3]} == {(255, 255, 255)}
    drawn = sum(1 for pixel in pixels if pixel[3])
    assert 0.05 < drawn / len(pixels) < 0.6


def test_accent_color_is_that_of_the_icon():
    _, _, pixels = decoded(DECLARED.color)
    most = max(set(pixels), key=pixels.count)
    assert NEWEST["accentColor"].casefold() == "#{:02x}{:02x}{:02x}".format(*most[:3])


def decoded(png):
    """Return width, height and pixels (red, green, blue, alpha) of a plain PNG."""
    width, height, depth, kind, _, _, interlaced = struct.unpack_from(">IIBBBBB", png, 16)
    assert (depth, interlaced) == (8, 0)
    size, position, packed = CHANNELS[kind], 8, b""
    while position < len(png):
        length, name = struct.unpack_from(">I4s", png, position)
        packed += png[position + 8 : position + 8 + length] if name == b"IDAT" else b""
        position += length + 12
    raw, above, rows = zlib.decompress(packed), bytes(width * size), []
    for row in range(height):
        begin = row * (width * size + 1)
        above = unfiltered(raw[begin], raw[begin + 1 : begin + 1 + width * size], above, size)
        rows += [tuple(above[at : at + size]) for at in range(0, width * size, size)]
    return width, height, [pixel if size == 4 else (*pixel[:3], 255) for pixel in rows]


def unfiltered(kind, line, above, size):
    """Undo the filter of one row: https://www.w3.org/TR/png-3/#9Filter-types."""
    found = bytearray(line)
    for at, value in enumerate(line):
        left, up = (found[at - size] if at >= size else 0), above[at]
        corner = above[at - size] if at >= size else 0
        found[at] = (value + (0, left, up, (left + up) // 2, paeth(left, up, corner))[kind]) % 256
    return bytes(found)


def paeth(left, up, corner):
    nearest = left + up - corner
    return min((left, up, corner), key=lambda each: abs(nearest - each))
