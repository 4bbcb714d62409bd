"""Draw cards with Microsoft's own renderer in Chromium, and save the pictures."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from tests.node_packages import installed_packages

HERE = Path(__file__).parent
PICTURES = HERE.parents[2] / ".artifacts" / "cards"


class Drawn(NamedTuple):
    """A drawn card.

    The renderer's complaints, what cannot be read, all the text, and the markup.
    """

    complaints: list[str]
    unreadable: list[str]
    text: str
    markup: str


Draw = Callable[..., Awaitable[Drawn]]


@pytest.fixture(scope="session")
def scripts() -> list[Path]:
    """Return the renderer's scripts."""
    modules = installed_packages()
    return [modules / "adaptivecards/dist/adaptivecards.min.js", modules / "markdown-it/dist/markdown-it.min.js"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def screen(chromium: Browser, scripts: list[Path]) -> AsyncIterator[Page]:
    """Open a page with the renderer, without network access."""
    page = await chromium.new_page(device_scale_factor=2)
    await page.route("**/*", lambda route: route.abort())
    await page.set_content((HERE / "page.html").read_text())
    for script in (*scripts, HERE / "page.js"):
        await page.add_script_tag(content=script.read_text(encoding="utf-8"))
    yield page
    await page.close()


@pytest.fixture
def draw_on_screen(screen: Page) -> Draw:
    """Return draw_on_screen(card, name, width=…, theme=…) -> Drawn.

    It saves a picture in .artifacts/cards.
    """
    themes: dict[str, Any] = json.loads((HERE / "hosts.json").read_text())

    async def draw(card: dict[str, Any], name: str, *, width: int = 320, theme: str = "light") -> Drawn:
        await screen.set_viewport_size({"width": width, "height": 100})
        complaints = await screen.evaluate("([card, colors]) => drawCard(card, colors)", [card, themes[theme]])
        PICTURES.mkdir(parents=True, exist_ok=True)
        await screen.screenshot(path=PICTURES / f"{name}-{width}-{theme}.png", full_page=True)
        place = screen.locator("#place")
        unreadable = await screen.evaluate("unreadable()")
        return Drawn(complaints, unreadable, await place.inner_text(), await place.inner_html())

    return draw
