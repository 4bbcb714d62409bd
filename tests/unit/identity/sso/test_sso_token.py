"""The rules for a Teams SSO token, and every way to violate them."""

import base64
import dataclasses
import hashlib
import hmac
import json
import uuid
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jwt.algorithms import RSAAlgorithm

from bot.identity.sso.signing_keys import read_key
from bot.identity.sso.sso_token import (
    LONGEST,
    SKEW,
    ExpectedClaims,
    SsoClaims,
    SsoRefusal,
    SsoTokenError,
    check,
    key_id,
)
from bot.simulator.entra.issuer_keys import IssuerKeys
from bot.simulator.issuer_signing_key import IssuerSigningKey

OTHER = "7e1a2b3c-0000-4000-8000-0000000000ff"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def verify(token: str, key: jwt.PyJWK, expected: ExpectedClaims, now: float) -> SsoClaims:
    """Verify as the package does: first the key id, then everything else."""
    key_id(token)
    return check(token, key, expected, now)


def refusal(token: str, key: jwt.PyJWK, expected: ExpectedClaims, now: float) -> SsoRefusal:
    with pytest.raises(SsoTokenError) as caught:
        verify(token, key, expected, now)
    return caught.value.reason


def test_check_returns_the_person_of_a_valid_token(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    claims = check(token(), public, expected, now)
    assert claims == SsoClaims(expected.tenant_id, expected.object_id, "Ada Agent", now + 3600)


def test_ids_are_compared_case_insensitively(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    shouted = dataclasses.replace(expected, tenant_id=expected.tenant_id.upper(), object_id=expected.object_id.upper())
    assert check(token(), public, shouted, now).object_id == expected.object_id


def test_the_browser_client_of_teams_is_accepted(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    check(token(azp="5e3ce6c0-2b1f-4285-8d4b-75ee78787346"), public, expected, now)


def test_issuer_has_to_be_of_the_cloud_that_is_set(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    government = dataclasses.replace(expected, login_url="https://login.microsoftonline.us")
    own = token(iss=f"https://login.microsoftonline.us/{expected.tenant_id}/v2.0")
    assert check(own, public, government, now).object_id == expected.object_id
    assert refusal(own, public, expected, now) is SsoRefusal.ISSUER
    assert refusal(token(), public, government, now) is SsoRefusal.ISSUER


@pytest.mark.parametrize(
    ("overrides", "reason"),
    [
        ({"exp": 1_789_990_000}, SsoRefusal.EXPIRED),
        ({"nbf": 1_790_000_400}, SsoRefusal.TOO_EARLY),
        ({"exp": None}, SsoRefusal.MALFORMED),
        ({"nbf": None}, SsoRefusal.MALFORMED),
        ({"exp": "tomorrow"}, SsoRefusal.MALFORMED),
        ({"exp": True}, SsoRefusal.MALFORMED),
        ({"exp": 1e300}, SsoRefusal.MALFORMED),
        ({"exp": [1]}, SsoRefusal.MALFORMED),
        ({"aud": OTHER}, SsoRefusal.AUDIENCE),
        ({"aud": None}, SsoRefusal.AUDIENCE),
        ({"aud": "https://api.botframework.com"}, SsoRefusal.AUDIENCE),
        ({"aud": ["7e1a2b3c-0000-4000-8000-0000000000aa", OTHER]}, SsoRefusal.AUDIENCE),
        ({"aud": "api://botid-7e1a2b3c-0000-4000-8000-0000000000aa"}, SsoRefusal.AUDIENCE),
        ({"iss": f"https://login.microsoftonline.com/{OTHER}/v2.0"}, SsoRefusal.ISSUER),
        ({"iss": "https://api.botframework.com"}, SsoRefusal.ISSUER),
        ({"iss": "https://login.microsoftonline.com.evil.example/x/v2.0"}, SsoRefusal.ISSUER),
        ({"iss": None}, SsoRefusal.ISSUER),
        ({"ver": "1.0"}, SsoRefusal.VERSION),
        ({"ver": 2.0}, SsoRefusal.VERSION),
        ({"ver": None}, SsoRefusal.VERSION),
        ({"tid": OTHER}, SsoRefusal.TENANT),
        ({"tid": None}, SsoRefusal.TENANT),
        ({"tid": ["7e1a2b3c-0000-4000-8000-000000000001"]}, SsoRefusal.TENANT),
        ({"oid": OTHER}, SsoRefusal.PERSON),
        ({"oid": None}, SsoRefusal.PERSON),
        ({"oid": ""}, SsoRefusal.PERSON),
        ({"scp": None}, SsoRefusal.SCOPE),
        ({"scp": "User.Read"}, SsoRefusal.SCOPE),
        ({"scp": "access_as_user_admin"}, SsoRefusal.SCOPE),
        ({"scp": ["access_as_user"]}, SsoRefusal.SCOPE),
        ({"azp": OTHER}, SsoRefusal.CLIENT),
        ({"azp": None}, SsoRefusal.CLIENT),
    ],
)
def test_check_raises_with_a_reason_when_a_claim_is_wrong(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float, overrides: dict[str, Any], reason: SsoRefusal
) -> None:
    assert refusal(token(**overrides), public, expected, now) is reason


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1_790_000_001},
        {"exp": 1_790_000_000 - SKEW + 1},
        {"exp": 2**53 - 1},
        {"nbf": 1_790_000_000 + SKEW},
        {"nbf": 1 - 2**53},
        {"sub": 7, "jti": 7},  # claims that the rules do not name
    ],
)
def test_check_accepts_a_token_at_the_limits(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float, claims: dict[str, Any]
) -> None:
    assert check(token(**claims), public, expected, now).object_id == expected.object_id


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"exp": 1_790_000_000 - SKEW}, SsoRefusal.EXPIRED),
        ({"exp": 2**53}, SsoRefusal.MALFORMED),
        ({"nbf": 1_790_000_000 + SKEW + 1}, SsoRefusal.TOO_EARLY),
        ({"nbf": -(2**53)}, SsoRefusal.MALFORMED),
    ],
)
def test_check_refuses_a_token_just_beyond_the_limits(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float, claims: dict[str, Any], reason: SsoRefusal
) -> None:
    assert refusal(token(**claims), public, expected, now) is reason


