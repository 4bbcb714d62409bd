"""The error code in the body of a refusal, whatever the body is."""

import json

import pytest

from bot.teams.connector.connector_error import error_code

INNER = json.dumps({"subCode": "MessageWritesBlocked", "details": "Thread is blocked.", "errorCode": None})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            {"error": {"code": "BotNotInConversationRoster", "message": "The bot is not part of it."}},
            "BotNotInConversationRoster",
        ),
        ({"errorCode": 209, "message": INNER}, "MessageWritesBlocked"),
        ({"errorCode": 209, "message": {"subCode": "MessageWritesBlocked"}}, "MessageWritesBlocked"),
        ({"error": {"code": "Forbidden", "message": INNER}}, "MessageWritesBlocked"),
        ({"errorCode": 209, "message": "no more"}, "209"),
        ({"errorCode": 209, "message": "{ broken"}, "209"),
        ({"message": "Not found"}, ""),
        ({"error": "invalid"}, ""),
        ({"error": {"code": "x" * 81}}, ""),
        ({"error": {"code": "two\nlines"}}, ""),
        ({"error": {"code": True}}, ""),
        ({"error": {"code": 10**30}}, ""),
        ([], ""),
        (None, ""),
        ("text", ""),
    ],
)
def test_innermost_code_is_returned(body: object, code: str) -> None:
    assert error_code(json.dumps(body).encode()) == code


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"{", b"[" * 8_000, b'{"error":' * 1_000, b"<html>", b'{"message":"\\ud800"}']
)
def test_code_is_empty_when_the_body_is_no_json(body: bytes) -> None:
    assert error_code(body) == ""


def test_search_stops_when_codes_are_nested_too_deeply() -> None:
    body: object = {"code": "deepest"}
    for _ in range(50):
        body = {"code": "outer", "message": body}
    assert error_code(json.dumps(body).encode()) == "outer"
