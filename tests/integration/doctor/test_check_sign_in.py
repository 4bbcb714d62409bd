"""Tests of the doctor's findings about a person who signs in.

Consent, second factor and role, over HTTP.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
from aiohttp import web

from bot.cli.terminal_sign_in import signed_in
from bot.domain.conversation import Caller
from bot.settings import Settings
from bot.simulator.access_tokens import SimulatedUserTokens
from bot.simulator.entra import SignInConditions
from bot.simulator.partner_center import FAULTS, JOURNAL
from bot.simulator.partner_center.faults.fault_types import Challenge, Fail, IgnoreMfa, Refuse, Slow

ADA = Caller("5c0ffee0-0000-4000-8000-000000000001", "5c0ffee0-0000-4000-8000-00000000000a", "Ada Agent")
CHALLENGE = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'
NAMES = ("sign-in and consent", "second factor", "role")


def states(found: Any) -> tuple[str, ...]:
    return tuple(found[name].state.value for name in NAMES)


def device(clinic: Any) -> Callable[[Settings], Any]:
    """Sign in with a device code, as the command line does."""
    return lambda settings: partial(signed_in, settings, session=clinic.transport)


def holding(clinic: Any, **options: Any) -> Callable[[Settings], Any]:
    """Return a person who has signed in already, with a token made from `options`."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Any]:
        yield SimulatedUserTokens(clinic.entra.authority, **options), ADA

    return lambda _: opened


async def code(capsys: Any) -> tuple[str, str]:
    """Read the printed address and code."""
    shown = ""
    while not (found := re.search(r"open (\S+) and type (\S+) within", shown)):
        await asyncio.sleep(0.02)
        shown += capsys.readouterr().err
    return found[1], found[2]


async def signing(clinic: Any, browser: Any, capsys: Any, *press: str) -> Any:
    examining = asyncio.create_task(clinic.examine(device(clinic)))
    url, typed = await code(capsys)
    await browser.open(url)
    for button in ("Next", *press):
        await browser.press(button, code=typed)
    return await examining


async def test_no_finding_fails_when_the_person_may_read_the_report(clinic: Any, browser: Any, capsys: Any) -> None:
    found = await signing(clinic, browser, capsys, "Continue as Ada Agent")
    assert states(found) == ("ok", "ok", "ok")
    assert "Ada Agent" in found["sign-in and consent"].what
    asked = list(clinic.partner_center[JOURNAL])[-1]
    assert ("top", "1") in asked.params


@pytest.mark.parametrize("conditions", [SignInConditions(consented=False), SignInConditions(admin_consent=True)])
async def test_missing_consent_is_reported_with_the_page_that_grants_it(
    clinic: Any, browser: Any, capsys: Any, conditions: Any
) -> None:
    clinic.entra.directory.add(clinic.ada, conditions)
    found = await signing(clinic, browser, capsys, "Continue as Ada Agent")
    assert states(found) == ("failed", "skipped", "skipped")
    consent = found["sign-in and consent"]
    assert "AADSTS65001" in consent.what
    tenant, app = (clinic.environ[f"USAGEBOT_{name}"] for name in ("APP_TENANT_ID", "APP_ID"))
    assert f"{clinic.entra.url}/{tenant}/adminconsent?client_id={app} " in consent.mend


@pytest.mark.parametrize(
    ("conditions", "what"),
    [
        (SignInConditions(blocked=True), "does not let this person in (AADSTS53003)"),
        (SignInConditions(claims=CHALLENGE), "requires more from this person"),
        (SignInConditions(down=True), "gave no answer"),
    ],
)
async def test_other_refusals_of_entra_are_reported(
    clinic: Any, browser: Any, capsys: Any, conditions: Any, what: str
) -> None:
    clinic.entra.directory.add(clinic.ada, conditions)
    found = await signing(clinic, browser, capsys, "Continue as Ada Agent")
    assert states(found) == ("failed", "skipped", "skipped")
    assert what in found["sign-in and consent"].what


async def test_declined_sign_in_is_reported(clinic: Any, browser: Any, capsys: Any) -> None:
    found = await signing(clinic, browser, capsys, "Cancel")
    assert states(found) == ("failed", "skipped", "skipped")
    assert "was not finished" in found["sign-in and consent"].what
    assert "adminconsent" in found["sign-in and consent"].mend


async def test_factor_that_does_not_reach_the_token_is_reported_as_on_the_card(
    clinic: Any, browser: Any, capsys: Any
) -> None:
    clinic.entra.directory.add(clinic.ada, SignInConditions(factor_elsewhere=True))
    found = await signing(clinic, browser, capsys, "Continue as Ada Agent", "Approve the sign-in")
    assert states(found) == ("ok", "failed", "skipped")
    factor = found["second factor"]
    asked = list(clinic.partner_center[JOURNAL])[-1]
    assert factor.what.startswith("it does not reach Partner Center (401 900421, correlation id ")
    identity = factor.what.rpartition(" ")[2].removesuffix(")")
    assert "Signing in again does not help" in factor.mend
    assert "Entra administrator" in factor.mend
    assert "To forward: Hello, Partner Center's license report refuses me" in factor.mend
    assert "(amr without mfa, 401 900421)" in factor.mend
    assert factor.mend.endswith(identity)
    assert identity in str(asked)