def test_times_are_compared_with_the_given_clock_only(token: Any, public: jwt.PyJWK, expected: ExpectedClaims) -> None:
    later = 4_000_000_000
    made_later = token(iat=later, nbf=later, exp=later + 3600)
    assert check(made_later, public, expected, later).expires == later + 3600


@pytest.mark.parametrize(("name", "returned"), [("N" * 300, "N" * 256), (None, ""), (["Ada"], "")])
def test_a_name_is_cut_to_256_characters_and_may_be_missing(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float, name: object, returned: str
) -> None:
    assert check(token(name=name), public, expected, now).name == returned


def test_check_refuses_another_algorithm_also_without_key_id(
    keys: IssuerKeys, token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    claims = jwt.decode(token(), options={"verify_signature": False})
    signed = jwt.encode(claims, keys.current.private, algorithm="RS384", headers={"kid": keys.current.kid})
    with pytest.raises(SsoTokenError) as caught:
        check(signed, public, expected, now)
    assert caught.value.reason is SsoRefusal.ALGORITHM


def test_check_refuses_a_signed_payload_that_is_no_json_object(
    keys: IssuerKeys, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    signed = jwt.api_jws.encode(b"[]", keys.current.private, algorithm="RS256", headers={"kid": keys.current.kid})
    assert refusal(signed, public, expected, now) is SsoRefusal.MALFORMED


def test_key_id_is_read_from_a_token_of_the_maximum_length(keys: IssuerKeys, token: Any) -> None:
    header = token().partition(".")[0]
    longest = f"{header}.".ljust(LONGEST - 5, "A") + ".AAAA"
    assert len(longest) == LONGEST
    assert key_id(longest) == keys.current.kid
    with pytest.raises(SsoTokenError) as caught:
        key_id(f"{header}.".ljust(LONGEST - 4, "A") + ".AAAA")
    assert caught.value.reason is SsoRefusal.MALFORMED


def test_an_app_only_token_is_refused(
    keys: IssuerKeys, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    app_only = keys.app_token(expected.app_id, expected.tenant_id, expected.app_id)
    assert refusal(app_only, public, expected, now) is SsoRefusal.VERSION


def test_a_valid_token_is_refused_when_its_tenant_is_not_served(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    elsewhere = dataclasses.replace(expected, tenants=frozenset({OTHER}))
    assert refusal(token(), public, elsewhere, now) is SsoRefusal.TENANT


def test_an_empty_object_id_in_the_chat_matches_no_token(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    anonymous = dataclasses.replace(expected, object_id="")
    assert refusal(token(oid=""), public, anonymous, now) is SsoRefusal.PERSON


def test_a_token_without_signature_is_refused(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    _, payload, _ = token().split(".")
    for name in ("none", "None", "NONE", ""):
        header = b64(json.dumps({"alg": name, "typ": "JWT", "kid": "x"}).encode())
        assert refusal(f"{header}.{payload}.", public, expected, now) is SsoRefusal.ALGORITHM


def test_a_signature_with_the_public_key_as_secret_is_refused(
    keys: IssuerKeys, token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    pem = keys.current.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _, payload, _ = token().split(".")
    for algorithm in ("HS256", "RS256"):
        header = b64(json.dumps({"alg": algorithm, "typ": "JWT", "kid": keys.current.kid}).encode())
        mac = b64(hmac.new(pem, f"{header}.{payload}".encode(), hashlib.sha256).digest())
        wanted = SsoRefusal.ALGORITHM if algorithm == "HS256" else SsoRefusal.SIGNATURE
        assert refusal(f"{header}.{payload}.{mac}", public, expected, now) is wanted


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256"])
def test_other_algorithms_are_refused_with_the_right_key(
    keys: IssuerKeys, token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float, algorithm: str
) -> None:
    claims = jwt.decode(token(), options={"verify_signature": False})
    signed = jwt.encode(claims, keys.current.private, algorithm=algorithm, headers={"kid": keys.current.kid})
    assert refusal(signed, public, expected, now) is SsoRefusal.ALGORITHM


def test_a_foreign_key_with_our_key_id_is_refused(
    keys: IssuerKeys, token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    stranger = IssuerSigningKey()
    stranger.kid = keys.current.kid
    claims = jwt.decode(token(), options={"verify_signature": False})
    assert refusal(stranger.sign(claims), public, expected, now) is SsoRefusal.SIGNATURE


def test_a_key_inside_the_token_is_not_used(
    keys: IssuerKeys, token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    stranger = IssuerSigningKey()
    claims = jwt.decode(token(), options={"verify_signature": False})
    brought = stranger.sign(claims, kid=keys.current.kid, jwk=stranger.public(), jku="https://evil.example/keys")
    assert refusal(brought, public, expected, now) is SsoRefusal.SIGNATURE


def test_a_changed_payload_is_refused(token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float) -> None:
    header, _, signature = token().split(".")
    payload = jwt.decode(token(), options={"verify_signature": False}) | {"name": "Mallory"}
    assert refusal(f"{header}.{b64(json.dumps(payload).encode())}.{signature}", public, expected, now) is (
        SsoRefusal.SIGNATURE
    )


@pytest.mark.parametrize("headers", [{"kid": None}, {"kid": ""}, {"kid": 7}, {"kid": ["a"]}])
def test_a_token_is_refused_when_it_names_no_key(keys: IssuerKeys, headers: dict[str, Any]) -> None:
    header = b64(json.dumps({"alg": "RS256", "typ": "JWT"} | headers).encode())
    with pytest.raises(SsoTokenError) as caught:
        key_id(f"{header}.{b64(b'{}')}.{b64(b'x')}")
    assert caught.value.reason in {SsoRefusal.KEY, SsoRefusal.MALFORMED}


def test_unknown_critical_extensions_are_refused(
    keys: IssuerKeys, token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    claims = jwt.decode(token(), options={"verify_signature": False})
    signed = keys.current.sign(claims, crit=["urn:example:must-understand"])
    assert refusal(signed, public, expected, now) is SsoRefusal.MALFORMED


@pytest.mark.parametrize(
    "text",
    ["", ".", "..", "...", "a.b.c", "x" * 20_000, "é.ü.ñ", "\x00.\x00.\x00", "eyJhbGciOiJSUzI1NiJ9..", "a.b.c.d.e"],
)
def test_any_other_text_is_malformed(text: str, public: jwt.PyJWK, expected: ExpectedClaims, now: float) -> None:
    assert refusal(text, public, expected, now) in {SsoRefusal.MALFORMED, SsoRefusal.KEY}


def test_deeply_nested_json_is_malformed(public: jwt.PyJWK, expected: ExpectedClaims, now: float) -> None:
    header = b64(b'{"alg":"RS256","kid":"k","x":' + b"[" * 5_000 + b"]" * 5_000 + b"}")
    assert refusal(f"{header}.e30.e30", public, expected, now) is SsoRefusal.MALFORMED


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=200), st.integers(0, 2))
def test_any_text_in_any_part_is_refused(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float, text: str, part: int
) -> None:
    parts = token().split(".")
    parts[part] = text
    refusal(".".join(parts), public, expected, now)


def test_the_error_never_contains_the_token(
    token: Any, public: jwt.PyJWK, expected: ExpectedClaims, now: float
) -> None:
    wrong = token(aud=OTHER)
    with pytest.raises(SsoTokenError) as caught:
        check(wrong, public, expected, now)
    assert wrong not in repr(caught.value)
    assert str(caught.value) == "the token is for another application"
    assert caught.value.__cause__ is None


def test_a_short_key_is_omitted() -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    wire = json.loads(RSAAlgorithm.to_jwk(weak.public_key())) | {"kid": uuid.uuid4().hex, "use": "sig"}
    assert read_key(wire) is None


@pytest.mark.parametrize(
    "changes",
    [{"kid": None}, {"kty": "EC"}, {"kty": "oct", "k": "c2VjcmV0"}, {"use": "enc"}, {"n": "!"}, {"e": None}, {"n": 7}],
)
def test_an_entry_that_is_not_a_signing_key_is_omitted(keys: IssuerKeys, changes: dict[str, Any]) -> None:
    assert read_key(keys.current.public() | changes) is None
