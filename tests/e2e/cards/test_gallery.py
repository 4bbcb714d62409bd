"""The gallery: every card in every language, width and theme.

They are measured as the browser draws them.
"""

from itertools import product
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from bot.gallery.gallery_page import THEMES, WIDTHS, gallery_page
from bot.gallery.samples.samples import SAMPLES
from tests.e2e.cards.conftest import LOCALES

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# The whole page once; the theme and the width change only what test_no_card_has_a_fault measures, and the choices.
# A row's name has its first text, which is measured too, but not its bar and figures as they are drawn.
SERIOUS = """async (where) => (await axe.run(where, {
        resultTypes: ["violations"], rules: { "label-content-name-mismatch": { enabled: false } } })).violations
    .filter(each => ["serious", "critical"].includes(each.impact))
    .map(each => [each.id, each.nodes.length, each.nodes[0].html.slice(0, 200), each.nodes[0].failureSummary])"""


@pytest.mark.parametrize(("locale", "width", "theme"), list(product(LOCALES, WIDTHS, THEMES)))
async def test_no_card_has_a_fault(locale: str, width: int, theme: str, gallery: Page) -> None:
    wanted = {"locale": locale, "width": str(width), "theme": theme}
    assert await gallery.evaluate("wanted => show(wanted)", wanted) == {}
    assert await gallery.locator(".place > *").count() == len(SAMPLES)
    assert await gallery.evaluate("faults()") == {}


@pytest.mark.parametrize(("theme", "where"), [("light", "html"), ("dark", "header"), ("contrast", "header")])
async def test_axe_finds_nothing_serious_on_page_and_cards(theme: str, where: str, gallery: Page) -> None:
    await gallery.evaluate("wanted => show(wanted)", {"locale": "en", "width": "320", "theme": theme})
    assert await gallery.evaluate(SERIOUS, where) == []


async def test_keyboard_changes_how_the_cards_are_drawn(chromium: Browser, tmp_path: Path) -> None:
    """Open the page as a person does: from a file, at the width of a phone."""
    (tmp_path / "gallery.html").write_text(gallery_page(LOCALES, ("usage_one",)), encoding="utf-8")
    page = await chromium.new_page(viewport={"width": 320, "height": 800})
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text))
    page.on("pageerror", lambda error: blocked.append(str(error)))
    await page.goto((tmp_path / "gallery.html").as_uri())
    for key in ("Tab", "Tab", "ArrowDown", "Tab", "ArrowDown", "Tab", "ArrowDown"):
        await page.keyboard.press(key)
    status = await page.get_by_role("status").inner_text()
    assert status == "1 cards: English, 800 px, a desktop, Dark."
    assert await page.locator(".place").evaluate("place => place.clientWidth") == 784
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert blocked == []
    await page.close()
