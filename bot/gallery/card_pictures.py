"""Pictures of the cards: the page in Chromium, one PNG for each card, language, width and theme.

Playwright is an extra of this program, and is imported when it is needed.
"""

import shutil
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.errors import GalleryError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_PLAYWRIGHT = "Pictures need Playwright, the extra `gallery`. Install it: uv sync --extra gallery"
NO_BROWSER = "Pictures need Chromium. Install it: apt-get install chromium, or playwright install chromium"
MARGIN = 40  # of the page, so that no window of a card scrolls


class Shapes(NamedTuple):
    """What is drawn: cards by name, languages, widths in pixels, and themes."""

    names: tuple[str, ...]
    locales: tuple[str, ...]
    widths: tuple[int, ...]
    themes: tuple[str, ...]


def save_pictures(page: str, folder: Path, shapes: Shapes) -> int:
    """Write NAME-LOCALE-WIDTH-THEME.png for each combination into `folder`. Returns how many.

    Raises GalleryError if Playwright or Chromium is missing.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise GalleryError(NO_PLAYWRIGHT) from None
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = _browser(playwright)
        try:
            return sum(1 for _ in _pictures(browser, page, folder, shapes))
        finally:
            browser.close()


def _pictures(browser: "Browser", page: str, folder: Path, shapes: Shapes) -> Iterable[Path]:
    """Draw and save one after the other, all in one window."""
    size = {"width": max(shapes.widths) + MARGIN, "height": 800}
    window = browser.new_page(viewport=size, device_scale_factor=2)  # type: ignore[arg-type]  # a dict is what it takes
    window.set_content(page)
    for locale, width, theme in product(shapes.locales, shapes.widths, shapes.themes):
        window.evaluate("wanted => show(wanted)", {"locale": locale, "width": str(width), "theme": theme})
        for name in shapes.names:
            path = folder / f"{name}-{locale}-{width}-{theme}.png"
            window.locator(f"#{name} .window").screenshot(path=path)
            yield path


def _browser(playwright: "Playwright") -> "Browser":
    """Start the Chromium of this machine, or Playwright's own."""
    from playwright.sync_api import Error

    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        return playwright.chromium.launch(executable_path=found)
    except Error:
        raise GalleryError(NO_BROWSER) from None
