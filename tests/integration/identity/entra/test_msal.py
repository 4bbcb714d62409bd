"""Unmodified MSAL gets every kind of token from the simulated Entra."""

import asyncio
from typing import Any

import jwt
import pytest

from bot.simulator.entra import SimulatedEntra, User

SCOPES = ["https://api.partnercenter.microsoft.com/user_impersonation"]
REDIRECT = "http://127.0.0.1:9/auth/callback"


async def signed_in(library: Any, browser: Any, *steps: str, **options: Any) -> dict[str, Any]:
    """Sign in with code and PKCE, and press `steps` on the pages."""
    app = await library.app()
    options |= {"redirect_uri": REDIRECT, "response_mode": "form_post"}
    flow = await asyncio.to_thread(lambda: app.initiate_auth_code_flow(SCOPES, **options))
    await browser.open(flow["auth_uri"])
    for step in steps:
        await browser.press(step)
    answer: dict[str, Any] = await asyncio.to_thread(app.acquire_token_by_auth_code_flow, flow, browser.answer)
    return answer | {"app": app}


async def test_on_behalf_of_returns_a_token_that_partner_center_accepts(
    entra: SimulatedEntra, ada: User, library: Any, app_id: str
) -> None:
    answer = await library.on_behalf_of(entra.sso_token(ada, app_id))
    claims = entra.authority.verify(answer["access_token"])
    assert (claims.object_id, claims.name) == (ada.object_id, "Ada Agent")
    assert claims.scopes == {"user_impersonation"}
    assert answer["id_token_claims"]["oid"] == ada.object_id


async def test_signing_in_with_code_and_pkce_gives_tokens_with_mfa(
    entra: SimulatedEntra, ada: User, library: Any, browser: Any
) -> None:
    entra.standing(ada).mfa, entra.standing(ada).mfa_done = True, False
    answer = await signed_in(library, browser, "Continue as Ada Agent", "Approve the sign-in")
    assert entra.authority.verify(answer["access_token"]).amr == {"pwd", "mfa"}


async def test_consent_is_requested_once(entra: SimulatedEntra, ada: User, library: Any, browser: Any) -> None:
    entra.standing(ada).consented = False
    await signed_in(library, browser, "Continue as Ada Agent", "Accept")
    await signed_in(library, browser, "Continue as Ada Agent")
    assert entra.issued["authorization_code"] == 2


async def test_access_denied_is_returned_when_the_sign_in_is_cancelled(ada: User, library: Any, browser: Any) -> None:
    answer = await signed_in(library, browser, "Cancel")
    assert answer["error"] == "access_denied"


async def test_msal_refreshes_silently_and_gets_a_new_refresh_token(
    entra: SimulatedEntra, ada: User, library: Any, browser: Any
) -> None:
    answer = await signed_in(library, browser, "Continue as Ada Agent")
    app = answer["app"]
    (account,) = app.get_accounts()
    renewed = await asyncio.to_thread(app.acquire_token_silent_with_error, SCOPES, account, force_refresh=True)
    assert renewed["access_token"] != answer["access_token"]
    assert entra.issued["refresh_token"] == 1
    assert len(entra.grants.refreshes) == 2


async def test_a_guest_has_the_home_account_and_the_tenants_object_id(
    entra: SimulatedEntra, library: Any, app_id: str
) -> None:
    home = ("7e1a2b3c-0000-4000-8000-0000000000f1", "7e1a2b3c-0000-4000-8000-0000000000f2")
    guest = User("Gus Guest", library.tenant, "7e1a2b3c-0000-4000-8000-00000000000c", home=home)
    entra.directory.add(guest)
    app = await library.app()
    answer = await asyncio.to_thread(app.acquire_token_on_behalf_of, entra.sso_token(guest, app_id), SCOPES)
    (account,) = app.get_accounts()
    assert account["home_account_id"] == f"{home[1]}.{home[0]}"
    assert answer["id_token_claims"]["oid"] == guest.object_id


async def test_a_terminal_signs_in_with_a_device_code(
    entra: SimulatedEntra, ada: User, library: Any, browser: Any
) -> None:
    app = await library.public()
    flow = await asyncio.to_thread(app.initiate_device_flow, SCOPES)
    waiting = asyncio.create_task(asyncio.to_thread(app.acquire_token_by_device_flow, flow))
    await browser.open(flow["verification_uri"])
    await browser.press("Next", code=flow["user_code"].lower())
    await browser.press("Continue as Ada Agent")
    answer = await waiting
    assert entra.authority.verify(answer["access_token"]).object_id == ada.object_id


async def test_waiting_ends_when_a_device_code_is_declined(ada: User, library: Any, browser: Any) -> None:
    app = await library.public()
    flow = await asyncio.to_thread(app.initiate_device_flow, SCOPES)
    await browser.open(flow["verification_uri"])
    await browser.press("Next", code=flow["user_code"])
    await browser.press("Cancel")
    answer = await asyncio.to_thread(app.acquire_token_by_device_flow, flow)
    assert answer["error"] == "authorization_declined"


async def test_client_credentials_give_the_bot_its_own_token(entra: SimulatedEntra, library: Any, app_id: str) -> None:
    app = await library.app()
    answer = await asyncio.to_thread(app.acquire_token_for_client, ["https://api.botframework.com/.default"])
    claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
    assert (claims["aud"], claims["appid"], claims["idtyp"]) == ("https://api.botframework.com", app_id, "app")


@pytest.mark.parametrize(
    ("setting", "value", "refusal"),
    [
        ("consented", False, ("invalid_grant", 65001, "consent_required")),
        ("admin_consent", True, ("invalid_grant", 90094, "consent_required")),
        ("mfa", True, ("interaction_required", 50076, "basic_action")),
        ("claims", '{"access_token":{"nbf":{"essential":true}}}', ("interaction_required", 50158, "basic_action")),
        ("blocked", True, ("invalid_grant", 53003, "message_only")),
    ],
)
async def test_each_obstacle_is_refused_with_entras_codes(
    entra: SimulatedEntra, ada: User, library: Any, setting: str, value: object, refusal: tuple[str, int, str]
) -> None:
    entra.standing(ada).mfa_done = False
    setattr(entra.standing(ada), setting, value)
    answer = await library.on_behalf_of(entra.sso_token(ada, library.app_id))
    error, code, suberror = refusal
    assert (answer["error"], answer["error_codes"], answer["suberror"]) == (error, [code], suberror)
    assert f"AADSTS{code}" in answer["error_description"]
    assert ("claims" in answer) == (error == "interaction_required")


async def test_a_claims_challenge_is_satisfied_by_a_sign_in_with_it(
    entra: SimulatedEntra, ada: User, library: Any, browser: Any, app_id: str
) -> None:
    challenge = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}'
    entra.standing(ada).claims = challenge
    refused = await library.on_behalf_of(entra.sso_token(ada, app_id))
    answer = await signed_in(library, browser, "Continue as Ada Agent", claims_challenge=refused["claims"])
    assert "access_token" in answer


async def test_refresh_tokens_are_refused_after_a_changed_password(
    entra: SimulatedEntra, ada: User, library: Any, browser: Any, clock: Any
) -> None:
    app = (await signed_in(library, browser, "Continue as Ada Agent"))["app"]
    entra.standing(ada).valid_from = clock() + 1
    (account,) = app.get_accounts()
    answer = await asyncio.to_thread(app.acquire_token_silent_with_error, SCOPES, account, force_refresh=True)
    assert (answer["error"], answer["error_codes"]) == ("invalid_grant", [50173])
