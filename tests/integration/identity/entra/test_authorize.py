"""Requests to the authorize endpoint that Entra takes, and those without a page."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from bot.simulator.entra import SimulatedEntra, User
from tests.integration.identity.conftest import DOMAIN, REDIRECT, SECRET

SCOPE = "openid https://api.partnercenter.microsoft.com/user_impersonation"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
PERSON = "Continue as Ada Agent"
DEMAND = '{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}'


@pytest.fixture
def page(entra: SimulatedEntra, library: Any, app_id: str) -> Any:
    def url(tenant: str = library.tenant, /, **changes: str) -> str:
        query = {"client_id": app_id, "redirect_uri": REDIRECT, "response_type": "code", "scope": SCOPE, "state": "s"}
        return f"{entra.url}/{tenant}/oauth2/v2.0/authorize?{urlencode(query | changes)}"

    return url


@pytest.mark.parametrize(
    ("challenge", "verifier", "outcome"),
    [
        ({"code_challenge": CHALLENGE, "code_challenge_method": "S256"}, VERIFIER, 200),
        ({"code_challenge": VERIFIER, "code_challenge_method": "plain"}, VERIFIER, 200),
        ({"code_challenge": VERIFIER}, VERIFIER, 200),
        ({}, "", 200),
        ({"code_challenge": VERIFIER}, "w" * 43, 501481),
        ({"code_challenge": CHALLENGE}, VERIFIER, 501481),
        ({"code_challenge": VERIFIER}, "", 501481),
        ({}, VERIFIER, 501481),
    ],
)
async def test_challenge_may_be_plain_or_missing(
    ada: User, browser: Any, page: Any, redeem: Any, challenge: dict[str, str], verifier: str, outcome: int
) -> None:
    await browser.open(page(**challenge))
    await browser.press(PERSON)
    form = {"grant_type": "authorization_code", "code": browser.answer["code"], "redirect_uri": REDIRECT}
    status, body = await redeem(**form, **({"code_verifier": verifier} if verifier else {}))
    assert (status if status == 200 else body["error_codes"][0]) == outcome


@pytest.mark.parametrize("tenant", [DOMAIN, "7E1A2B3C-0000-4000-8000-000000000001", "common", "organizations"])
async def test_page_is_shown_under_each_name_of_the_tenant(ada: User, browser: Any, page: Any, tenant: str) -> None:
    await browser.open(page(tenant))
    await browser.press(PERSON)
    assert browser.answer["code"]


@pytest.mark.parametrize(("tenant", "number"), [("consumers", 9002331), ("made-up.example", 90002), ("x", 900023)])
async def test_page_says_which_tenant_is_wrong(ada: User, browser: Any, page: Any, tenant: str, number: int) -> None:
    await browser.open(page(tenant))
    assert (browser.status, browser.left_to) == (400, None)
    assert f"AADSTS{number}" in browser.page


@pytest.mark.parametrize(("mode", "mark"), [("query", "?"), ("fragment", "#")])
async def test_code_comes_back_where_the_application_wants_it(
    ada: User, browser: Any, page: Any, mode: str, mark: str
) -> None:
    await browser.open(page(response_mode=mode))
    await browser.press(PERSON)
    assert browser.left_to.startswith(f"{REDIRECT}{mark}code=")
    assert browser.answer["state"] == "s"


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ("http://localhost:50123/auth", True),
        ("http://localhost/auth", True),
        ("http://127.0.0.1:50123/auth/callback", True),
        ("http://localhost:50123/elsewhere", False),
        ("https://localhost:50123/auth", False),
        ("http://localhost.evil.example:50123/auth", False),
        ("https://bot.example:444/auth", False),
        ("https://bot.example/auth", True),
    ],
)
async def test_port_of_a_redirect_does_not_matter_on_this_machine(
    entra: SimulatedEntra, ada: User, browser: Any, page: Any, app_id: str, asked: str, taken: bool
) -> None:
    entra.register(app_id, SECRET, "http://localhost/auth", REDIRECT, "https://bot.example/auth")
    await browser.open(page(redirect_uri=asked))
    assert browser.status == (200 if taken else 400)
    if taken:
        await browser.press(PERSON)
        assert browser.left_to.startswith(f"{asked}?code=")
    else:
        assert "AADSTS50011" in browser.page


@pytest.mark.parametrize(
    ("scope", "error", "number"),
    [
        ("https://api.partnercenter.microsoft.com/everything", "invalid_client", 650053),
        ("everything", "invalid_client", 650053),
        ("https://nowhere.example/read", "invalid_resource", 500011),
    ],
)
async def test_unknown_scope_is_an_error_for_the_application(
    ada: User, browser: Any, page: Any, scope: str, error: str, number: int
) -> None:
    await browser.open(page(scope=scope))
    assert browser.answer["error"] == error
    assert browser.answer["error_description"].startswith(f"AADSTS{number}: ")
    assert browser.answer["state"] == "s"


async def test_request_without_a_scope_is_refused_on_the_page(ada: User, browser: Any, page: Any) -> None:
    await browser.open(page(scope=""))
    assert (browser.status, browser.left_to) == (400, None)
    assert "AADSTS900144" in browser.page


async def test_default_scope_beside_a_named_one_is_refused_on_the_page(ada: User, browser: Any, page: Any) -> None:
    await browser.open(page(scope=f"{SCOPE} https://api.partnercenter.microsoft.com/.default"))
    assert (browser.status, browser.left_to) == (400, None)
    assert "AADSTS70011" in browser.page


async def test_scopes_of_two_resources_are_taken_by_the_page(ada: User, browser: Any, page: Any) -> None:
    await browser.open(page(scope=f"{SCOPE} User.Read"))
    await browser.press(PERSON)
    assert browser.answer["code"]


async def silently(browser: Any, page: Any, **changes: str) -> tuple[str, str]:
    """Return the error and its number, or the name of what came instead."""
    await browser.open(page(prompt="none", **changes))
    assert browser.status == 302
    answer = dict(parse_qsl(urlsplit(browser.left_to).query))
    return answer.get("error", "code"), answer.get("error_description", "").partition(":")[0]


async def test_silent_request_is_answered_without_a_page(
    entra: SimulatedEntra, ada: User, ben: User, browser: Any, page: Any
) -> None:
    assert await silently(browser, page) == ("login_required", "AADSTS50058")
    await browser.open(page())
    await browser.press(PERSON)
    assert await silently(browser, page) == ("code", "")
    assert await silently(browser, page, login_hint=ada.principal_name, claims=DEMAND) == ("code", "")
    assert await silently(browser, page, login_hint=ben.principal_name) == ("interaction_required", "AADSTS160021")
    standing = entra.standing(ada)
    standing.mfa_done = False
    assert await silently(browser, page, claims=DEMAND) == ("interaction_required", "AADSTS50076")
    standing.factor_registered = False
    assert await silently(browser, page, claims=DEMAND) == ("interaction_required", "AADSTS50079")
    standing.consented = False
    assert await silently(browser, page) == ("consent_required", "AADSTS65001")
    standing.blocked = True
    assert await silently(browser, page) == ("access_denied", "AADSTS53003")


async def test_silent_request_posts_its_error_where_a_form_is_wanted(ada: User, browser: Any, page: Any) -> None:
    await browser.open(page(prompt="none", response_mode="form_post"))
    assert browser.answer["error"] == "login_required"
    assert "Continue as" not in browser.page


async def test_cancelled_sign_in_leaves_no_session(ada: User, browser: Any, page: Any) -> None:
    await browser.open(page())
    await browser.press("Cancel")
    assert await silently(browser, page) == ("login_required", "AADSTS50058")
