"""The package that an administrator uploads to Teams, and the Entra registration that goes with it. Pure."""

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
    """A zip archive of manifest.json, color.png and outline.png; the same bytes for the same arguments.

    Raises PackageError if an icon is not what Teams takes.
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
    """The app manifest. Every scope of the bot gets the same commands: the same sentences work everywhere."""
    filled: dict[str, Any] = fill(declared.manifest, publication.values)
    commands = command_list(verbs, words)
    bots = [{**bot, "commandLists": [{"scopes": bot["scopes"], "commands": commands}]} for bot in filled["bots"]]
    return {**filled, "bots": bots}


def registration(declared: ManifestFiles, publication: Publication) -> dict[str, Any]:
    """The Entra application as Microsoft Graph takes it in `PATCH /applications(appId='…')`.

    https://learn.microsoft.com/en-us/graph/api/application-update
    """
    filled: dict[str, Any] = fill(declared.registration, publication.values)
    return filled


def as_text(value: dict[str, Any]) -> bytes:
    """JSON for people and programs."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
