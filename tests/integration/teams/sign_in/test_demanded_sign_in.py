"""What Partner Center demands of a sign-in is met by one that carries it."""

import json
import time
from typing import Any

import pytest

from bot.app.web_app import IDENTITY
from bot.domain.conversation import Caller
from bot.simulator.connector import ADA
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Challenge

QUESTION = "usage for TEST COMPANY on Exchange"


async def signs_in(stage: Any, browser: Any, link: str = "") -> None:
    """Finish the sign-in of the link, or of the card that was just offered."""
    await browser.open(link or (await stage.offered())["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    assert (await browser.follow()).status == 200


@pytest.mark.parametrize("status", [401, 403])
async def test_claims_challenge_leads_to_one_sign_in_that_carries_its_claims(
    stage: Any, read: Any, browser: Any, status: int
) -> None:
    await stage.signed_in()
    stage.partner_center[FAULTS].add(Challenge(status=status, times=1))
    await stage.say(QUESTION)
    await signs_in(stage, browser)  # these claims demand none
    assert "TEST COMPANY" in read[1](await stage.heard())


@pytest.mark.parametrize("status", [401, 403])
async def test_every_question_that_waits_for_a_demanded_sign_in_is_answered(
    stage: Any, read: Any, browser: Any, status: int
) -> None:
    await stage.signed_in()
    stage.partner_center[FAULTS].add(Challenge(status=status, times=None))
    first = await stage.say(QUESTION)
    await stage.offered()
    second = await stage.say("usage on Exchange")
    card = (await stage.offered())["buttons"][0]["value"]
    stage.partner_center[FAULTS].clear()
    await signs_in(stage, browser, card)
    answers = await stage.quiet()
    assert {each.reply_to for each in answers} == {first.activity["id"], second.activity["id"]}
    assert len(answers) == 2
    assert all("Exchange" in read[1](each) for each in answers)


async def test_sign_in_that_is_typed_after_a_challenge_carries_its_claims(stage: Any, read: Any, browser: Any) -> None:
    await stage.signed_in()
    stage.partner_center[FAULTS].add(Challenge(times=1))
    asked = await stage.say(QUESTION)
    await stage.offered()
    await stage.say("sign in")
    await signs_in(stage, browser)
    answers = {each.reply_to: read[1](each) for each in await stage.quiet()}
    assert "TEST COMPANY" in answers.pop(asked.activity["id"])
    assert ["signed in as Ada Agent" in each for each in answers.values()] == [True]
    (kept,) = [await stage.bot.app[IDENTITY].signed_in(Caller(ADA.tenant_id, ADA.object_id, ADA.name))]
    assert kept.demanded == Challenge().claims


@pytest.mark.parametrize("status", [401, 403])
async def test_a_challenge_that_is_repeated_right_away_is_told_as_it_is(stage: Any, browser: Any, status: int) -> None:
    await stage.signed_in()
    stage.partner_center[FAULTS].add(Challenge(status=status, times=None))
    await stage.say(QUESTION)
    await signs_in(stage, browser)
    for _ in range(2):
        told = json.dumps((await stage.heard()).activity)
        assert "still refuses this sign-in: it asks for acrs=c1" in told
        assert f"({status} InsufficientClaims) and demands acrs=c1" in told
        assert "factor" not in told
        assert await stage.quiet() == []
        await stage.say("usage on SharePoint")


@pytest.mark.parametrize(("claims", "minutes"), [("c1", 6), ("c2", 0)])
async def test_another_demand_or_a_later_one_leads_to_another_sign_in(
    stage: Any, read: Any, browser: Any, claims: str, minutes: int
) -> None:
    await stage.signed_in()
    stage.partner_center[FAULTS].add(Challenge(times=1))
    await stage.say(QUESTION)
    await signs_in(stage, browser)
    await stage.heard()
    stage.bot.app[IDENTITY].tokens._clock = lambda: time.time() + 60 * minutes
    stage.partner_center[FAULTS].add(Challenge(times=1, claims=Challenge().claims.replace("c1", claims)))
    await stage.say(QUESTION)
    await signs_in(stage, browser)
    assert "TEST COMPANY" in read[1](await stage.heard())


async def test_challenge_is_not_met_by_a_silent_sign_in(stage: Any, read: Any) -> None:
    """A silent exchange carries no claims: it would be refused again and again."""
    await stage.signed_in()
    stage.partner_center[FAULTS].add(Challenge(times=None))
    await stage.say(QUESTION)
    assert (await stage.exchange(await stage.offered())).status == 412
    assert await stage.quiet() == []
