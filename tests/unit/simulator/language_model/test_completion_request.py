"""What the simulated model refuses, as the API in whose place it is does."""

import json
from typing import Any

import pytest

from bot.simulator.language_model.completion_request import flaw_in

HEADERS = {"Authorization": "Bearer key", "Content-Type": "application/json; charset=utf-8"}
ASKED: dict[str, Any] = {
    "model": "small",
    "messages": [{"role": "system", "content": "Answer in JSON."}, {"role": "user", "content": "hi"}],
    "response_format": {"type": "json_object"},
    "temperature": 0,
    "max_tokens": 10,
}


def status_of(body: bytes, headers: dict[str, str] | None = None) -> int:
    flaw = flaw_in(HEADERS if headers is None else headers, body, "small", "key")
    return 200 if flaw is None else flaw.status


def test_request_in_order_is_accepted() -> None:
    assert status_of(json.dumps(ASKED).encode()) == 200


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer other"}, {"Authorization": "key"}])
def test_another_key_is_refused(headers: dict[str, str]) -> None:
    assert status_of(json.dumps(ASKED).encode(), headers) == 401


def test_another_type_of_body_is_refused() -> None:
    assert status_of(json.dumps(ASKED).encode(), HEADERS | {"Content-Type": "text/plain"}) == 400


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"3"])
def test_body_that_is_no_object_is_refused(body: bytes) -> None:
    assert status_of(body) == 400


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"model": "large"}, 404),
        ({"max_token": 3}, 400),
        ({"temperature": 3}, 400),
        ({"max_tokens": 0}, 400),
        ({"messages": []}, 400),
        ({"messages": [{"role": "robot", "content": "JSON"}]}, 400),
        ({"messages": [{"role": "user", "content": None}]}, 400),
        ({"messages": [{"role": "user", "content": "hi"}]}, 400),
        ({"response_format": {"type": "xml"}}, 400),
    ],
)
def test_flaw_is_refused(changed: dict[str, Any], status: int) -> None:
    assert status_of(json.dumps(ASKED | changed).encode()) == status
