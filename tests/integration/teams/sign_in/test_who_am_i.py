"""`who am I` tells what Partner Center says of the person, and `sign in` adds a second factor; over HTTP."""

import time
from typing import Any

import pytest

from bot.simulator.connector import ADA
from bot.simulator.connector.teams_people import group
from bot.simulator.entra import User
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Fail, Refuse, RequireMfa, Reset, Throttle

ACCEPTED = "role in Partner Center is accepted"
REFUSED = "does not show you the usage report"
UNKNOWN = "could not find out"


async def who_am_i(stage: Any, *faults: Any) -> str:
    """The text of the card."""
    stage.partner_center[FAULTS].add(*faults)
    await stage.say("who am I?")
    told = await stage.heard()
    stage.partner_center[FAULTS].clear()
    return str(told.card)


async def test_the_role_is_accepted_and_the_second_factor_told_as_partner_center_says(stage: Any) -> None:
    stage.entra.standing(stage.users[ADA.name]).mfa_done = True
    await stage.signed_in()
    before = len(stage.usage_requests())
    told = await who_am_i(stage)
    assert ACCEPTED in told
    assert "recognized one" in told
    (asked,) = stage.usage_requests()[before:]
    assert asked.params == (("top", "1"),)
    assert asked.headers["ValidateMfa"] == "true"


async def test_a_sign_in_without_a_second_factor_is_told_with_the_way_to_add_one(
    stage: Any, read: Any, browser: Any
) -> None:
    await stage.signed_in()
    told = await who_am_i(stage)
    assert ACCEPTED in told
    assert "factor: none" in told
    await stage.say("sign in")
    card = await stage.offered()
    assert "second" in card["text"]
    assert (await stage.exchange(card)).status == 412  # silently the same token would come
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Approve the sign-in")
    await browser.follow()
    assert "recognized one" in str((await stage.heard()).card)
    await stage.say("sign in")  # and now there is nothing left to add
    assert "signed in as Ada Agent" in read[1](await stage.heard())
    assert await stage.quiet() == []


async def test_a_first_sign_in_ends_with_what_came_of_it_and_asks_for_nothing_more(stage: Any, read: Any) -> None:
    await stage.signed_in()
    assert await stage.quiet() == []


async def test_a_role_that_may_not_read_is_told_with_those_that_may(stage: Any) -> None:
    stage.entra.directory.add(User(ADA.name, ADA.tenant_id, ADA.object_id, roles=("BillingAdmins",)))
    await stage.signed_in()
    told = await who_am_i(stage)
    assert REFUSED in told
    assert "Admin agent, Sales agent or Helpdesk agent" in told
    assert "For support: " in told


@pytest.mark.parametrize(
    ("fault", "state", "why"),
    [
        (Refuse(status=403, code="900308"), REFUSED, "Sales agent"),
        (Refuse(status=403, code="900309"), REFUSED, "sign-in rule"),
        (Refuse(status=403, code="900329"), REFUSED, "people only"),
        (Refuse(status=403, code="2032"), REFUSED, "administrator for access"),
        (Refuse(status=401, code="900420", times=None), REFUSED, "did not accept your sign-in"),
        (RequireMfa(times=None), REFUSED, "second sign-in factor"),
        (Refuse(status=404, code="1000"), UNKNOWN, "older report"),
        (Throttle(retry_after=600), UNKNOWN, "Try again in 10 minutes"),
        (Fail(status=503, retry_after=600), UNKNOWN, "cannot be reached"),
    ],
)
async def test_what_keeps_the_report_from_being_shown_is_told_with_the_next_step(
    stage: Any, fault: Any, state: str, why: str
) -> None:
    await stage.signed_in()
    told = await who_am_i(stage, fault)
    assert "signed in as Ada Agent" in told
    assert state in told
    assert why in told
    assert ACCEPTED not in told


async def test_a_lost_connection_is_asked_again(stage: Any) -> None:
    await stage.signed_in()
    assert ACCEPTED in await who_am_i(stage, Reset())


async def test_a_role_given_a_moment_ago_is_seen_at_once(stage: Any) -> None:
    await stage.signed_in()
    assert REFUSED in await who_am_i(stage, Refuse(status=403, code="900150"))
    assert ACCEPTED in await who_am_i(stage)


async def test_a_sign_in_that_was_revoked_is_not_called_one(stage: Any, read: Any) -> None:
    await stage.signed_in()
    stage.entra.standing(stage.users[ADA.name]).valid_from = time.time() + 1
    stage.partner_center[FAULTS].add(Refuse(status=401, code="400"))
    await stage.say("who am i")
    card = await stage.offered()
    stage.entra.standing(stage.users[ADA.name]).valid_from = 0.0
    stage.partner_center[FAULTS].clear()
    assert (await stage.exchange(card)).status == 200
    assert "signed in as Ada Agent" in read[1](await stage.heard())


async def test_entra_down_leaves_the_account_told(stage: Any) -> None:
    await stage.signed_in()
    stage.entra.standing(stage.users[ADA.name]).down = True
    told = await who_am_i(stage, Refuse(status=401, code="400"))
    assert "signed in as Ada Agent" in told
    assert UNKNOWN in told
    assert "sign-in service is not working" in told


async def test_who_is_not_signed_in_costs_partner_center_nothing(stage: Any, read: Any) -> None:
    await stage.say("who am i")
    assert "no sign-in of yours" in read[1](await stage.heard())
    assert stage.usage_requests() == []


async def test_the_card_of_every_outcome_is_one_that_teams_shows(stage: Any, valid_card: Any) -> None:
    await stage.signed_in()
    for fault in (RequireMfa(), Refuse(status=403, code="900150"), Throttle(retry_after=600)):
        stage.partner_center[FAULTS].add(fault)
        await stage.say("who am i", ADA)
        valid_card((await stage.heard()).card)
        stage.partner_center[FAULTS].clear()
    await stage.say("who am i", ADA, group(ADA))
    for each in await stage.quiet():
        valid_card(each.card)
