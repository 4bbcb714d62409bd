"""The versions of the manifest's schema, and what older ones lack. Pure.

Teams refuses a manifest of a version that a tenant does not know, and a property that the version does not have.
https://learn.microsoft.com/en-us/microsoftteams/platform/resources/schema/manifest-schema
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class ManifestVersion(StrEnum):
    """The versions that a package is made for."""

    NEWEST = "1.29"
    OLDEST = "1.12"

    @property
    def number(self) -> tuple[int, int]:
        """Return the version as numbers, which compare as versions do."""
        major, minor = self.value.split(".")
        return int(major), int(minor)


# The path of a property, lists left out, and the version that brought it. Anything else is in 1.12 already.
SINCE: Mapping[tuple[str, ...], tuple[int, int]] = {
    ("copilotAgents",): (1, 19),
    ("copilotAgents", "customEngineAgents"): (1, 20),
    ("supportsChannelFeatures",): (1, 25),
    ("bots", "commandLists", "commands", "type"): (1, 27),
    ("bots", "commandLists", "commands", "prompt"): (1, 27),
    ("bots", "commandLists", "triggers"): (1, 29),
    ("bots", "supportsTargetedMessages"): (1, 29),
    ("composeExtensions", "commands", "triggers"): (1, 29),
}


# The same of texts in lists.
VALUES_SINCE: Mapping[tuple[str, ...], tuple[int, int]] = {
    ("bots", "scopes", "copilot"): (1, 21),
    ("bots", "commandLists", "scopes", "copilot"): (1, 21),
}


def of_version(manifest: Mapping[str, Any], version: ManifestVersion) -> dict[str, Any]:
    """Return `manifest` without properties and scopes newer than `version`."""
    found: dict[str, Any] = _without_newer(manifest, version.number, ())
    return found


def _without_newer(value: Any, known: tuple[int, int], path: tuple[str, ...]) -> Any:
    match value:
        case list():
            kept = [item for item in value if not isinstance(item, str) or _is_known((*path, item), known)]
            return [_without_newer(item, known, path) for item in kept]
        case dict():
            fields = {key: inner for key, inner in value.items() if SINCE.get((*path, key), known) <= known}
            return {key: _without_newer(inner, known, (*path, key)) for key, inner in fields.items()}
        case _:
            return value


def _is_known(path: tuple[str, ...], known: tuple[int, int]) -> bool:
    return VALUES_SINCE.get(path, known) <= known
