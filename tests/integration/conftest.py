"""A browser for tests of pages: it opens them and presses buttons by their label."""

import re
from collections.abc import AsyncIterator
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest


class Browser:
    """Opens pages and presses buttons by their label.

    It stops at a redirect to an address outside the simulator.
    """

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.url = ""
        self.page = ""
        self.status = 0
        self.left_to: str | None = None

    async def open(self, url: str) -> "Browser":
        await self._go("GET", url, None)
        return self

    async def press(self, label: str, **typed: str) -> "Browser":
        form = next(f for f in re.findall(r"<form.*?</form>", self.page, re.DOTALL) if label in unescape(f))
        hidden = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', form)
        filled = {unescape(k): unescape(v) for k, v in hidden} | typed
        for name, value, text in re.findall(r'<button.*?name="(.*?)" value="(.*?)">(.*?)</button>', form):
            if unescape(text) == label and name:
                filled[unescape(name)] = unescape(value)
        await self._go("POST", self.url, filled)
        return self

    @property
    def answer(self) -> dict[str, str]:
        """Return the answer for the application.

        It is in the query or the fragment of a redirect, or in a form posted to it.
        """
        if self.left_to is None:
            hidden = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', self.page)
            return {unescape(k): unescape(v) for k, v in hidden}
        parts = urlsplit(self.left_to)
        return dict(parse_qsl(parts.fragment or parts.query))

    async def follow(self) -> "Browser":
        """Follow a redirect, or post the form of Entra's last page to the application."""
        if self.left_to is not None:
            await self._go("GET", self.left_to, None)
        else:
            action = re.search(r'<form method="post" action="(http.*?)">', self.page)
            assert action is not None, self.page
            await self._go("POST", unescape(action[1]), self.answer)
        return self

    async def _go(self, method: str, url: str, data: dict[str, str] | None) -> None:
        async with self._session.request(method, url, data=data, allow_redirects=False) as response:
            self.url, self.status = url, response.status
            self.left_to = response.headers.get("Location")
            self.headers = response.headers
            self.page = await response.text()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    # Only an "unsafe" jar keeps cookies of addresses that are numbers, as that of loopback is.
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield Browser(session)
