"""What a program may read: a schema, and sentences to try. Pure.

https://modelcontextprotocol.io/specification/2025-11-25/server/resources
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

from bot.commands.command import Help
from bot.commands.command_document import schema
from bot.handlers.help_handler import help_view
from bot.mcp.json_rpc import INVALID_PARAMS, JsonObject, McpError
from cards.wording.locale_words import LocaleWords


@dataclass(frozen=True, slots=True)
class Resource:
    """A text that a program may read."""

    uri: str
    name: str
    title: str
    description: str
    kind: str
    text: Callable[[], str]


def _schema() -> str:
    return msgspec.json.encode(schema()).decode()


def _help() -> str:
    """Return every sentence of the help in English, with what it answers."""
    words = LocaleWords.load("en")
    return "\n".join(f"- `{each.text}`: {words.say(each.words)}" for each in help_view(Help()).examples) + "\n"


RESOURCES: tuple[Resource, ...] = (
    Resource(
        "usagebot://command-schema",
        "command-schema",
        "Schema of command documents",
        "The JSON Schema of everything that can be said to the bot, version 1. `run_command` takes what only asks.",
        "application/schema+json",
        _schema,
    ),
    Resource(
        "usagebot://help",
        "help",
        "Sentences to try",
        "Sentences that the bot understands, in English; it understands Dutch, French, Hungarian and German too.",
        "text/markdown",
        _help,
    ),
)
_BY_URI: Mapping[str, Resource] = {each.uri: each for each in RESOURCES}


def listed() -> list[JsonObject]:
    """Return the resources as `resources/list` has them."""
    return [
        {
            "uri": each.uri,
            "name": each.name,
            "title": each.title,
            "description": each.description,
            "mimeType": each.kind,
        }
        for each in RESOURCES
    ]


def read(uri: object) -> list[JsonObject]:
    """Return the contents as `resources/read` has them.

    Raises McpError if there are none.
    """
    found = _BY_URI.get(uri) if isinstance(uri, str) else None
    if found is None:
        raise McpError(INVALID_PARAMS, "Unknown resource.")
    return [{"uri": found.uri, "mimeType": found.kind, "text": found.text()}]
