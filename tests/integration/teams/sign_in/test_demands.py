"""Each demand of Partner Center leads to the page, and none to endless sign-ins."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.app.web_app import IDENTITY
from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.teams_people import group
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Challenge, Refuse
from tests.integration.teams.sign_in.conftest import OAUTH, Stage, sign_in_card

QUESTION = "usage for TEST COMPANY on Exchange"
GROUP = group(ADA, BEN)


def demand(stage: Stage, status: int = 401, claims: str | None = None) -> None:
    """Let Partner Center demand these claims of every token from now on."""
    faults = stage.partner_center[FAULTS]
    faults.clear()
    faults.add(Challenge(status=status, times=None, **({} if claims is None else {"claims": claims})))


def cards(posted: list[Any]) -> list[dict[str, Any]]:
    """Return the sign-in cards among the messages."""
    found = [each.activity.get("attachments") or [{}] for each in posted]
    return [
        sign_in_card(each) for each, (first, *_) in zip(posted, found, strict=True) if first.get("contentType") == OAUTH
    ]


def told(posted: list[Any]) -> bool:
    """Return True if something is said, and it is no sign-in card."""
    return bool(posted) and not cards(posted)


def buttons(card: Any) -> Iterator[dict[str, Any]]:
    """Return the buttons of a card that a person can press."""
    if isinstance(card, dict):
        if card.get("type") == "Action.Execute":
            yield card
        card = list(card.values())
    for part in card if isinstance(card, list) else ():
        yield from buttons(part)


async def page(browser: Any, card: dict[str, Any]) -> None:
    """Sign in with the button of a card, and approve if asked."""
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    if "Approve" in browser.page:
        await browser.press("Approve the sign-in")
    assert (await browser.follow()).status == 200


async def ends_on_the_page(stage: Stage, browser: Any) -> None:
    """Check that a silent exchange gets 412, and that the page is asked for once."""
    (card,) = cards(await stage.quiet())
    assert (await stage.exchange(card)).status == 412
    assert await stage.quiet() == []
    await page(browser, card)
    assert told(await stage.quiet())


@pytest.mark.parametrize("status", [401, 403])
async def test_challenge_is_never_exchanged_silently(stage: Any, browser: Any, status: int) -> None:
    await stage.signed_in()
    demand(stage, status)
    await stage.say(QUESTION)
    await ends_on_the_page(stage, browser)


async def test_challenge_in_a_group_is_never_exchanged_silently(stage: Any, browser: Any) -> None:
    stage.connector.state.join(GROUP)
    await stage.signed_in()
    demand(stage)
    await stage.say(QUESTION, ADA, GROUP)
    await ends_on_the_page(stage, browser)


async def test_challenge_of_a_pressed_button_is_never_exchanged_silently(stage: Any, browser: Any) -> None:
    await stage.signed_in()
    await stage.say(QUESTION)
    (answer,) = await stage.quiet()
    demand(stage)
    await stage.bot.client.press(next(buttons(answer.card))["data"], reply_to=answer.id)
    await ends_on_the_page(stage, browser)


def asks_for(name: str) -> str:
    """Return a claims request for one claim."""
    return f'{{"access_token":{{"{name}":{{"essential":true,"value":"c1"}}}}}}'


@pytest.mark.parametrize(
    "names", [("a", "b", "a", "b", "a", "b"), ("a", "b", "c", "d", "e", "f")], ids=("turns", "new")
)
async def test_demands_that_change_each_time_end_after_three_sign_ins(stage: Any, browser: Any, names: Any) -> None:
    await stage.signed_in()
    demand(stage, claims=asks_for("first"))
    await stage.say(QUESTION)
    asked = [await stage.quiet()]
    for name in names:
        if told(asked[-1]):
            break
        demand(stage, claims=asks_for(name))
        await page(browser, cards(asked[-1])[0])
        asked.append(await stage.quiet())
    assert [told(each) for each in asked] == [False, False, False, True]
    await stage.say(QUESTION)
    assert told(await stage.quiet())


async def test_challenge_and_second_factor_in_turn_end_after_one_sign_in_each(stage: Any, browser: Any) -> None:
    await stage.signed_in()
    stage.entra.standing(stage.users[ADA.name]).factor_elsewhere = True
    demand(stage)
    await stage.say(QUESTION)
    (card,) = cards(await stage.quiet())
    stage.partner_center[FAULTS].clear()  # what follows is the refusal of a token without a second factor
    await page(browser, card)
    (card,) = cards(await stage.quiet())
    demand(stage)
    await page(browser, card)
    assert told(await stage.quiet())


async def test_older_card_does_not_replace_a_sign_in_that_met_a_demand(stage: Any, read: Any, browser: Any) -> None:
    stage.connector.state.join(GROUP)
    stage.entra.standing(stage.users[ADA.name]).mfa_done = False
    await stage.say(QUESTION)
    (first,) = cards(await stage.quiet())
    await stage.say("usage on Teams", ADA, GROUP)
    (second,) = cards(await stage.quiet())
    assert (await stage.exchange(first)).status == 200
    await page(browser, cards(await stage.quiet())[-1])
    assert told(await stage.quiet())
    stage.entra.standing(stage.users[ADA.name]).mfa_done = False
    assert (await stage.exchange(second)).status == 200  # by another device, without a second factor
    await stage.quiet()
    await stage.say(QUESTION)
    assert "TEST COMPANY" in read[1](await stage.heard())


async def test_vain_sign_in_is_remembered_when_its_tokens_are_refused(stage: Any, browser: Any) -> None:
    standing = stage.entra.standing(stage.users[ADA.name])
    standing.factor_elsewhere, standing.valid_from = True, time.time() + 1e6  # no refresh token works
    await stage.say(QUESTION)
    assert (await stage.exchange(cards(await stage.quiet())[0])).status == 200
    await page(browser, cards(await stage.quiet())[0])
    assert told(await stage.quiet())
    await stage.say(QUESTION)
    assert (await stage.exchange(cards(await stage.quiet())[0])).status == 200
    assert told(await stage.quiet())


async def test_sign_in_is_on_the_page_when_two_silent_ones_were_lost(stage: Any) -> None:
    stage.entra.standing(stage.users[ADA.name]).valid_from = time.time() + 1e6
    stage.partner_center[FAULTS].add(Refuse(status=401, code="900427", times=None))
    statuses = []
    for _ in range(4):
        await stage.say(QUESTION)
        statuses.append((await stage.exchange(cards(await stage.quiet())[0])).status)
        await stage.quiet()
    assert statuses == [200, 200, 412, 412]


async def test_history_of_sign_ins_is_erased_when_a_person_signs_out(stage: Any) -> None:
    records = stage.bot.app[IDENTITY].waiting._records
    await stage.signed_in()
    assert await records.count("sign-ins") == 1
    await stage.say("sign out")
    await stage.quiet()
    assert await records.count("sign-ins") == 0
