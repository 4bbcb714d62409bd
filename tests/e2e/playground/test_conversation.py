"""The main job in a real client: a sentence typed into Microsoft's Playground, its card, a button pressed."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

PICTURES = Path(__file__).parents[3] / ".artifacts" / "playground"
SENTENCE = "usage for TEST COMPANY on Exchange"
# The Playground's chat is never narrower than this, nor its cards than 450 px; Teams on a phone gives a card the
# phone's width. So for the narrow windows whatever holds a card or the text box may be as narrow as the window.
PLAYGROUND_LEAST = 600
AS_NARROW_AS_A_PHONE = """
    div:has(.ac-adaptiveCard), div:has([role=textbox]) { min-width: 0 !important; max-width: 100vw !important; }
    div:has(> .ac-preview-panel) { width: auto !important; }
"""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]


@pytest_asyncio.fixture(loop_scope="session", params=[1280, 390, 320], ids=lambda width: f"{width}px")
async def page(request: pytest.FixtureRequest, chromium: Browser, playground_url: str) -> AsyncIterator[Page]:
    """The Playground in a window of that width."""
    opened = await open_chat(chromium, playground_url, request.param)
    yield opened
    await opened.close()


async def open_chat(chromium: Browser, url: str, width: int) -> Page:
    """The personal chat, connected, with the log out of the way."""
    opened = await chromium.new_page(viewport={"width": width, "height": 900})
    await opened.goto(url)
    await expect(opened.get_by_text("conversationUpdate")).to_be_visible(timeout=20_000)
    await opened.get_by_title("Hide log panel").click()
    if width < PLAYGROUND_LEAST:
        await opened.add_style_tag(content=AS_NARROW_AS_A_PHONE)
    return opened


async def say(page: Page, sentence: str) -> Locator:
    """Type it as a person would; the card that answers it."""
    before = await page.locator(".ac-adaptiveCard").count()
    await page.get_by_role("textbox").click()
    await page.keyboard.type(sentence)
    await page.keyboard.press("Enter")
    cards = page.locator(".ac-adaptiveCard")
    await expect(cards).to_have_count(before + 1, timeout=15_000)
    return cards.last


async def rows(card: Locator) -> int:
    """How many lines of figures a card has, the total's included."""
    return len(re.findall("active of", await card.inner_text()))


async def picture(page: Page, name: str, card: Locator) -> None:
    """Keep what a person sees."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    await card.scroll_into_view_if_needed()
    width = page.viewport_size["width"] if page.viewport_size else 0
    await page.screenshot(path=PICTURES / f"{name}-{width}.png")


async def test_the_welcome_offers_sentences_that_a_button_asks(chromium: Browser, start: Any, client_port: int) -> None:
    demo = start("--client-port", str(client_port))
    page = await open_chat(chromium, await asyncio.to_thread(demo.url), 1280)
    welcome = page.locator(".ac-adaptiveCard").first
    await expect(welcome).to_contain_text(SENTENCE)
    await picture(page, "welcome", welcome)
    await welcome.get_by_role("button", name="Ask").first.click()
    await expect(page.locator(".ac-adaptiveCard").last).to_contain_text("0 active of 1 qualified", timeout=15_000)
    await page.close()
    assert await asyncio.to_thread(demo.stop) == 0


async def test_a_typed_sentence_is_answered_with_0_active_of_1_qualified_for_exchange(page: Page) -> None:
    card = await say(page, SENTENCE)
    await expect(card).to_contain_text("TEST COMPANY")
    await expect(card).to_contain_text("Exchange")
    await expect(card).to_contain_text("EXCHANGE ONLINE PROTECTION")
    await expect(card).to_contain_text(re.compile(r"(?<!\d)0 active of 1 qualified"))
    await expect(card).to_contain_text("0%")
    await expect(card).to_contain_text("October 14, 2018")
    await picture(page, "answer", card)


async def test_show_more_shows_more_of_a_long_answer_in_its_place(page: Page) -> None:
    card = await say(page, "usage by customer")
    few, cards = await rows(card), await page.locator(".ac-adaptiveCard").count()
    await expect(card).to_contain_text(re.compile(rf"{few - 1} of \d+ shown"))
    await picture(page, "long", card)
    await card.get_by_role("button", name="Show more").click()
    await expect(card).not_to_contain_text(f"{few - 1} of ", timeout=15_000)
    assert await rows(card) > few
    assert await page.locator(".ac-adaptiveCard").count() == cards
    await picture(page, "longer", card)


async def test_a_sentence_nobody_understands_is_answered_with_one_that_works(page: Page) -> None:
    card = await say(page, "usage for TEST COMPANY on on Exchange below lots")
    ask = card.get_by_role("button", name="Ask")
    await expect(ask.first).to_be_visible()
    await picture(page, "not-understood", card)


async def test_nothing_in_an_answer_is_cut_off_or_wider_than_the_window(page: Page) -> None:
    card = await say(page, "usage by customer")
    wide: list[str] = await card.evaluate(
        "card => [card, ...card.querySelectorAll('*')].filter(part => part.scrollWidth > part.clientWidth + 1 "
        "&& getComputedStyle(part).display !== 'inline').map(part => part.className + ' ' + part.innerText)"
    )
    assert wide == []
    box = await card.bounding_box()
    assert box is not None
    assert page.viewport_size is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
