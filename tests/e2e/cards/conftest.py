"""The gallery in Chromium, with what measures it.

One page for all tests, without network.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.gallery.gallery_page import gallery_page
from bot.gallery.shown_samples import chosen_locales
from tests.node_packages import installed_packages

HERE = Path(__file__).parent
LOCALES = chosen_locales((), pseudo=True)


class Drawn(NamedTuple):
    """A drawn card.

    The renderer's complaints, what is wrong with it, all the text, and the markup.
    """

    complaints: list[str]
    faults: list[str]
    text: str
    markup: str


Draw = Callable[[dict[str, Any]], Awaitable[Drawn]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def gallery(chromium: Browser) -> AsyncIterator[Page]:
    """Open the gallery, with the measures and axe-core.

    A request to any host is a fault of the page. What the tests add is not subject to its policy.
    """
    context = await chromium.new_context(viewport={"width": 860, "height": 800}, bypass_csp=True)
    page = await context.new_page()
    wanted: list[str] = []
    await page.route("**/*", lambda route: (wanted.append(route.request.url), route.abort())[1])
    await page.set_content(gallery_page(LOCALES))
    await page.add_script_tag(content=(HERE / "measures.js").read_text(encoding="utf-8"))
    axe = installed_packages() / "axe-core" / "axe.min.js"
    await page.add_script_tag(content=axe.read_text(encoding="utf-8"))
    yield page
    await context.close()
    assert wanted == []


@pytest.fixture
def draw_on_screen(gallery: Page) -> Draw:
    """Return draw_on_screen(card) -> Drawn: at 320 px, in place of another card."""

    async def draw(card: dict[str, Any]) -> Drawn:
        await gallery.evaluate("show({ width: '320', theme: 'light' }, data.names.slice(0, 1))")
        place = gallery.locator(".place").first
        complaints = await place.evaluate("(place, card) => drawCard(card, data.themes.light, place)", card)
        faults = await place.evaluate("place => faultsOf(place)")
        return Drawn(complaints, faults, await place.inner_text(), await place.inner_html())

    return draw
