"""The files that the project declares to Microsoft, read from manifest/.

This module reads and parses files; their meaning is left to its callers.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import PackageError

# pyproject.toml copies manifest/ into this package in a wheel; in the source tree it is at the top only.
_IN_WHEEL = Path(__file__).parent / "files"
_IN_SOURCE_TREE = Path(__file__).parents[2] / "manifest"
FOLDER = _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_SOURCE_TREE


@dataclass(frozen=True, slots=True)
class ManifestFiles:
    """The files of manifest/: JSON objects and two PNG images.

    The texts of `manifest` and `registration` hold blanks such as {app_id}. `languages` are the texts of the app by
    language.
    """

    manifest: dict[str, Any]
    registration: dict[str, Any]
    languages: dict[str, dict[str, str]]
    color: bytes
    outline: bytes


def read(folder: Path = FOLDER) -> ManifestFiles:
    """Return the declared files under `folder`.

    Raises PackageError that names the file if one is missing or damaged.
    """
    return ManifestFiles(
        manifest=_object(folder / "teams" / "manifest.json"),
        registration=_object(folder / "entra" / "application.json"),
        languages={path.stem: _object(path) for path in sorted((folder / "teams" / "languages").glob("*.json"))},
        color=_bytes(folder / "teams" / "color.png"),
        outline=_bytes(folder / "teams" / "outline.png"),
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise PackageError(
            f"{path.name} is missing in {str(path.parent)!r}. Install license-usage-bot again."
        ) from None
    except OSError as error:
        raise PackageError(f"{str(path)!r} cannot be read: {error.strerror}.") from None


def _object(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(_bytes(path))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise PackageError(f"{str(path)!r} is not a JSON object. Install license-usage-bot again.")
    return value
