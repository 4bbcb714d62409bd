"""Tests of reading one message."""

import json

import pytest

from bot.mcp.json_rpc import (
    INVALID_REQUEST,
    PARSE_ERROR,
    Malformed,
    Notification,
    Reply,
    Request,
    error_message,
    read_message,
    written,
)


def read(**message):
    return read_message(json.dumps({"jsonrpc": "2.0", **message}).encode())


def test_a_request_has_its_id_as_it_was_sent():
    assert read(id=1, method="ping") == Request(1, "ping", {})
    assert read(id="1", method="tools/list", params={"cursor": "x"}) == Request("1", "tools/list", {"cursor": "x"})


def test_a_message_without_an_id_is_a_notification():
    assert read(method="notifications/initialized") == Notification("notifications/initialized", {})


@pytest.mark.parametrize("answer", [{"result": {}}, {"error": {"code": 1, "message": "no"}}])
def test_an_answer_of_the_client_is_told_from_a_request(answer):
    assert read(id=1, **answer) == Reply()


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"nonsense", b"\xff\xfe", b'{"a":' * 50_000, b"[" * 200_000, b'"\\ud800"', b"NaN", b'{"jsonrpc":"2.0"'],
)
def test_what_is_no_json_is_a_parse_error(data):
    found = read_message(data)
    assert isinstance(found, Malformed)
    assert found.code == PARSE_ERROR


@pytest.mark.parametrize(
    "message",
    [
        [],
        [{"jsonrpc": "2.0", "id": 1, "method": "ping"}],
        1,
        None,
        "ping",
        {"id": 1, "method": "ping"},
        {"jsonrpc": "1.0", "id": 1, "method": "ping"},
        {"jsonrpc": "2.0", "id": 1},
        {"jsonrpc": "2.0", "id": 1, "method": 2},
        {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": []},
        {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": None},
        {"jsonrpc": "2.0", "id": None, "method": "ping"},
        {"jsonrpc": "2.0", "id": True, "method": "ping"},
        {"jsonrpc": "2.0", "id": 1.5, "method": "ping"},
        {"jsonrpc": "2.0", "id": "x" * 201, "method": "ping"},
        {"jsonrpc": "2.0", "id": {}, "method": "ping"},
    ],
)
def test_json_that_is_no_message_and_batches_are_refused(message):
    found = read_message(json.dumps(message).encode())
    assert isinstance(found, Malformed)
    assert found.code == INVALID_REQUEST


def test_a_refusal_has_the_id_of_the_request_if_it_can_be_repeated():
    assert read_message(b'{"jsonrpc": "1.0", "id": 7, "method": "ping"}') == Malformed(
        INVALID_REQUEST, 'A message has "jsonrpc": "2.0".', 7
    )


def test_a_message_is_one_line_whatever_is_in_it():
    line = written(error_message(None, -1, "a\nb\r\u2028c", {"found": "\n"}))
    assert b"\n" not in line
    assert b"\r" not in line
    assert json.loads(line)["id"] is None
