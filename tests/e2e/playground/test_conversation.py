"""Tests of questions in a real client: a typed sentence, its card, its buttons."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.e2e.playground.wide_parts import wide_parts

SENTENCE = "usage for TEST COMPANY on Exchange"

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def chats() -> dict[int, Any]:
    """Return the open chats by the width of their window."""
    return {}


@pytest_asyncio.fixture(loop_scope="session", params=[1280, 390, 320], ids=lambda width: f"{width}px")
async def chat(
    request: pytest.FixtureRequest, chats: dict[int, Any], open_kept_chat: Any, playground_url: str
) -> AsyncIterator[Any]:
    """Yield the personal chat of a signed-in person, in a window of this width."""
    if request.param not in chats:
        opened = chats[request.param] = await open_kept_chat(playground_url, request.param)
        if "You are signed in" not in await (await opened.say("who am I")).inner_text():
            await opened.say("sign in")
            await opened.sign_in()
            await expect(opened.cards.last).to_contain_text("You are signed in as Alex Wilber")
    yield chats[request.param]


async def rows(card: Locator) -> int:
    """Return up to which row a card shows its list."""
    found = re.search(r"(\d+) of 40 shown", await card.inner_text())
    assert found is not None
    return int(found[1])


async def test_typed_sentence_is_answered_with_the_documented_figures(chat: Any) -> None:
    card = await chat.say(SENTENCE)
    await expect(card).to_contain_text("TEST COMPANY")
    await expect(card).to_contain_text("Exchange")
    await expect(card).to_contain_text("EXCHANGE ONLINE PROTECTION")
    await expect(card).to_contain_text(re.compile(r"(?<!\d)0 active of 1 qualified"))
    await expect(card).to_contain_text("0%")
    await expect(card).to_contain_text("October 14, 2018")
    await chat.picture("answer", card)


async def test_the_next_rows_of_a_long_answer_are_shown_in_its_place(chat: Any) -> None:
    card = await chat.say("usage by customer")
    cards, end = await chat.cards.count(), await rows(card)
    await chat.picture("long", card)
    while end < 40:
        await card.get_by_role("button", name=re.compile("^Next")).click()
        await expect(card).to_contain_text(re.compile(rf"(?<!\d){end + 1} to \d+ of 40 shown"))
        end = await rows(card)
        await chat.picture("longer", card)
    assert end == 40
    assert await chat.cards.count() == cards


async def test_sentence_is_answered_with_an_example_when_not_understood(chat: Any) -> None:
    card = await chat.say("usage for TEST COMPANY on on Exchange below lots")
    ask = card.get_by_role("button", name="Ask: ")
    await expect(ask.first).to_be_visible()
    await chat.picture("not-understood", card)


async def test_answer_is_not_cut_off_or_wider_than_the_window(chat: Any) -> None:
    card = await chat.say("usage by customer")
    assert await wide_parts(card) == []
    box = await card.bounding_box()
    assert box is not None
    assert chat.page.viewport_size is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= chat.page.viewport_size["width"]
