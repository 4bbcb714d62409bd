"""Test that every command in a code block of the documents can be run.

The command exists and accepts the arguments that are shown. Commands without side effects are run. The rest is
resolved: options are parsed; tasks, tools and files are looked up.
"""

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from bot.cli.main import COMMANDS, Parser, run

ROOT = Path(__file__).parents[3]
TOOLS = Path(sys.executable).parent
DOCUMENTS = [
    path
    for pattern in ("*.md", ".github/**/*.md", "manifest/*.md", "tests/*.md")
    for path in sorted(ROOT.glob(pattern))
]
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
# Blocks in these languages hold no commands.
SHOWN = frozenset({"text", "json"})
# Programs of the reader's machine, which are not checked.
OUTSIDE = frozenset({"az", "jq", "openssl", "pg_dump", "pg_restore", "python3", "sqlite3", "uvx", "."})


def commands_in(text: str) -> Iterator[list[str]]:
    """Yield the simple commands of all `sh` blocks, as words."""
    for _, language, block in BLOCK.findall(text):
        if language != "sh":
            continue
        for line in block.replace("\\\n", " ").splitlines():
            inner = re.search(r"^\w+=\$\((.+)\)$", line.strip())
            words = shlex.split(inner[1] if inner else line, comments=True)
            yield from _divided(words)


def _divided(words: list[str]) -> Iterator[list[str]]:
    command: list[str] = []
    for word in [*words, "&&"]:
        if word in {"&&", "|", ";"}:
            command = command[next((i for i, each in enumerate(command) if "=" not in each), len(command)) :]
            if command:
                yield command
            command = []
        else:
            command.append(word)


COMMANDS_SHOWN = sorted(
    {tuple(command) for path in DOCUMENTS for command in commands_in(path.read_text("utf-8"))},
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_block_of_a_document_names_its_language(document):
    text = document.read_text("utf-8")
    assert {language for _, language, _ in BLOCK.findall(text)} <= SHOWN | {"sh"}
    # Markdown reads an indented block as code too, and this check would not see it.
    assert re.search(r"\n\n(?: {4}|\t)\S", BLOCK.sub("", text)) is None


def test_the_documents_show_commands():
    assert len(COMMANDS_SHOWN) > 30


@pytest.mark.parametrize("command", COMMANDS_SHOWN, ids=" ".join)
def test_every_command_in_the_documents_can_be_run(command):
    _resolve(list(command))


@pytest.mark.parametrize(
    "command",
    [
        "usagebot fly",
        "usagebot digests fly 3",
        "usagebot doctor --fly",
        "usagebot package --host bot.contoso.com",
        "uv run fly",
        "uv run pytest --fly",
        "uv run pytest tests/fly",
        "uv run poe fly",
        "uv fly",
        ".ci/fly",
        "fly",
    ],
)
def test_checker_objects_when_a_command_cannot_be_run(command):
    with pytest.raises((AssertionError, SystemExit, OSError)):
        _resolve(shlex.split(command))


def _resolve(words: list[str]) -> None:
    program, *arguments = words
    if words == ["pip", "install", "uv"] or program in OUTSIDE:
        return
    if program.startswith(".ci/"):
        assert (ROOT / program).stat().st_mode & 0o111
    elif program == "uv":
        assert arguments[0] in {"run", "sync"}
        if arguments[0] == "run":
            _resolve_tool(arguments[1], arguments[2:])
    else:
        assert program == "usagebot"
        _resolve_usagebot(arguments)


def _resolve_tool(tool: str, arguments: list[str]) -> None:
    if tool == "usagebot":
        _resolve_usagebot(arguments)
    elif tool == "poe":
        assert arguments[0] in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["poe"]["tasks"]
    else:
        assert (TOOLS / tool).is_file()
        assert [each for each in arguments if "/" in each and not (ROOT / each).exists()] == []
        options = {each.partition("=")[0] for each in arguments if each.startswith("-")}
        assert [each for each in options if not re.search(rf"(?<![\w-]){each}(?![\w-])", _help_of(tool))] == []


@cache
def _help_of(tool: str) -> str:
    """Return the tool's help.

    For ruff also that of its subcommand, which has options of its own.
    """
    helps = [["--help"], ["format", "--help"]] if tool == "ruff" else [["--help"]]
    ran = [
        subprocess.run([TOOLS / tool, *each], capture_output=True, text=True, check=True, cwd=ROOT) for each in helps
    ]
    return "".join(each.stdout for each in ran)


def _resolve_usagebot(arguments: list[str]) -> None:
    """Assert that the command exists and its parser accepts the arguments.

    Run `explain`.
    """
    name, *rest = arguments
    if name == "--version":
        return
    assert name in dict(COMMANDS)
    command = import_module(f"bot.cli.commands.{name}")
    parser = Parser(prog=f"usagebot {name}")
    command.add_arguments(parser)
    parser.parse_args(rest)
    if name == "explain":
        assert run(arguments) == 0
