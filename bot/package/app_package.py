"""The app package for Teams, and the Entra registration that belongs to it. Pure.

An administrator uploads the package to Teams.
"""

import json
from collections.abc import Iterable
from typing import Any

from bot.commands.verb_spec import VerbSpec
from bot.package.command_list import command_list, menu_verbs, with_prompts
from bot.package.icon_check import COLOR_SIDE, OUTLINE_SIDE, check_icon
from bot.package.localization import DEFAULT, language_files
from bot.package.manifest_files import ManifestFiles
from bot.package.manifest_version import ManifestVersion, of_version
from bot.package.placeholders import fill
from bot.package.publication import Publication
from bot.package.zip_archive import archive
from cards.wording.locale_words import LocaleWords

# Where a person is alone with the bot: in Teams, and in Microsoft 365 Copilot.
ALONE = frozenset({"personal", "copilot"})


def app_package(
    declared: ManifestFiles,
    publication: Publication,
    verbs: Iterable[VerbSpec],
    words: LocaleWords,
    version: ManifestVersion = ManifestVersion.NEWEST,
) -> bytes:
    """Return a zip archive of the manifest, its languages and the icons.

    The same arguments give the same bytes. Raises PackageError if an icon is not one that Teams accepts, or if a text
    is missing in a language.
    """
    check_icon("color.png", declared.color, COLOR_SIDE)
    check_icon("outline.png", declared.outline, OUTLINE_SIDE)
    listed = menu_verbs(verbs)
    made = manifest(declared, publication, listed, words, version)
    texts = language_files(made, [verb.name for verb in listed], declared.languages)
    return archive(
        {
            "manifest.json": as_text(made),
            **{name: as_text(content) for name, content in texts.items()},
            "color.png": declared.color,
            "outline.png": declared.outline,
        }
    )


def manifest(
    declared: ManifestFiles,
    publication: Publication,
    verbs: Iterable[VerbSpec],
    words: LocaleWords,
    version: ManifestVersion = ManifestVersion.NEWEST,
) -> dict[str, Any]:
    """Return the app manifest, as `version` of its schema has it.

    Every scope of the bot gets the same commands, because the same sentences work in all of them. In a shared
    conversation they are also slash commands, which Teams sends and shows to one person; it has none in a 1:1 chat.
    """
    listed = menu_verbs(verbs)
    filled: dict[str, Any] = fill(declared.manifest, {**publication.values, "schema": version.value})
    commands = command_list(listed, words)
    prompted = with_prompts(commands, listed, declared.languages.get(DEFAULT, {}))
    bots = [{**bot, "commandLists": _lists(bot["scopes"], commands, prompted)} for bot in filled["bots"]]
    return of_version({**filled, "bots": bots}, version)


def _lists(
    scopes: Iterable[str], commands: list[dict[str, str]], prompted: list[dict[str, str]]
) -> list[dict[str, Any]]:
    listed = list(scopes)
    alone = [scope for scope in listed if scope in ALONE]
    shared = [scope for scope in listed if scope not in ALONE]
    return [
        {"scopes": alone, "commands": prompted},
        {"triggers": ["mention", "slash"], "scopes": shared, "commands": commands},
    ]


def registration(declared: ManifestFiles, publication: Publication) -> dict[str, Any]:
    """Return the Entra application in the form that Microsoft Graph accepts.

    The request is `PATCH /applications(appId='…')`: https://learn.microsoft.com/en-us/graph/api/application-update
    """
    filled: dict[str, Any] = fill(declared.registration, publication.values)
    return filled


def as_text(value: dict[str, Any]) -> bytes:
    """Return `value` as indented JSON in UTF-8."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
