"""Check the published schema of command documents.

It is what msgspec makes, and it accepts the documents that the decoder accepts.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.commands.command_document import CURRENT, schema

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "unit" / "commands" / "golden"
VERSIONS = range(1, CURRENT + 1)


def published(version: int) -> dict[str, Any]:
    """The schema that is installed with the program."""
    found: dict[str, Any] = json.loads(
        (files("bot.commands") / f"command_document.v{version}.schema.json").read_text("utf-8")
    )
    return found


def test_published_schema_is_the_one_that_msgspec_makes() -> None:
    # CONTRIBUTING has the command that writes the file, and says when a change takes a new version.
    assert published(CURRENT) == schema()


@pytest.mark.parametrize("version", VERSIONS)
def test_published_schema_is_a_schema(version: int) -> None:
    Draft202012Validator.check_schema(published(version))


@pytest.mark.parametrize("version", VERSIONS)
def test_golden_documents_are_valid_by_the_schema_of_their_version(version: int) -> None:
    validator = Draft202012Validator(published(version))
    paths = list((GOLDEN / f"v{version}").glob("*.json"))
    assert paths
    assert [
        path.name for path in paths if not validator.is_valid(json.loads(path.read_text("utf-8"))["document"])
    ] == []


@pytest.mark.parametrize(
    "document",
    [{}, {"v": 2, "verb": "usage"}, {"v": 1, "verb": "drop"}, {"v": 1, "verb": "usage", "x": 1},
     {"v": 1, "verb": "usage", "for": [{"name": ""}]}, {"v": 1, "verb": "usage", "share": {"below": -1}}],
)  # fmt: skip
def test_schema_refuses_what_the_decoder_refuses(document: object) -> None:
    assert not Draft202012Validator(published(CURRENT)).is_valid(document)
