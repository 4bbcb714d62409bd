"""The rules for a channel token, and each way to violate one."""

import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.auth.channel_token import SKEW, ChannelKey, bearer, key_id, read_channel_key, verify

APP, ISSUER, KID = "7e1a2b3c-0000-4000-8000-0000000000aa", "https://api.botframework.com", "k1"
URL = "https://smba.trafficmanager.net/teams/"


@pytest.fixture(scope="module")
def private() -> RSAPrivateKey:
    return generate_private_key(65_537, 2_048)


@pytest.fixture(scope="module")
def wire(private: RSAPrivateKey) -> dict[str, Any]:
    """The entry of the key list for `private`."""
    public = jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    return {**public, "kid": KID, "endorsements": ["msteams"]}


@pytest.fixture(scope="module")
def key(wire: dict[str, Any]) -> ChannelKey:
    found = read_channel_key(wire)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def now() -> int:
    """PyJWT reads the clock itself."""
    return int(time.time())


@pytest.fixture(scope="module")
def token(private: RSAPrivateKey, now: int) -> Any:
    """A token with other claims than usual; None omits a claim."""

    def made(algorithm: str = "RS256", headers: dict[str, Any] | None = None, **changes: object) -> str:
        usual = {"iss": ISSUER, "aud": APP, "exp": now + 3_600, "nbf": now - 60, "serviceurl": URL}
        claims = {name: value for name, value in (usual | changes).items() if value is not None}
        return jwt.encode(claims, private, algorithm, {"kid": KID} if headers is None else headers)

    return made


def refused(act: Any, *arguments: Any, **named: Any) -> str:
    """Return the reason for which the call is refused."""
    with pytest.raises(RequestRefusedError) as caught:
        act(*arguments, **named)
    assert caught.value.status == 401
    return caught.value.reason


@pytest.mark.parametrize(
    ("endorsements", "kept"),
    [(["msteams", 7, "webchat"], {"msteams", "webchat"}), (("msteams",), {"msteams"}), ([], set()), (None, set())],
)
def test_a_channel_key_has_the_endorsements_that_are_text(
    wire: dict[str, Any], endorsements: object, kept: set[str]
) -> None:
    found = read_channel_key(wire | {"endorsements": endorsements})
    assert found is not None
    assert found.kid == KID
    assert found.endorsements == kept
    assert found.key.key_id == KID


def test_a_channel_key_without_endorsements_has_none(wire: dict[str, Any]) -> None:
    found = read_channel_key({name: value for name, value in wire.items() if name != "endorsements"})
    assert found is not None
    assert found.endorsements == frozenset()


@pytest.mark.parametrize("changes", [{"endorsements": "msteams"}, {"endorsements": {"msteams": 1}}, {"kid": None}])
def test_an_entry_is_omitted_when_it_is_no_channel_key(wire: dict[str, Any], changes: dict[str, Any]) -> None:
    assert read_channel_key(wire | changes) is None


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer abc", "abc"), ("bearer abc", "abc"), ("BEARER   abc ", "abc"), ("Bearer abc def", "abc def")],
)
def test_bearer_returns_what_follows_the_scheme(header: str, token: str) -> None:
    assert bearer([header]) == token


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ([], "no Authorization header"),
        (["Bearer a", "Bearer a"], "several Authorization headers"),
        (["Basic abc"], "the Authorization header holds no bearer token"),
        (["Bearer"], "the Authorization header holds no bearer token"),
        (["Bearer  "], "the Authorization header holds no bearer token"),
        (["abc"], "the Authorization header holds no bearer token"),
    ],
)
def test_bearer_refuses_all_but_one_bearer_token(headers: list[str], reason: str) -> None:
    assert refused(bearer, headers) == reason


def test_key_id_returns_the_key_that_the_header_names(token: Any) -> None:
    assert key_id(token()) == KID


@pytest.mark.parametrize("text", ["", "a.b.c", "no token", "eyJhbGciOiJSUzI1NiJ9"])
def test_key_id_refuses_a_malformed_token(text: str) -> None:
    assert refused(key_id, text) == "the token is malformed"


def test_key_id_refuses_another_algorithm(token: Any) -> None:
    assert refused(key_id, token("RS384")) == "the token is not signed with RS256"


@pytest.mark.parametrize("headers", [{}, {"kid": ""}])
def test_key_id_refuses_a_token_that_names_no_key(token: Any, headers: dict[str, Any]) -> None:
    assert refused(key_id, token(headers=headers)) == "the token names no key"


def test_verify_returns_what_the_token_says(token: Any, key: ChannelKey, now: int) -> None:
    claims = verify(token(), key, app_id=APP, issuer=ISSUER)
    assert (claims.service_url, claims.endorsements, claims.expires) == (URL, {"msteams"}, now + 3_600.0)
    assert isinstance(claims.expires, float)


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"aud": "another bot"}, "the token is for another bot"),
        ({"aud": [APP]}, "the token is for another bot"),
        ({"iss": "https://login.microsoftonline.com"}, "the token is not from the channel service"),
        ({"exp": None}, "the token lacks a claim"),
        ({"iss": None}, "the token lacks a claim"),
        ({"aud": None}, "the token lacks a claim"),
        ({"serviceurl": None}, "the token names no service URL"),
        ({"serviceurl": ""}, "the token names no service URL"),
        ({"serviceurl": 7}, "the token names no service URL"),
        ({"exp": "never"}, "the token is malformed"),
        ({"nbf": "later"}, "the token is malformed"),
    ],
)
def test_verify_refuses_with_a_reason_when_a_claim_is_wrong(
    token: Any, key: ChannelKey, claims: dict[str, Any], reason: str
) -> None:
    assert refused(verify, token(**claims), key, app_id=APP, issuer=ISSUER) == reason


@pytest.mark.parametrize(
    ("claim", "tolerated", "refusal"), [("exp", -1, "the token has expired"), ("nbf", 1, "the token is not valid yet")]
)
def test_verify_tolerates_clocks_that_differ_by_five_minutes(
    token: Any, key: ChannelKey, claim: str, tolerated: int, refusal: str
) -> None:
    assert SKEW == 300
    now = int(time.time())
    beyond = token(**{claim: now + tolerated * (SKEW + 60)})
    assert refused(verify, beyond, key, app_id=APP, issuer=ISSUER) == refusal
    within = token(**{claim: now + tolerated * (SKEW - 60)})
    assert verify(within, key, app_id=APP, issuer=ISSUER).service_url == URL


def test_verify_refuses_a_signature_of_another_key(token: Any, key: ChannelKey) -> None:
    head, _, _ = token().rpartition(".")
    _, _, signature = token(nbf=None).rpartition(".")
    assert refused(verify, f"{head}.{signature}", key, app_id=APP, issuer=ISSUER) == "the token's signature is wrong"


def test_verify_refuses_another_algorithm(token: Any, key: ChannelKey) -> None:
    reason = refused(verify, token("RS384"), key, app_id=APP, issuer=ISSUER)
    assert reason == "the token is not signed with RS256"


def test_verify_refuses_another_algorithm_when_the_key_names_it(token: Any, wire: dict[str, Any]) -> None:
    key = read_channel_key({**wire, "alg": "RS512"})
    assert key is not None
    reason = refused(verify, token("RS512"), key, app_id=APP, issuer=ISSUER)
    assert reason == "the token is not signed with RS256"
