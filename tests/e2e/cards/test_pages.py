"""The pages that a browser opens: sign-in, files, privacy, terms.

They are measured as the browser draws them at the width of a phone.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.identity.sign_in import sign_in_html
from bot.identity.sign_in.sign_in_html import SignInPage
from bot.web import legal_html
from bot.web.legal_documents import DOCUMENTS
from cards.wording.locale_words import LocaleWords, available
from tests.e2e.cards.conftest import HERE
from tests.e2e.cards.test_gallery import SERIOUS
from tests.node_packages import installed_packages

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LONGEST = "A name of a person that is as long as names of people are"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def phone(chromium: Browser) -> AsyncIterator[Page]:
    """Open an empty page of 320 px. A request to any host is a fault of the page."""
    context = await chromium.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page = await context.new_page()
    wanted: list[str] = []
    await page.route("**/*", lambda route: (wanted.append(route.request.url), route.abort())[1])
    yield page
    await context.close()
    assert wanted == []


def pages_of(words: LocaleWords) -> Iterator[tuple[str, str]]:
    """Yield (what it is, the HTML) of each page.

    First those that say how a sign-in or a download ended, then the legal ones.
    """
    for key in sorted(words.texts):
        name = key.removeprefix("page.").removesuffix(".title")
        if key != f"page.{name}.title":
            continue
        page = SignInPage(
            language=words.language,
            title=words.say(key),
            text=words.say(said if words.has(said := f"page.{name}.text") else "error.internal", name=LONGEST),
            code="AADSTS50076: 0c1f8a52-1b8e-4a53-9f5d-6b2d2a8a6d10",
            link_title=words.say("page.file.link"),
            app=words.say("page.app"),
        )
        yield name, sign_in_html.render(page)
    for document in DOCUMENTS:
        yield document.path, legal_html.render(document, words)


@pytest.mark.parametrize("locale", available())
async def test_no_page_is_cut_faint_or_wider_than_a_phone(locale: str, phone: Page) -> None:
    faults: dict[str, list[str]] = {}
    for name, html in pages_of(LocaleWords.load(locale)):
        for theme in THEMES:
            await phone.emulate_media(color_scheme=theme)
            await phone.set_content(html)
            await phone.add_script_tag(content=(HERE / "measures.js").read_text(encoding="utf-8"))
            if found := await phone.evaluate("[...unreadable(document.body), ...faint(document.body)]"):
                faults[f"{name} {theme}"] = found
            if await phone.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults[f"{name} {theme} sideways"] = []
    assert faults == {}


async def test_axe_finds_nothing_serious_on_any_page(phone: Page) -> None:
    axe = (installed_packages() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    faults = {}
    for name, html in pages_of(LocaleWords.load("en")):
        await phone.set_content(html)
        await phone.add_script_tag(content=axe)
        if found := await phone.evaluate(SERIOUS, "html"):
            faults[name] = found
    assert faults == {}
