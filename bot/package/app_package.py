"""The app package for Teams, and the Entra registration that belongs to it. Pure.

An administrator uploads the package to Teams.
"""

import json
from collections.abc import Iterable
from typing import Any

from bot.commands.verbs import VerbSpec
from bot.package.command_list import command_list
from bot.package.icon_check import COLOR_SIDE, OUTLINE_SIDE, check_icon
from bot.package.manifest_files import ManifestFiles
from bot.package.placeholders import fill
from bot.package.publication import Publication
from bot.package.zip_archive import archive
from cards.wording.locale_words import LocaleWords


def app_package(
    declared: ManifestFiles, publication: Publication, verbs: Iterable[VerbSpec], words: LocaleWords
) -> bytes:
    """Return a zip archive of manifest.json, color.png and outline.png.

    The same arguments give the same bytes. Raises PackageError if an icon is not one that Teams accepts.
    """
    check_icon("color.png", declared.color, COLOR_SIDE)
    check_icon("outline.png", declared.outline, OUTLINE_SIDE)
    return archive(
        {
            "manifest.json": as_text(manifest(declared, publication, verbs, words)),
            "color.png": declared.color,
            "outline.png": declared.outline,
        }
    )


def manifest(
    declared: ManifestFiles, publication: Publication, verbs: Iterable[VerbSpec], words: LocaleWords
) -> dict[str, Any]:
    """Return the app manifest.

    Every scope of the bot gets the same commands, because the same sentences work in all of them.
    """
    filled: dict[str, Any] = fill(declared.manifest, publication.values)
    commands = command_list(verbs, words)
    bots = [{**bot, "commandLists": [{"scopes": bot["scopes"], "commands": commands}]} for bot in filled["bots"]]
    return {**filled, "bots": bots}


def registration(declared: ManifestFiles, publication: Publication) -> dict[str, Any]:
    """Return the Entra application in the form that Microsoft Graph accepts.

    The request is `PATCH /applications(appId='…')`: https://learn.microsoft.com/en-us/graph/api/application-update
    """
    filled: dict[str, Any] = fill(declared.registration, publication.values)
    return filled


def as_text(value: dict[str, Any]) -> bytes:
    """Return `value` as indented JSON in UTF-8."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
