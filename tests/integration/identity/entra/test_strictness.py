"""The simulated Entra refuses what Entra refuses.

It verifies the identity package's own strictness.
"""

import base64
import hashlib
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest

from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.issuer_signing_key import IssuerSigningKey

SCOPE = "openid profile offline_access https://api.partnercenter.microsoft.com/user_impersonation"
REDIRECT = "http://127.0.0.1:9/auth/callback"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
OBO = {
    "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "requested_token_use": "on_behalf_of",
    "scope": SCOPE,
}


@pytest.fixture
def page(entra: SimulatedEntra, library: Any, app_id: str) -> Any:
    def url(**changes: str) -> str:
        query = {"client_id": app_id, "redirect_uri": REDIRECT, "response_type": "code", "scope": SCOPE, "state": "s"}
        query |= {"code_challenge": CHALLENGE, "code_challenge_method": "S256"} | changes
        return f"{entra.url}/{library.tenant}/oauth2/v2.0/authorize?{urlencode(query)}"

    return url


@pytest.fixture
async def code(ada: User, browser: Any, page: Any) -> str:
    await browser.open(page())
    await browser.press("Continue as Ada Agent")
    return str(browser.answer["code"])


def form_of(code: str, /, **changes: str) -> dict[str, str]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "code_verifier": VERIFIER}
    return form | changes


async def test_a_code_is_redeemed_once(redeem: Any, code: str) -> None:
    first, _ = await redeem(**form_of(code))
    again, body = await redeem(**form_of(code))
    assert (first, again, body["error_codes"]) == (200, 400, [54005])


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"code_verifier": "w" * 43}, 501481),
        ({"code_verifier": ""}, 501481),
        ({"redirect_uri": "http://127.0.0.1:9/elsewhere"}, 500112),
        ({"client_secret": "wrong"}, 7000215),
        ({"client_id": "unknown"}, 700016),
        ({"code": "forged"}, 70000),
        ({"grant_type": "password"}, 70003),
    ],
)
async def test_a_code_is_refused_when_another_parameter_is_wrong(
    redeem: Any, code: str, changes: dict[str, str], number: int
) -> None:
    status, body = await redeem(**form_of(code, **changes))
    assert status in {400, 401}
    assert body["error_codes"] == [number]
    assert (await redeem(**form_of(code)))[0] == 200


async def test_a_code_expires(redeem: Any, code: str, clock: Any) -> None:
    clock.ahead = 601
    assert (await redeem(**form_of(code)))[1]["error_codes"] == [70008]


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"client_id": "unknown"}, 700016),
        ({"redirect_uri": "https://evil.example/"}, 50011),
        ({"response_type": "token"}, 700054),
        ({"code_challenge_method": "S512"}, 501491),
        ({"code_challenge": ""}, 501491),
        ({"response_mode": "jwt"}, 70007),
    ],
)
async def test_a_wrong_request_shows_an_error_and_is_not_redirected(
    ada: User, browser: Any, page: Any, changes: dict[str, str], number: int
) -> None:
    await browser.open(page(**changes))
    assert (browser.status, browser.left_to) == (400, None)
    assert f"AADSTS{number}" in browser.page


async def test_an_expired_page_is_refused(ada: User, browser: Any, page: Any, clock: Any) -> None:
    await browser.open(page())
    clock.ahead = 1000
    await browser.press("Continue as Ada Agent")
    assert (browser.status, browser.left_to) == (400, None)


async def test_the_page_shows_the_code_when_the_person_is_blocked(
    entra: SimulatedEntra, ada: User, browser: Any, page: Any
) -> None:
    entra.standing(ada).blocked = True
    await browser.open(page())
    await browser.press("Continue as Ada Agent")
    assert (browser.status, browser.left_to) == (403, None)
    assert "AADSTS53003" in browser.page


@pytest.mark.parametrize(
    ("overrides", "number"),
    [
        ({"aud": "another-app"}, 500131),
        ({"exp": 1_000_000}, 500133),
        ({"iss": "https://login.microsoftonline.com/other/v2.0"}, 50013),
        ({"scp": "openid"}, 7000114),
        ({"scp": None}, 7000114),
        ({"oid": "7e1a2b3c-0000-4000-8000-0000000000ff"}, 50020),
    ],
)
async def test_an_assertion_with_a_wrong_claim_is_refused(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str, overrides: dict[str, Any], number: int
) -> None:
    status, body = await redeem(**OBO, assertion=entra.sso_token(ada, app_id, **overrides))
    assert (status, body["error"], body["error_codes"]) == (400, "invalid_grant", [number])


async def test_an_assertion_with_a_foreign_signature_is_refused(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str
) -> None:
    claims = jwt.decode(entra.sso_token(ada, app_id), options={"verify_signature": False})
    stranger = IssuerSigningKey()
    stranger.kid = entra.keys.current.kid
    for forged in (stranger.sign(claims), jwt.encode(claims, None, algorithm="none"), "not a token"):
        assert (await redeem(**OBO, assertion=forged))[1]["error_codes"] == [50013]


async def test_the_identifier_uri_is_accepted_as_audience(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str
) -> None:
    assertion = entra.sso_token(ada, app_id, aud=f"api://botid-{app_id}")
    assert (await redeem(**OBO, assertion=assertion))[0] == 200


async def test_a_person_of_another_tenant_is_not_found(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str
) -> None:
    other = "7e1a2b3c-0000-4000-8000-000000000002"
    entra.directory.tenants.add(other)
    assert (await redeem(other, **OBO, assertion=entra.sso_token(ada, app_id)))[1]["error_codes"] == [50020]


@pytest.mark.parametrize(
    ("scope", "error"),
    [
        ("https://api.partnercenter.microsoft.com/everything", "invalid_scope"),
        ("https://nowhere.example/read", "invalid_resource"),
    ],
)
async def test_scopes_must_exist(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str, scope: str, error: str
) -> None:
    status, body = await redeem(**OBO | {"scope": scope}, assertion=entra.sso_token(ada, app_id))
    assert (status, body["error"]) == (400, error)


async def test_throttling_and_outage_have_their_status(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str
) -> None:
    entra.standing(ada).throttled = 17
    assert (await redeem(**OBO, assertion=entra.sso_token(ada, app_id)))[0] == 429
    entra.standing(ada).throttled, entra.standing(ada).down = None, True
    assert (await redeem(**OBO, assertion=entra.sso_token(ada, app_id)))[0] == 503
    entra.standing(ada).down = False
    entra.faults.append((503, None))
    assert (await redeem(**OBO, assertion=entra.sso_token(ada, app_id)))[0] == 503
    assert (await redeem(**OBO, assertion=entra.sso_token(ada, app_id)))[0] == 200


async def test_the_old_key_is_accepted_until_it_is_withdrawn(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str
) -> None:
    old = entra.sso_token(ada, app_id)
    entra.keys.rotate()
    assert (await redeem(**OBO, assertion=old))[0] == 200
    entra.keys.rotate(keep_old=False)
    assert (await redeem(**OBO, assertion=old))[1]["error_codes"] == [50013]


async def test_a_confidential_application_gets_no_device_code(redeem: Any, entra: SimulatedEntra) -> None:
    entra.register("confidential", "s")
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "client_id": "confidential"}
    status, body = await redeem(**form, client_secret="s", device_code="x")
    assert (status, body["error"]) == (400, "bad_verification_code")
