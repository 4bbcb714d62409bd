"""A claims challenge is read in every form; nothing else counts as one."""

import codecs
from base64 import b64encode, urlsafe_b64encode
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AccessDeniedError, ClaimsChallengeError, TokenRefusedError
from bot.partner_center.protocol.claims_challenge import (
    LONGEST,
    LONGEST_DEMAND,
    answer_headers,
    challenged_claims,
    demand_of,
)
from bot.partner_center.protocol.error_response import ErrorResponse, failure

CLAIMS = '{"access_token":{"acrs":{"essential":true,"value":"c1~"}}}'
START = 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"'
BASE64 = b64encode(CLAIMS.encode()).decode()


def headers(claims: str, error: str = "insufficient_claims") -> dict[str, str]:
    return {"www-authenticate": f'{START}, error="{error}", claims="{claims}"'}


FORMS = {
    "base64": BASE64,
    "base64 without padding": BASE64.rstrip("="),
    "base64 for addresses": urlsafe_b64encode(CLAIMS.encode()).decode(),
    "JSON with escaped quotes": CLAIMS.replace('"', '\\"'),
    "with blanks in the JSON": b64encode(CLAIMS.replace(":", " : ").encode()).decode(),
    "with a byte order mark": b64encode(codecs.BOM_UTF8 + CLAIMS.encode()).decode(),
}
CHALLENGE = f'Bearer realm="", error="insufficient_claims", claims="{BASE64}"'
OTHERS = (
    "Negotiate",
    "NTLM TlRMTVNTUAAB==",
    "OAuth realm=urn:cpsvc:cpid:x",
    'Bearer error="invalid_token"',
    'Bearer error="insufficient_claims", claims="none"',
    'PoP authorization_uri="https://login.example/a", error="insufficient_claims", nonce="a, claims=\\"b\\""',
    "Basic realm=\"a\", charset='UTF-8'",
)
NONE: dict[str, dict[str, str]] = {
    "no header": {},
    "another error": headers(BASE64, "invalid_token"),
    "no claims": {"www-authenticate": f'{START}, error="insufficient_claims"'},
    "no base64": headers("%%%"),
    "no JSON": headers(b64encode(b"claims").decode()),
    "a list": headers(b64encode(b"[1]").decode()),
    "nothing in it": headers(b64encode(b"{}").decode()),
    "too long": headers(b64encode(f'{{"a":"{"x" * LONGEST}"}}'.encode()).decode()),
    "nested without end": headers(b64encode(b"[" * 3_000).decode()),
}


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("claims", FORMS.values(), ids=FORMS)
def test_claims_are_read(claims: str, status: int) -> None:
    assert challenged_claims(status, headers(claims)) == CLAIMS
    error = failure(ErrorResponse(status, headers(claims)), sent="id", secret="", retry_after=None)
    assert isinstance(error, ClaimsChallengeError)
    assert (error.claims, error.status, error.correlation_id) == (CLAIMS, status, "id")


@pytest.mark.parametrize(
    ("usual", "written"),
    [
        ('"insufficient_claims"', "insufficient_claims"),
        (f'"{BASE64}"', BASE64),
        ('"insufficient_claims"', '"INSUFFICIENT_CLAIMS"'),
        ("error=", "ERROR ="),
        ("claims=", "Claims = "),
        ("Bearer", "BEARER"),
        (", ", " "),
    ],
)
def test_claims_are_read_however_the_challenge_is_written(usual: str, written: str) -> None:
    assert usual in CHALLENGE
    assert challenged_claims(401, {"www-authenticate": CHALLENGE.replace(usual, written)}) == CLAIMS


@given(
    before=st.lists(st.sampled_from(OTHERS), max_size=3),
    after=st.lists(st.sampled_from(OTHERS), max_size=3),
    joined=st.booleans(),
    name=st.sampled_from(["WWW-Authenticate", "www-authenticate", "Www-Authenticate"]),
)
def test_claims_are_found_among_any_other_challenges(
    before: list[str], after: list[str], joined: bool, name: str
) -> None:
    every = [*before, CHALLENGE, *after]
    lines = [", ".join(every)] if joined else every
    assert challenged_claims(401, answer_headers([(name, line) for line in lines])) == CLAIMS
    assert challenged_claims(401, answer_headers([(name, line) for line in (*before, *after)])) is None


def test_last_header_of_a_name_counts_unless_it_is_a_challenge() -> None:
    pairs = [("Retry-After", "1"), ("WWW-Authenticate", "A"), ("retry-after", "2"), ("www-authenticate", "B")]
    assert answer_headers(pairs) == {"retry-after": "2", "www-authenticate": "A\nB"}


@pytest.mark.parametrize("given_headers", NONE.values(), ids=NONE)
def test_anything_else_is_an_ordinary_refusal(given_headers: dict[str, str]) -> None:
    for status, kind in ((401, TokenRefusedError), (403, AccessDeniedError)):
        error = failure(ErrorResponse(status, given_headers), sent="id", secret="", retry_after=None)
        assert type(error) is kind


@pytest.mark.parametrize("status", [200, 400, 404, 429, 500])
def test_only_refusals_of_a_token_are_challenges(status: int) -> None:
    assert challenged_claims(status, headers(BASE64)) is None


@given(st.text() | st.binary().map(lambda data: b64encode(data).decode()))
def test_any_header_is_read_without_an_error(text: str) -> None:
    for given_headers in ({"www-authenticate": text}, headers(text)):
        found: Any = challenged_claims(401, given_headers)
        assert found is None or len(found) <= LONGEST


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        (CLAIMS, "acrs=c1_"),
        ('{"access_token":{"amr":{"essential":true,"values":["mfa","rsa"]}}}', "amr=mfa/rsa"),
        ('{"access_token":{"nbf":{"value":"16"},"acrs":{"value":"c1"}},"id_token":{"auth_time":null}}',
         "nbf=16, acrs=c1, auth_time"),
        ('{"access_token":{"a [b](https://c) <d>":{"value":"e f\\n*g*"}}}', "a_b_https://c_d_=e_f_g_"),
        ('{"access_token":7}', ""),
        ("no JSON", ""),
        ("[" * 5_000, ""),
    ],
)  # fmt: skip
def test_what_is_demanded_is_told_in_a_short_plain_line(claims: str, told: str) -> None:
    assert demand_of(claims) == told


@given(st.dictionaries(st.text(max_size=300), st.dictionaries(st.text(), st.text() | st.integers()), max_size=9))
def test_the_line_of_what_is_demanded_is_bounded(names: dict[str, Any]) -> None:
    line = demand_of(msgspec.json.encode({"access_token": names}).decode())
    assert len(line) <= LONGEST_DEMAND
    assert line.isascii()
    assert line.isprintable()
