"""Tests of what the headers of a program's request must say."""

import base64

import pytest

from bot.mcp.http_rules import accepts_json, check_version, is_own_host, is_own_origin, status_of
from bot.mcp.json_rpc import HEADER_MISMATCH, METHOD_NOT_FOUND, McpError, Request, error_message, result_message
from bot.mcp.protocol_version import CAPABILITIES_KEY, INITIALIZED, STATELESS, VERSION_KEY

BOT = "https://bot.contoso.com"
META = {VERSION_KEY: STATELESS[0], CAPABILITIES_KEY: {}}
HEADERS = {"MCP-Protocol-Version": STATELESS[0], "Mcp-Method": "resources/read", "Mcp-Name": "usagebot://help"}
READ = Request(1, "resources/read", {"uri": "usagebot://help", "_meta": META})


@pytest.mark.parametrize(
    "host", ["bot.contoso.com", "BOT.contoso.com:443", "127.0.0.1:3978", "localhost:3978", "[::1]:3978"]
)
def test_the_public_name_and_this_machine_are_own_hosts(host):
    assert is_own_host(host, BOT)


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "bot.contoso.com.evil.example", "10.0.0.7", "a.localhost", "bot.contoso.com@evil.example",
     "[::1", "böt.contoso.com", "127.0.0.1.evil.example"],
)  # fmt: skip
def test_any_other_host_is_not(host):
    assert not is_own_host(host, BOT)


def test_only_the_own_origin_or_none_is_taken():
    assert is_own_origin(None, BOT)
    assert is_own_origin(BOT, f"{BOT}/bot")
    for other in ("null", "", "http://bot.contoso.com", "https://bot.contoso.com:444", "https://evil.example"):
        assert not is_own_origin(other, BOT)


@pytest.mark.parametrize(
    "accept", ["", "*/*", "application/json", "text/html, application/*;q=0.1", "Application/JSON"]
)
def test_json_is_accepted(accept):
    assert accepts_json(accept)


@pytest.mark.parametrize("accept", ["text/event-stream", "text/html", "application/jsonp", ";"])
def test_json_is_not_accepted(accept):
    assert not accepts_json(accept)


def test_headers_that_repeat_the_body_are_right():
    check_version(HEADERS, READ)
    coded = base64.b64encode(b"usagebot://help").decode()
    check_version(HEADERS | {"Mcp-Name": f"=?base64?{coded}?="}, READ)


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("value", [None, "other", "=?base64?%%?=", "=?base64?/w==?="])
def test_a_header_that_says_something_else_is_refused(header, value):
    headers = {name: said for name, said in (HEADERS | {header: value}).items() if said is not None}
    with pytest.raises(McpError) as refused:
        check_version(headers, READ)
    assert refused.value.code == HEADER_MISMATCH


@pytest.mark.parametrize("version", [None, *INITIALIZED])
def test_an_older_request_may_name_its_revision_in_the_header(version):
    headers = {} if version is None else {"MCP-Protocol-Version": version}
    check_version(headers, Request(1, "tools/list", {}))


@pytest.mark.parametrize("version", ["2024-11-05", "x", STATELESS[0]])
def test_the_beginning_of_an_older_client_needs_no_header(version):
    check_version({"MCP-Protocol-Version": version}, Request(1, "initialize", {}))
    with pytest.raises(McpError):
        check_version({"MCP-Protocol-Version": version}, Request(1, "tools/list", {}))


def test_the_status_of_an_error_depends_on_the_revision():
    error = error_message(1, METHOD_NOT_FOUND, "no")
    assert status_of(Request(1, "x", {}), error) == 200
    assert status_of(Request(1, "x", {"_meta": META}), error) == 404
    assert status_of(Request(1, "x", {"_meta": META}), error_message(1, HEADER_MISMATCH, "no")) == 400
    assert status_of(Request(1, "x", {"_meta": META}), error_message(1, -32603, "no")) == 200
    assert status_of(Request(1, "x", {"_meta": META}), result_message(1, {})) == 200
