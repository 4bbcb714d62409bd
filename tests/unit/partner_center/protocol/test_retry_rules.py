"""Whether and when to repeat a request."""

from datetime import UTC, datetime

import pytest

from bot.errors import (
    BadAnswerError,
    DeadlineError,
    EndpointMissingError,
    RoleMissingError,
    ServiceDownError,
    ThrottledError,
    TokenRefusedError,
)
from bot.partner_center.protocol.answer_page import UnreadablePageError
from bot.partner_center.protocol.retry_rules import retry_after, same_request, wait

NOW = datetime(2018, 10, 24, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "attempt", "left", "expected"),
    [
        (ServiceDownError("x"), 1, 60.0, True),
        (ServiceDownError("x", status=503, retry_after=3.0), 1, 60.0, 3.0),
        (ServiceDownError("x", status=503, retry_after=61.0), 1, 60.0, False),
        (ThrottledError("x", retry_after=57.0), 1, 60.0, 57.0),
        (ThrottledError("x", retry_after=57.0), 1, 57.0, False),
        (ThrottledError("x", retry_after=0.0), 1, 60.0, 0.1),
        (ThrottledError("x"), 3, 60.0, True),
        (UnreadablePageError("x"), 1, 60.0, True),
        (UnreadablePageError("x"), 2, 60.0, False),
        (BadAnswerError("x"), 1, 60.0, False),
        (TokenRefusedError("x"), 1, 60.0, False),
        (RoleMissingError("x"), 1, 60.0, False),
        (EndpointMissingError("x"), 1, 60.0, False),
        (DeadlineError("x"), 1, 60.0, False),
        (ValueError("x"), 1, 60.0, False),
    ],
)
def test_only_transient_failures_are_repeated(error, attempt, left, expected):
    assert wait(error, attempt, left) is expected or wait(error, attempt, left) == expected
    assert type(wait(error, attempt, left)) is type(expected)


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"retry-after": "57"}, b"", 57.0),
        ({"retry-after": " 1.5 "}, b"", 1.5),
        ({"retry-after": "-5"}, b"", 0.0),
        ({"retry-after": "Wed, 24 Oct 2018 12:00:30 GMT"}, b"", 30.0),
        ({"retry-after": "Wed, 24 Oct 2018 11:00:00 GMT"}, b"", 0.0),
        ({"retry-after": "Wed, 24 Oct 2018 15:00:30 GMT", "date": "Wed, 24 Oct 2018 15:00:00 GMT"}, b"", 30.0),
        ({"retry-after": "Wed, 24 Oct 2018 12:00:30 -0000"}, b"", 30.0),
        ({"retry-after": "soon"}, b"", None),
        ({"retry-after": "nan"}, b"", None),
        ({"retry-after": "inf"}, b"", None),
        ({"retry-after": "Wed, 99 Oct 99999 12:00:30 GMT"}, b"", None),
        ({}, b'{"statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds."}', 57.0),
        ({}, b"", None),
        ({}, b"\xff", None),
    ],
)
def test_retry_after_is_read_in_each_form(headers, body, expected):
    assert retry_after(headers, body, NOW) == expected


def test_a_request_without_an_answer_keeps_its_id():
    assert same_request(ServiceDownError("connection lost"))
    assert not same_request(ServiceDownError("503", status=503))
    assert not same_request(ThrottledError("429", status=429))
    assert not same_request(UnreadablePageError("garbled"))
