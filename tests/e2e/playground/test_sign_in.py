"""Tests of the demo's sign-in in a real browser: card, page, and answer.

The answer arrives without another message.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.e2e.playground.conftest import any_port

QUESTION = "usage for TEST COMPANY on Exchange"
ANSWER = "0 active of 1 qualified"
ASKED_TO_SIGN_IN = "you need to sign in once"

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def opened(open_kept_chat: Any, fork_kept: Any) -> AsyncIterator[Any]:
    """Yield the personal chat of a demo."""
    demo = fork_kept("--client-port", str(any_port()))
    yield await open_kept_chat(await asyncio.to_thread(demo.url))
    assert await asyncio.to_thread(demo.stop) == 0
    told = next(line for line in demo.lines if "sign in" in line)
    assert told == "The first question asks you to sign in, on a simulated page: continue as Alex Wilber."


@pytest_asyncio.fixture(loop_scope="session")
async def chat(opened: Any) -> AsyncIterator[Any]:
    """Yield the personal chat of a person who is not signed in.

    Neither to the bot nor in the browser.
    """
    yield opened
    await opened.page.context.clear_cookies()
    await opened.go("Personal Chat")
    await opened.say("sign out")


async def fits(page: Page) -> bool:
    """Return True if nothing is wider than the window."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


async def test_first_question_is_answered_after_the_sign_in(chat: Any) -> None:
    card = await chat.say(QUESTION)
    await expect(card).to_contain_text(ASKED_TO_SIGN_IN)
    await chat.picture("sign-in", card)
    await chat.sign_in()
    await expect(chat.cards.last).to_contain_text(ANSWER)
    await chat.picture("signed-in", chat.cards.last)
    await expect(await chat.say("who am I")).to_contain_text("You are signed in as Alex Wilber")
    await expect(await chat.say(QUESTION)).to_contain_text(ANSWER)


async def test_the_page_closes_itself_and_the_question_is_not_asked_twice(chat: Any) -> None:
    card = await chat.say(QUESTION)
    await expect(card).to_contain_text(QUESTION)
    page = await chat.begin_sign_in(closes=True)
    async with page.expect_event("close"):
        await page.get_by_role("button", name="Continue as Alex Wilber").click()
    await expect(chat.cards.last).to_contain_text(ANSWER)


async def test_after_signing_out_the_next_question_asks_again(chat: Any) -> None:
    await chat.say("sign in")
    await chat.sign_in()
    await expect(chat.cards.last).to_contain_text("You are signed in")
    await expect(await chat.say("sign out")).to_contain_text("You are signed out")
    await expect(await chat.say("who am I")).to_contain_text("You are not signed in")
    await expect(await chat.say(QUESTION)).to_contain_text(ASKED_TO_SIGN_IN)
    await chat.sign_in()
    await expect(chat.cards.last).to_contain_text(ANSWER)


@pytest.mark.parametrize("place", ["License renewals", "Licenses"], ids=["group", "channel"])
async def test_sign_in_of_a_group_is_one_press_and_answered_there(chat: Any, place: str) -> None:
    """The Playground has no messages for one person: it shows them to all."""
    await chat.go(place)
    before = await chat.cards.count()
    await chat.write(QUESTION, to="License usage")
    await expect(chat.cards.filter(has_text=ASKED_TO_SIGN_IN)).to_have_count(1)
    await chat.sign_in()
    await expect(chat.cards.filter(has_text=ANSWER)).to_have_count(1)
    await expect(chat.cards).to_have_count(before + 3)  # the notice of who can read it, the invitation, the answer
    await chat.picture(f"sign-in-{place}", chat.cards.filter(has_text=ANSWER))


async def test_other_account_is_refused_on_the_page_and_in_the_chat(chat: Any) -> None:
    await chat.say(QUESTION)
    page = await chat.begin_sign_in()
    await page.get_by_role("button", name="Continue as Megan Bowen").click()
    await expect(page.get_by_role("heading")).to_have_text("You used another account")
    await expect(chat.cards.last).to_contain_text("Megan Bowen")
    await expect(await chat.say("who am I")).to_contain_text("You are not signed in")


async def test_sign_in_pages_fit_a_phone_and_load_no_other_origin(chat: Any) -> None:
    await chat.say(QUESTION)
    page = await chat.begin_sign_in(width=320)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    assert await fits(page)
    await chat.picture("account", page=page)
    await page.reload()
    await page.get_by_role("button", name="Continue as Alex Wilber").click()
    await expect(page.get_by_role("heading")).to_have_text("You are signed in")
    assert await fits(page)
    await chat.picture("done", page=page)
    assert len(asked) >= 3
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
