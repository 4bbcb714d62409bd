"""Tests of the tools as they are listed."""

import json
from pathlib import Path

import jsonschema
import pytest

from bot.commands import command_document
from bot.mcp.resources import RESOURCES, read
from bot.mcp.tools import BY_NAME, TOOLS, listed

PUBLISHED = Path(command_document.__file__).with_name("command_document.v1.schema.json")
LISTED = {each["name"]: each for each in listed()}


def fits(tool, **arguments):
    return jsonschema.Draft202012Validator(LISTED[tool]["inputSchema"]).is_valid(arguments)


def test_every_tool_only_reads():
    assert {name: each["annotations"]["readOnlyHint"] for name, each in LISTED.items()} == dict.fromkeys(BY_NAME, True)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_schemas_are_valid_and_take_no_other_argument(tool):
    for key in ("inputSchema", "outputSchema"):
        made = LISTED[tool.name][key]
        assert made["type"] == "object"
        jsonschema.Draft202012Validator.check_schema(made)
    assert LISTED[tool.name]["inputSchema"]["additionalProperties"] is False


def test_examples_fit_the_schemas():
    assert fits("ask", sentence="usage on Exchange")
    assert fits("ask", sentence="usage on Exchange", language="nl-NL", rows=5)
    assert fits("run_command", command={"v": 1, "verb": "usage", "on": [{"name": "Exchange"}]})
    assert fits("explain", sentence="top 5 by customer")
    assert fits("find_names", kind="customer", text="cont")


def test_what_does_not_fit_is_seen_by_the_client():
    assert not fits("ask")
    assert not fits("ask", sentence="x" * 2001)
    assert not fits("ask", sentence="usage", rows=0)
    assert not fits("run_command", command={"v": 1, "verb": "forget_me"})
    assert not fits("run_command", command={"v": 2, "verb": "usage"})
    assert not fits("find_names", kind="person")


def test_the_list_is_small_enough_to_be_read_with_each_conversation():
    assert len(json.dumps(listed())) < 12_000


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_every_resource_can_be_read(resource):
    [found] = read(resource.uri)
    assert found["mimeType"] == resource.kind
    assert len(found["text"]) > 500


def test_the_schema_among_the_resources_is_the_published_one():
    text = read("usagebot://command-schema")[0]["text"]
    assert json.loads(text) == json.loads(PUBLISHED.read_text("utf-8"))