@pytest.mark.parametrize(("press", "state"), [("Set up a second factor", "ok"), ("Cancel", "skipped")])
async def test_person_without_a_factor_is_led_to_set_one_up(
    clinic: Any, browser: Any, capsys: Any, press: str, state: str
) -> None:
    clinic.entra.directory.add(clinic.ada, SignInConditions(mfa_done=False, factor_registered=False))
    found = await signing(clinic, browser, capsys, "Continue as Ada Agent", press)
    assert found["second factor"].state == state
    assert "does not reach" not in found["second factor"].what
    consent = found["sign-in and consent"]
    assert (consent.state == "ok") or "asks for a second factor, set one up there" in consent.mend


async def test_claims_challenge_of_partner_center_is_no_lost_factor(clinic: Any, browser: Any, capsys: Any) -> None:
    clinic.fail(Challenge(claims=CHALLENGE, after=1, times=None))
    found = await signing(clinic, browser, capsys, "Continue as Ada Agent")
    assert found["second factor"].state == "failed"
    assert "requires something else of the sign-in" in found["second factor"].what


async def test_registration_without_device_codes_is_reported_with_remedy(clinic: Any) -> None:
    clinic.entra.register(clinic.environ["USAGEBOT_APP_ID"], clinic.environ["USAGEBOT_APP_PASSWORD"])
    found = (await clinic.examine(device(clinic)))["sign-in and consent"]
    assert found.state == "failed"
    assert "Allow public client flows" in found.mend


async def test_no_sign_in_is_requested_when_it_could_not_work(clinic: Any, capsys: Any) -> None:
    found = await clinic.examine(device(clinic), app_tenant_id="5c0ffee0-0000-4000-8000-000000000002")
    assert {found[name].because for name in NAMES} == {"Entra"}
    found = await clinic.examine(device(clinic), partner_center_url="http://127.0.0.1:9")
    assert {found[name].because for name in NAMES} == {"Partner Center"}
    assert "To sign in" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "what", "mend"),
    [
        (Refuse(status=403, code="900150"), "role does not allow the report (403 900150", "Sales agent"),
        (Refuse(status=403, code="900308"), "role does not allow the report (403 900308", "Admin agent"),
        (Refuse(status=403, code="900309"), "Conditional Access", "sign-in log"),
        (Refuse(status=403, code="900329"), "an application's", "USAGEBOT_ACCESS_TOKEN"),
        (Refuse(status=403, code="2032"), "does not say why (403 2032", "tenant of the Partner Center account"),
        (Refuse(status=403, body="empty"), "does not say why (403,", "tenant of the Partner Center account"),
        (Refuse(status=401, code="900420", times=2), "for another API", "user_impersonation"),
        (Refuse(status=401, code="400", times=2), "does not take the token", "user_impersonation"),
        (Refuse(status=404, code="1000"), "not at this address", "USAGEBOT_PARTNER_CENTER_PREFIX"),
        (Fail(status=503, retry_after=60), "did not answer (ServiceDown)", "Try again"),
    ],
)
async def test_every_refusal_of_the_report_has_its_own_finding(clinic: Any, fault: Any, what: str, mend: str) -> None:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Any]:
        clinic.fail(fault)  # the request without a token was answered before
        yield SimulatedUserTokens(clinic.entra.authority), ADA

    found = await clinic.examine(lambda _: opened)
    assert found["role"].state == "failed"
    assert what in found["role"].what
    assert "correlation id" in found["role"].what
    assert mend in found["role"].mend


async def test_role_without_access_is_reported_with_those_that_have_it(clinic: Any) -> None:
    found = await clinic.examine(holding(clinic, roles=("BillingAdmins",)))
    assert found["role"].state == "failed"
    assert "Admin agent, Sales agent or Helpdesk agent" in found["role"].mend


async def test_missing_second_factor_is_a_warning_until_it_is_refused(clinic: Any) -> None:
    clinic.fail(IgnoreMfa(times=None))
    found = await clinic.examine(holding(clinic, mfa=False))
    assert states(found) == ("ok", "warning", "ok")
    clinic.partner_center[FAULTS].clear()
    found = await clinic.examine(holding(clinic, mfa=False))
    assert states(found) == ("ok", "failed", "skipped")
    assert "900421" in found["second factor"].what


async def test_second_factor_is_a_warning_when_it_is_not_reported(clinic: Any, serve: Any) -> None:
    async def answer(request: web.Request) -> web.Response:
        known = "Authorization" in request.headers
        return web.Response(status=200 if known else 401, body=b'{"Value": [], "TotalCount": 0}')

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    found = await clinic.examine(holding(clinic), partner_center_url=await serve(app))
    assert states(found) == ("ok", "warning", "ok")


async def test_report_that_does_not_answer_is_abandoned(clinic: Any) -> None:
    clinic.fail(Slow(seconds=30, after=1, times=None))
    clinic.seconds = 2.0
    found = await clinic.examine(holding(clinic))
    assert found["role"].state == "failed"
    assert "did not answer (Deadline)" in found["role"].what


async def test_token_in_the_settings_is_checked_without_entra(clinic: Any) -> None:
    token = clinic.entra.authority.issue(ADA)
    down = "http://127.0.0.1:9"
    found = await clinic.examine(device(clinic), access_token=token, login_url=down)
    assert states(found) == ("ok", "ok", "ok")
    assert token not in found.text
    refused = await clinic.examine(device(clinic), access_token="no token\u00e9", login_url=down)
    assert states(refused)[2] == "failed"
