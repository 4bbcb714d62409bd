"""Whether a token says "mfa" follows from the session and what the person does."""

import asyncio
from typing import Any

import pytest

from bot.simulator.entra import SimulatedEntra, User
from tests.integration.identity.entra.test_msal import SCOPES, signed_in

DEMAND = '{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}'
PERSON, FACTOR = "Continue as Ada Agent", "Approve the sign-in"
MFA, PASSWORD = {"pwd", "mfa"}, {"pwd"}


@pytest.mark.parametrize(
    ("session", "amr"),
    [
        ({}, MFA),
        ({"mfa_done": False}, PASSWORD),
        ({"factor_elsewhere": True}, PASSWORD),
        ({"factor_registered": False}, PASSWORD),
    ],
)
async def test_token_on_behalf_of_a_person_has_the_factors_of_their_session(
    entra: SimulatedEntra, ada: User, library: Any, session: dict[str, bool], amr: set[str]
) -> None:
    for name, value in session.items():
        setattr(entra.standing(ada), name, value)
    answer = await library.on_behalf_of(entra.sso_token(ada, library.app_id))
    assert entra.authority.verify(answer["access_token"]).amr == amr


@pytest.mark.parametrize(
    ("done", "claims", "steps", "amr"),
    [
        (True, None, (), MFA),
        (False, None, (), PASSWORD),
        (True, DEMAND, (), MFA),
        (False, DEMAND, (FACTOR,), MFA),
        (False, '{"access_token":{"amr":{"value":"mfa"}}}', (FACTOR,), MFA),
        (False, '{"access_token":{"xms_cc":{"values":["cp1"]}}}', (), PASSWORD),  # MSAL for Node sends this always
        (False, '{"access_token":{"amr":{"values":["pwd"]}}}', (), PASSWORD),
        (False, '{"access_token":{"amr":null}}', (), PASSWORD),
        (False, '{"id_token":{"amr":{"values":["mfa"]}}}', (), PASSWORD),
    ],
)
async def test_page_asks_for_a_factor_only_when_the_session_lacks_it(
    entra: SimulatedEntra,
    ada: User,
    library: Any,
    browser: Any,
    done: bool,
    claims: str | None,
    steps: tuple[str, ...],
    amr: set[str],
) -> None:
    entra.standing(ada).mfa_done = done
    answer = await signed_in(library, browser, PERSON, *steps, claims_challenge=claims)
    assert entra.authority.verify(answer["access_token"]).amr == amr


async def test_factor_that_is_checked_elsewhere_is_asked_for_and_not_told(
    entra: SimulatedEntra, ada: User, library: Any, browser: Any
) -> None:
    entra.standing(ada).factor_elsewhere = True
    answer = await signed_in(library, browser, PERSON, FACTOR, claims_challenge=DEMAND)
    assert entra.authority.verify(answer["access_token"]).amr == PASSWORD


async def test_person_without_a_factor_is_led_to_set_one_up(
    entra: SimulatedEntra, ada: User, library: Any, browser: Any
) -> None:
    standing = entra.standing(ada)
    standing.mfa, standing.factor_registered = True, False
    refused = await library.on_behalf_of(entra.sso_token(ada, library.app_id))
    assert (refused["error"], refused["error_codes"]) == ("interaction_required", [50079])
    answer = await signed_in(library, browser, PERSON, "Set up a second factor")
    assert entra.authority.verify(answer["access_token"]).amr == MFA
    assert "access_token" in await library.on_behalf_of(entra.sso_token(ada, library.app_id))


@pytest.mark.parametrize(("done", "policy", "amr"), [(True, False, MFA), (False, False, PASSWORD), (False, True, MFA)])
async def test_token_of_a_device_code_has_the_factors_of_the_browser(
    entra: SimulatedEntra, ada: User, library: Any, browser: Any, done: bool, policy: bool, amr: set[str]
) -> None:
    entra.standing(ada).mfa_done, entra.standing(ada).mfa = done, policy
    app = await library.public()
    flow = await asyncio.to_thread(app.initiate_device_flow, SCOPES)
    await browser.open(flow["verification_uri"])
    for step in ("Next", PERSON, *((FACTOR,) if policy else ())):
        await browser.press(step, code=flow["user_code"])
    answer = await asyncio.to_thread(app.acquire_token_by_device_flow, flow)
    assert entra.authority.verify(answer["access_token"]).amr == amr


async def test_refreshed_token_has_the_factors_of_its_sign_in(
    entra: SimulatedEntra, ada: User, library: Any, browser: Any
) -> None:
    entra.standing(ada).mfa_done = False
    app = (await signed_in(library, browser, PERSON))["app"]
    entra.standing(ada).mfa_done = True  # in another browser
    (account,) = app.get_accounts()
    answer = await asyncio.to_thread(app.acquire_token_silent_with_error, SCOPES, account, force_refresh=True)
    assert entra.authority.verify(answer["access_token"]).amr == PASSWORD


CHALLENGE = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'


@pytest.mark.parametrize(
    ("claims", "carried"),
    [
        (CHALLENGE, True),
        ('{"access_token":{"xms_cc":{"values":["cp1"]},"acrs":{"value":"c1","essential":true}}}', True),
        ('{"access_token":{"acrs":{"essential":true,"value":"c2"}}}', False),
        ('{"access_token":{"xms_cc":{"values":["cp1"]}}}', False),
        (None, False),
    ],
)
async def test_claims_challenge_is_met_by_a_request_that_has_all_of_it(
    entra: SimulatedEntra, ada: User, library: Any, browser: Any, claims: str | None, carried: bool
) -> None:
    entra.standing(ada).claims = CHALLENGE
    answer = await signed_in(library, browser, PERSON, claims_challenge=claims)
    assert ("access_token" in answer, answer.get("claims")) == ((True, None) if carried else (False, CHALLENGE))
