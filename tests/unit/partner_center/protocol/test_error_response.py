"""Answers that are errors."""

import json

import pytest

from bot.errors import (
    AccessDeniedError,
    AppOnlyRefusedError,
    BadAnswerError,
    BadRequestError,
    ConditionalAccessError,
    EndpointMissingError,
    GatewayRefusedError,
    MfaRequiredError,
    NotYourCustomerError,
    PageNotFoundError,
    RoleMissingError,
    ServiceDownError,
    ThrottledError,
    TokenRefusedError,
)
from bot.partner_center.protocol.error_response import ErrorResponse, failure, read_fault, says_no_data

TOKEN = "eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl"


def error(status, body=b"", headers=None, secret=TOKEN):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return failure(ErrorResponse(status, headers or {}, content), sent="sent-id", secret=secret, retry_after=None)


def fault(code, description="why"):
    return {"code": code, "description": description, "data": [], "source": "PartnerFD"}


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, fault("3000"), BadRequestError),
        (401, fault("400"), TokenRefusedError),
        (401, fault("900420"), TokenRefusedError),
        (401, b"", TokenRefusedError),
        (401, {"error": "User unauthorized to access this"}, TokenRefusedError),
        (401, fault("900421"), MfaRequiredError),
        (401, fault(900421), MfaRequiredError),
        (401, b"Authentication failed. MFA required. (10001)", MfaRequiredError),
        (401, b'"MFA required."', MfaRequiredError),
        (401, fault("800001"), AppOnlyRefusedError),
        (403, fault("2032"), AccessDeniedError),
        (403, fault("20002"), NotYourCustomerError),
        (403, fault("900150"), RoleMissingError),
        (403, fault("900308"), RoleMissingError),
        (403, b"The supplied role does not have the rights to perform the requested operation.", RoleMissingError),
        (403, fault("900309"), ConditionalAccessError),
        (403, fault(900329), AppOnlyRefusedError),
        (403, b"", AccessDeniedError),
        (404, fault("1000"), EndpointMissingError),
        (404, fault("60003"), NotYourCustomerError),
        (404, b"<html>404</html>", PageNotFoundError),
        (404, b"<!DOCTYPE html><title>Not found</title>", PageNotFoundError),
        (404, b"", EndpointMissingError),
        (403, {"error": {"code": "Forbidden", "message": "no"}}, GatewayRefusedError),
        (403, {"error": {"code": "900308", "message": "no"}}, RoleMissingError),
        (403, {"error": {"code": "2032", "message": "no"}}, AccessDeniedError),
        (404, fault("NotFound"), EndpointMissingError),
        (404, fault("7777"), BadRequestError),
        (404, fault("2032"), AccessDeniedError),
        (404, fault("900308"), RoleMissingError),
        (404, fault("", "Access denied"), AccessDeniedError),
        (405, b"", BadRequestError),
        (410, b"", EndpointMissingError),
        (501, b"", ServiceDownError),
        (408, b"", ServiceDownError),
        (414, b"", BadRequestError),
        (418, b"", BadRequestError),
        (429, {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds."}, ThrottledError),
        (500, fault("800003"), ServiceDownError),
        (503, b"<html>", ServiceDownError),
        (599, b"", ServiceDownError),
        (302, b"", BadAnswerError),
        (204, b"", BadAnswerError),
        (206, b"", BadAnswerError),
    ],
)
def test_each_answer_gives_its_error_class(status, body, expected):
    found = error(status, body)
    assert type(found) is expected
    assert found.status == status


@pytest.mark.parametrize(
    ("body", "code", "description"),
    [
        (fault("20002", "no relationship"), "20002", "no relationship"),
        (fault(20002), "20002", "why"),
        ({"statusCode": 429, "message": "Slow down"}, None, "Slow down"),
        ({"error": "User unauthorized"}, None, "User unauthorized"),
        ({"error": {"code": "900308", "message": "inner"}}, "900308", "inner"),
        ({"error": "invalid_grant", "error_description": "AADSTS50079"}, None, "AADSTS50079"),
        ({"Code": "1", "Description": "capital"}, "1", "capital"),
        ({"code": True, "description": ["x"]}, None, ""),
        ([], None, ""),
        (None, None, ""),
        (7, None, ""),
        (b"MFA required. (10001)", "10001", "MFA required. (10001)"),
        (b"line one\r\nline\x00two", None, "line one line two"),
        (b"\xff\xfe", None, "��"),
        (b"[" * 100_000, None, "[" * 300),
    ],
)
def test_every_shape_of_error_body_is_read(body, code, description):
    found = read_fault(body if isinstance(body, bytes) else "\ufeff".encode() + json.dumps(body).encode())
    assert (found.code, found.description) == (code, description)


def test_the_correlation_id_of_the_answer_is_preferred():
    assert error(500, headers={"ms-correlationid": "theirs"}).correlation_id == "theirs"


@pytest.mark.parametrize("strange", ["", "two words", "<b>", "x" * 65, "id\nSet-Cookie: x"])
def test_our_correlation_id_is_used_when_the_answers_is_invalid(strange):
    assert error(500, headers={"ms-correlationid": strange}).correlation_id == "sent-id"


@pytest.mark.parametrize(
    "body",
    [
        f"you sent Authorization: Bearer {TOKEN}".encode(),
        fault("1", f"token {TOKEN} is bad"),
        fault(TOKEN),
        {"error": TOKEN},
    ],
)
def test_a_token_that_the_answer_repeats_is_not_in_the_message(body):
    found = error(401, body)
    assert TOKEN not in str(found)
    assert TOKEN not in str(found.code)


def test_an_opaque_token_is_not_in_the_message_either():
    assert "opaque-secret" not in str(error(401, b"got opaque-secret", secret="opaque-secret"))


def test_mfa_required_is_raised_when_the_header_says_no_mfa():
    assert type(error(401, b"", {"ismfacompliant": "false"})) is MfaRequiredError
    assert type(error(401, b"", {"ismfacompliant": "true"})) is TokenRefusedError


def test_a_customer_without_usage_data_is_no_error():
    body = json.dumps(fault("3000", "Customer does not have usage data.")).encode()
    assert says_no_data(ErrorResponse(400, {}, body))
    assert not says_no_data(ErrorResponse(500, {}, body))
    assert not says_no_data(ErrorResponse(400, {}, b""))
