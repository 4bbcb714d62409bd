"""Tests of the simulated Entra's access tokens."""

import base64
import json
from typing import Any

import jwt
import pytest

from bot.domain.conversation import Caller
from bot.simulator.access_tokens import (
    AUDIENCE,
    LIFETIME,
    RENEW_BEFORE,
    SimulatedUserTokens,
    TokenAuthority,
    TokenClaims,
    TokenError,
    TokenRefusalReason,
)

ALICE = Caller("11111111-2222-4333-8444-555555555555", "AAAAAAAA-2222-4333-8444-555555555555", "Alice")
BOB = Caller("11111111-2222-4333-8444-555555555555", "bbbbbbbb-2222-4333-8444-555555555555", "Bob")


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def reason(authority: TokenAuthority, token: str) -> TokenRefusalReason:
    with pytest.raises(TokenError) as raised:
        authority.verify(token)
    assert token not in str(raised.value) or not token
    return raised.value.reason


def signed(authority: TokenAuthority, **changes: Any) -> str:
    """Return a signed token with changed claims; None leaves a claim out."""
    claims = jwt.decode(authority.issue(ALICE), options={"verify_signature": False}) | changes
    return authority.key.sign({name: value for name, value in claims.items() if value is not None})


@pytest.fixture(scope="module")
def authority() -> TokenAuthority:
    return TokenAuthority()


def test_token_names_its_caller_with_ids_in_lower_case(authority: TokenAuthority) -> None:
    assert authority.verify(authority.issue(ALICE)) == TokenClaims(
        tenant_id=ALICE.tenant_id,
        object_id=ALICE.object_id.lower(),
        name="Alice",
        scopes=frozenset({"user_impersonation"}),
        roles=frozenset({"AdminAgents"}),
        amr=frozenset({"pwd", "mfa"}),
    )


def test_claims_show_a_missing_second_factor_and_app_only(authority: TokenAuthority) -> None:
    assert authority.verify(authority.issue(ALICE, mfa=False)).amr == {"pwd"}
    app = authority.verify(authority.issue(ALICE, app_only=True))
    assert (app.app_only, app.scopes) == (True, frozenset())


@pytest.mark.parametrize(
    ("changes", "app_only"),
    [
        ({}, False),
        ({"scp": None}, False),
        ({"scp": None, "name": None}, False),
        ({"scp": None, "name": None, "amr": None}, True),
        ({"scp": None, "name": None, "amr": None, "roles": []}, False),
        ({"scp": None, "name": None, "amr": None, "roles": [], "idtyp": "app"}, True),
        ({"idtyp": "app"}, False),
        ({"scp": None, "idtyp": "user"}, False),
    ],
)
def test_only_a_token_without_a_person_is_app_only(authority: TokenAuthority, changes: Any, *, app_only: bool) -> None:
    assert authority.verify(signed(authority, **changes)).app_only is app_only


@pytest.mark.parametrize("moment", ["9999999999", [1], {}, True, float("inf"), float("nan")])
def test_token_whose_times_are_no_numbers_is_malformed(authority: TokenAuthority, moment: Any) -> None:
    for name in ("exp", "nbf"):
        assert reason(authority, signed(authority, **{name: moment})) is TokenRefusalReason.MALFORMED


@pytest.mark.parametrize("audience", [AUDIENCE + "//", AUDIENCE.upper(), [AUDIENCE], {}, 7])
def test_other_spellings_of_the_audience_are_refused(authority: TokenAuthority, audience: Any) -> None:
    assert reason(authority, signed(authority, aud=audience)) is TokenRefusalReason.AUDIENCE
    assert authority.verify(signed(authority, aud=AUDIENCE + "/")).name == "Alice"


def test_every_kind_of_bad_token_has_its_reason(authority: TokenAuthority) -> None:
    assert reason(authority, authority.issue(ALICE, lifetime=-1)) is TokenRefusalReason.EXPIRED
    assert (
        reason(authority, authority.issue(ALICE, audience="https://graph.microsoft.com")) is TokenRefusalReason.AUDIENCE
    )
    assert reason(authority, TokenAuthority().issue(ALICE)) is TokenRefusalReason.SIGNATURE
    for rubbish in ("", "x", "a.b.c", "é" * 20, "\x00", authority.issue(ALICE).rpartition(".")[0]):
        assert reason(authority, rubbish) is TokenRefusalReason.MALFORMED


def test_token_is_refused_when_its_algorithm_is_forged(authority: TokenAuthority) -> None:
    header, claims, _ = authority.issue(ALICE).split(".")
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).decode().rstrip("=")
    assert reason(authority, f"{none}.{claims}.") is TokenRefusalReason.MALFORMED
    shared = jwt.encode(jwt.decode(f"{header}.{claims}.", options={"verify_signature": False}), "k" * 32, "HS256")
    assert reason(authority, shared) is TokenRefusalReason.MALFORMED


def test_token_expires_by_the_authoritys_clock() -> None:
    clock = Clock()
    authority = TokenAuthority(clock=clock)
    token = authority.issue(ALICE)
    clock.now += LIFETIME - 1
    assert authority.verify(token).name == "Alice"
    clock.now += 1
    assert reason(authority, token) is TokenRefusalReason.EXPIRED
    clock.now -= LIFETIME + 60
    assert reason(authority, token) is TokenRefusalReason.TOO_EARLY


async def test_each_person_has_a_token_of_their_own_and_keeps_it(authority: TokenAuthority) -> None:
    tokens = SimulatedUserTokens(authority)
    alices = await tokens.token(ALICE)
    assert authority.verify(alices).name == "Alice"
    assert authority.verify(await tokens.token(BOB)).name == "Bob"
    assert await tokens.token(Caller(ALICE.tenant_id.upper(), ALICE.object_id.lower())) == alices


async def test_callers_can_lack_a_second_factor_or_a_role(authority: TokenAuthority) -> None:
    claims = authority.verify(await SimulatedUserTokens(authority, mfa=False, roles=()).token(ALICE))
    assert (claims.amr, claims.roles) == ({"pwd"}, frozenset())


async def test_token_is_replaced_once_and_stale_refusals_change_nothing(authority: TokenAuthority) -> None:
    tokens = SimulatedUserTokens(authority)
    first = await tokens.token(ALICE)
    second = await tokens.token(ALICE, refused=first)
    assert second != first
    assert await tokens.token(ALICE, refused=first) == second
    assert await tokens.token(ALICE) == second


async def test_a_token_is_renewed_shortly_before_its_end() -> None:
    clock = Clock()
    tokens = SimulatedUserTokens(TokenAuthority(clock=clock), clock=clock)
    first = await tokens.token(ALICE)
    clock.now += LIFETIME - RENEW_BEFORE - 1
    assert await tokens.token(ALICE) == first
    clock.now += 2
    assert await tokens.token(ALICE) != first
