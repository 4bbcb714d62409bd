"""Tests of the pages that the manifest links to, as the bot for Teams serves them."""

import json
import re
from collections.abc import AsyncIterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.app.serve_app import ExternalServices, serve_app
from bot.commands.command import ForgetMe, SignOut
from bot.settings import Settings
from bot.simulator.loopback_listener import listen
from cards.wording.locale_words import LocaleWords
from tests.integration.teams.sign_in.conftest import KEY
from tests.migrated_databases import put_sqlite
from tests.typed_sentences import parse

ROOT = Path(__file__).parents[3]
PATHS = ("/", "/privacy", "/terms")
ID = "7e1a2b3c-0000-4000-8000-0000000000aa"


class Outline(HTMLParser):
    """The tags of a page in order, and their texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    put_sqlite(tmp_path / "bot.db")
    settings = Settings(
        app_id=ID, app_password="secret", app_tenant_id=ID, public_url="https://bot.example", token_keys=(KEY,),
        database=f"sqlite+aiosqlite:///{tmp_path}/bot.db",
    )  # fmt: skip
    listening = await listen(serve_app(settings, ExternalServices(digests=False)))
    yield listening.url
    await listening.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize("path", PATHS)
async def test_page_is_one_plain_document(path: str, url: str, http: aiohttp.ClientSession) -> None:
    async with http.get(url + path) as response:
        page = await response.text()
    assert (response.status, response.content_type, response.charset) == (200, "text/html", "utf-8")
    outline = Outline(page)
    assert outline.open == []
    names = [name for name, _ in outline.tags]
    assert ("html", {"lang": "en"}) in outline.tags
    assert [names.count(name) for name in ("title", "main", "h1", "nav")] == [1, 1, 1, 1]
    assert names.index("h1") < names.index("h2")
    links = [attributes for name, attributes in outline.tags if name == "a"]
    assert [each["href"] for each in links] == list(PATHS)
    assert [each["href"] for each in links if each.get("aria-current") == "page"] == [path]
    assert not {"script", "img", "iframe", "form", "link"} & set(names)
    assert "…" not in page, "a blank nobody filled"


@pytest.mark.parametrize("path", PATHS)
async def test_page_may_not_load_anything_or_be_framed(path: str, url: str, http: aiohttp.ClientSession) -> None:
    async with http.get(url + path) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "script-src" not in policy
    for part in ("base-uri", "form-action", "frame-ancestors"):
        assert f"{part} 'none'" in policy
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", PATHS)
async def test_head_returns_the_same_headers_without_the_page(path: str, url: str, http: aiohttp.ClientSession) -> None:
    async with http.get(url + path) as got, http.head(url + path) as head:
        assert (head.status, await head.read()) == (200, b"")
        told = [{k: v for k, v in each.headers.items() if k != "Date"} for each in (got, head)]
    assert told[0] == told[1]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
async def test_page_accepts_reading_methods_only(method: str, path: str, url: str, http: aiohttp.ClientSession) -> None:
    async with http.request(method, url + path) as response:
        assert response.status == 405


@pytest.mark.parametrize(
    "accepted",
    ["", "de-DE,de;q=0.9,en;q=0.8", "xx", "en-ZZ-zz-zz", "*", ",,;;q=", "qps-ploc", "../../etc", "é" * 9_000],
)
async def test_page_is_served_for_every_language_a_browser_requests(
    accepted: str, url: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{url}/privacy", headers={"Accept-Language": accepted[:1_000]}) as response:
        assert response.status == 200
        page = await response.text()
    words = LocaleWords.load("de" if accepted.startswith("de") else "en")
    assert words.say("about.erase.sign_out") in page


async def test_links_of_the_manifest_open_these_pages(url: str, http: aiohttp.ClientSession) -> None:
    developer = json.loads((ROOT / "manifest/teams/manifest.json").read_text("utf-8"))["developer"]
    paths = [urlsplit(developer[name]).path or "/" for name in ("websiteUrl", "privacyUrl", "termsOfUseUrl")]
    assert paths == list(PATHS)
    for path in paths:
        async with http.get(url + path) as response:
            assert response.status == 200


async def test_commands_named_on_the_privacy_page_are_understood(url: str, http: aiohttp.ClientSession) -> None:
    from datetime import date

    async with http.get(f"{url}/privacy") as response:
        page = unescape(await response.text())
    typed = re.findall("Type “(.*?)”", page)
    assert [type(parse(each, today=date(2026, 11, 21))) for each in typed] == [SignOut, ForgetMe]


async def test_pages_name_the_license_of_the_project(url: str, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{url}/terms") as response:
        page = await response.text()
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
    assert "MIT license" in page
    assert "as is, without warranty of any kind" in page
