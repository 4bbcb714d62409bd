"""The files with the texts of the app in other languages. Pure.

Their keys are paths in the manifest, so they follow from the manifest itself and from names that do not change when a
command moves: that of the verb, and the id of the command.
https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/apps-localization
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.errors import PackageError

# The language of the manifest itself. Its file has only what neither the verbs nor the manifest say.
DEFAULT = "en"
HEAD = ("name.short", "name.full", "description.short", "description.full")

Texts = Mapping[str, str]


def language_files(manifest: Mapping[str, Any], verbs: Sequence[str], languages: Mapping[str, Texts]) -> dict[str, Any]:
    """Return the contents of the files that `manifest` names, by file name.

    `verbs` are the names of the verbs in each list of commands. Raises PackageError that names a text that is missing.
    """
    wanted = text_keys(manifest, verbs)
    found = {}
    for each in manifest["localizationInfo"].get("additionalLanguages", ()):
        texts = languages.get(each["languageTag"], {})
        if missing := sorted(set(wanted.values()) - set(texts)):
            raise PackageError(f"{each['file']} lacks {missing[0]!r}.")
        found[each["file"]] = {path: texts[key] for path, key in wanted.items()}
    return found


def text_keys(manifest: Mapping[str, Any], verbs: Sequence[str]) -> dict[str, str]:
    """Return the key of its translation for the path of each text in the manifest."""
    return dict(_paths(manifest, verbs))


def _paths(manifest: Mapping[str, Any], verbs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the path of each text in the manifest, and the key of its translation."""
    yield from ((path, path) for path in HEAD)
    yield from _menus(manifest, verbs)
    yield from _extensions(manifest)


def _menus(manifest: Mapping[str, Any], verbs: Sequence[str]) -> Iterator[tuple[str, str]]:
    for bot, declared in enumerate(manifest["bots"]):
        for number, listed in enumerate(declared["commandLists"]):
            for index, (command, verb) in enumerate(zip(listed["commands"], verbs, strict=True)):
                for part in ("title", "description", "prompt"):
                    if part in command:
                        yield f"bots[{bot}].commandLists[{number}].commands[{index}].{part}", f"{verb}.{part}"


def _extensions(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for number, extension in enumerate(manifest.get("composeExtensions", ())):
        for index, command in enumerate(extension["commands"]):
            place = f"composeExtensions[{number}].commands[{index}]"
            for part in ("title", "description"):
                yield f"{place}.{part}", f"{command['id']}.{part}"
            for position, parameter in enumerate(command.get("parameters", ())):
                for part in ("title", "description"):
                    key = f"{command['id']}.{parameter['name']}.{part}"
                    yield f"{place}.parameters[{position}].{part}", key
