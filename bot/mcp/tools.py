"""The tools that a program is offered, and what each takes. Pure.

https://modelcontextprotocol.io/specification/2025-11-25/server/tools
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

import msgspec

from bot.domain.licensing import Dimension
from bot.mcp.json_rpc import JsonObject
from bot.mcp.read_only import askable_schema
from cards.wording.locale_words import available

MOST_ROWS = 1_000
MOST_NAMES = 100
LONGEST_SENTENCE = 2_000  # characters, as in a chat

Sentence = Annotated[
    str, msgspec.Meta(max_length=LONGEST_SENTENCE, description="what a person would type to the bot in Teams")
]
Language = Annotated[
    str, msgspec.Meta(max_length=35, description="language and number format of the text, such as en or nl-NL")
]
Rows = Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS, description="how many rows or names the answer has at most")]


class AskArguments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence."""

    sentence: Sentence
    language: Language | None = None
    rows: Rows = 100


class CommandArguments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A command document."""

    command: dict[str, Any]
    language: Language | None = None
    rows: Rows = 100


class ExplainArguments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that is not answered."""

    sentence: Sentence
    language: Language | None = None


class NameArguments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Part of a name."""

    kind: Dimension
    text: Annotated[str, msgspec.Meta(max_length=200, description="part of the name; empty for the first ones")] = ""
    most: Annotated[int, msgspec.Meta(ge=1, le=MOST_NAMES, description="how many names at most")] = 20


Arguments = AskArguments | CommandArguments | ExplainArguments | NameArguments


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: its name, what it is for, and what it takes."""

    name: str
    title: str
    description: str
    arguments: type[Any]


TOOLS: tuple[Tool, ...] = (
    Tool(
        "ask",
        "Ask about license usage",
        "Answer one question about how many of the licenses that customers bought are in use, from Partner Center, "
        "with the rights of the person who is signed in. A question stands for itself: nothing is remembered of the "
        'one before. Examples: "usage for TEST COMPANY on Exchange", "top 20 by unused licenses on Teams", '
        '"which customers dropped on Exchange since last month", "customers fabr", "help". What changes something is '
        "refused. If a name means several things, the answer lists them with a question for each.",
        AskArguments,
    ),
    Tool(
        "run_command",
        "Run a command document",
        "Answer the same questions from a JSON document, which leaves nothing to be understood. `explain` returns the "
        "document of a sentence. Dates are ISO dates, a share is a fraction.",
        CommandArguments,
    ),
    Tool(
        "explain",
        "Explain a sentence",
        "Return what a sentence means: the command document, the sentence as it would be printed, and the request to "
        "Partner Center that would answer it. No usage is asked for.",
        ExplainArguments,
    ),
    Tool(
        "find_names",
        "Find names",
        "Return customers, products, services, workloads or channels that the person can see and whose name has a "
        "text, best first, with their ids.",
        NameArguments,
    ),
)
BY_NAME = {each.name: each for each in TOOLS}

# Each only reads; what it reads holds names that customers chose.
_HINTS = {"readOnlyHint": True, "destructiveHint": False, "idempotentHint": True, "openWorldHint": True}
_OUTPUT: JsonObject = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "description": "what the other keys are"},
        "message": {"type": "string", "description": "the answer as a sentence for a person"},
    },
    "required": ["kind"],
}


@cache
def listed() -> tuple[JsonObject, ...]:
    """Return the tools as `tools/list` has them."""
    return tuple(
        {
            "name": each.name,
            "title": each.title,
            "description": each.description,
            "inputSchema": _input(each),
            "outputSchema": _OUTPUT,
            "annotations": {"title": each.title, **_HINTS},
        }
        for each in TOOLS
    )


def _input(tool: Tool) -> JsonObject:
    (_,), parts = msgspec.json.schema_components([tool.arguments], ref_template="#/$defs/{name}")
    made: JsonObject = {key: value for key, value in parts.pop(tool.arguments.__name__).items() if key != "title"}
    made.pop("description", None)
    if parts:
        made["$defs"] = {name: _bare(each) for name, each in parts.items()}
    if tool.arguments is CommandArguments:
        command = askable_schema()
        made["$defs"] = made.get("$defs", {}) | command.pop("$defs")
        made["properties"]["command"] = {"type": "object", "description": "version 1 of a command document", **command}
    if "language" in made["properties"]:
        made["properties"]["language"]["examples"] = list(available())
    return made


def _bare(definition: JsonObject) -> JsonObject:
    """Return a definition without its docstring, which is written for programmers."""
    return {key: value for key, value in definition.items() if key != "description"}
