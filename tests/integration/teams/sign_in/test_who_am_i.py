"""`who am I` shows what Partner Center accepts; `sign in` adds a second factor.

Everything over HTTP.
"""

import time
from typing import Any

import pytest

from bot.simulator.connector import ADA
from bot.simulator.connector.teams_people import group
from bot.simulator.entra import User
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Fail, IgnoreMfa, NoBom, Refuse, Reset, Throttle

ACCEPTED = "role in Partner Center is accepted"
REFUSED = "does not show you the usage report"
UNKNOWN = "could not find out"


async def who_am_i(stage: Any, *faults: Any) -> str:
    """Return the text of the card."""
    stage.partner_center[FAULTS].add(*faults)
    await stage.say("who am I?")
    shown = await stage.heard()
    stage.partner_center[FAULTS].clear()
    return str(shown.card)


async def test_card_shows_accepted_role_and_second_factor(stage: Any) -> None:
    await stage.signed_in()
    before = len(stage.usage_requests())
    shown = await who_am_i(stage)
    assert ACCEPTED in shown
    assert "recognized one" in shown
    (asked,) = stage.usage_requests()[before:]
    assert asked.params == (("top", "1"),)
    assert asked.headers["ValidateMfa"] == "true"


async def test_second_factor_can_be_added_when_it_is_missing(stage: Any, read: Any, browser: Any) -> None:
    stage.entra.standing(stage.users[ADA.name]).mfa_done = False
    await stage.signed_in()
    shown = await who_am_i(stage, IgnoreMfa(times=None))
    assert ACCEPTED in shown
    assert "factor: none" in shown
    await stage.say("sign in")
    card = await stage.offered()
    assert "second" in card["text"]
    assert (await stage.exchange(card)).status == 412  # a silent exchange would bring the same token
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Approve the sign-in")
    await browser.follow()
    assert "recognized one" in str((await stage.heard()).card)
    await stage.say("sign in")  # now nothing is missing any more
    assert "signed in as Ada Agent" in read[1](await stage.heard())
    assert await stage.quiet() == []


async def test_first_sign_in_asks_for_nothing_more(stage: Any, read: Any) -> None:
    await stage.signed_in()
    assert await stage.quiet() == []


async def test_card_names_the_roles_needed_when_the_role_may_not_read(stage: Any) -> None:
    stage.entra.directory.add(User(ADA.name, ADA.tenant_id, ADA.object_id, roles=("BillingAdmins",)))
    await stage.signed_in()
    shown = await who_am_i(stage)
    assert REFUSED in shown
    assert "Admin agent, Sales agent or Helpdesk agent" in shown
    assert "For support: " in shown


@pytest.mark.parametrize(
    ("fault", "state", "why"),
    [
        (Refuse(status=403, code="900308"), REFUSED, "Sales agent"),
        (Refuse(status=403, code="900309"), REFUSED, "sign-in rule"),
        (Refuse(status=403, code="900329"), REFUSED, "people only"),
        (Refuse(status=403, code="2032"), REFUSED, "administrator for access"),
        (Refuse(status=401, code="900420", times=None), REFUSED, "did not accept your sign-in"),
        (NoBom(), REFUSED, "second sign-in factor"),  # nothing but the session's lack of one
        (Refuse(status=404, code="1000"), UNKNOWN, "older report"),
        (Throttle(retry_after=600), UNKNOWN, "Try again in 10 minutes"),
        (Fail(status=503, retry_after=600), UNKNOWN, "cannot be reached"),
    ],
)
async def test_card_shows_reason_and_next_step_when_the_report_is_refused(
    stage: Any, fault: Any, state: str, why: str
) -> None:
    stage.entra.standing(stage.users[ADA.name]).mfa_done = False
    await stage.signed_in()
    shown = await who_am_i(stage, fault)
    assert "signed in as Ada Agent" in shown
    assert state in shown
    assert why in shown
    assert ACCEPTED not in shown


async def test_request_is_repeated_when_the_connection_is_lost(stage: Any) -> None:
    await stage.signed_in()
    assert ACCEPTED in await who_am_i(stage, Reset())


async def test_new_role_is_seen_at_once(stage: Any) -> None:
    await stage.signed_in()
    assert REFUSED in await who_am_i(stage, Refuse(status=403, code="900150"))
    assert ACCEPTED in await who_am_i(stage)


async def test_person_is_asked_to_sign_in_when_the_sign_in_was_revoked(stage: Any, read: Any) -> None:
    await stage.signed_in()
    stage.entra.standing(stage.users[ADA.name]).valid_from = time.time() + 1
    stage.partner_center[FAULTS].add(Refuse(status=401, code="400"))
    await stage.say("who am i")
    card = await stage.offered()
    stage.entra.standing(stage.users[ADA.name]).valid_from = 0.0
    stage.partner_center[FAULTS].clear()
    assert (await stage.exchange(card)).status == 200
    assert "signed in as Ada Agent" in read[1](await stage.heard())


async def test_card_still_shows_the_account_when_entra_is_down(stage: Any) -> None:
    await stage.signed_in()
    stage.entra.standing(stage.users[ADA.name]).down = True
    shown = await who_am_i(stage, Refuse(status=401, code="400"))
    assert "signed in as Ada Agent" in shown
    assert UNKNOWN in shown
    assert "sign-in service is not working" in shown


async def test_no_request_is_sent_when_the_person_is_not_signed_in(stage: Any, read: Any) -> None:
    await stage.say("who am i")
    assert "no sign-in of yours" in read[1](await stage.heard())
    assert stage.usage_requests() == []


async def test_card_of_every_outcome_is_valid_in_teams(stage: Any, valid_card: Any) -> None:
    stage.entra.standing(stage.users[ADA.name]).mfa_done = False  # without a fault this is refused
    await stage.signed_in()
    for fault in (NoBom(), IgnoreMfa(), Refuse(status=403, code="900150"), Throttle(retry_after=600)):
        stage.partner_center[FAULTS].add(fault)
        await stage.say("who am i", ADA)
        valid_card((await stage.heard()).card)
        stage.partner_center[FAULTS].clear()
    await stage.say("who am i", ADA, group(ADA))
    for each in await stage.quiet():
        valid_card(each.card)
