"""Each demand of Partner Center leads to the page, and none to endless sign-ins."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.teams_people import group
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Challenge
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
    """Return True if a card says that another sign-in does not help."""
    return "does not help" in json.dumps([each.activity for each in posted])


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
    said = await stage.quiet()
    assert told(said)
    assert cards(said) == []


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
