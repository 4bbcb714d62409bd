"""The simulated Entra under its public name, over https, for clients in this process and in others."""

import os
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest

from bot.simulator.entra import SimulatedEntra, User
from tests.foreign import routed
from tests.foreign.public_names import SIGN_IN, Certificate, served

TENANT = "7e1a2b3c-0000-4000-8000-000000000001"
APP = "7e1a2b3c-0000-4000-8000-0000000000aa"
SECRET = "a simulated secret"
REDIRECT = "http://localhost:8400/"
SCOPE = "https://api.partnercenter.microsoft.com/user_impersonation"
FIELD = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
DEFAULT_SCOPE = "https://api.partnercenter.microsoft.com/.default"


@dataclass
class Office:
    """The service, a person who can sign in, and what another process needs to find it."""

    entra: SimulatedEntra
    ada: User
    environment: dict[str, str]

    def sso(self) -> str:
        """Return the token that Teams gets for the bot."""
        return self.entra.sso_token(self.ada, APP)


@pytest.fixture
async def office(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    async with SimulatedEntra() as entra, served(entra.application(), certificate) as port:
        entra.register(APP, SECRET, REDIRECT, public=True)
        entra.grants.interval = 1  # the clients wait as long between two polls
        ada = entra.directory.add(User("Ada Agent", TENANT, "7e1a2b3c-0000-4000-8000-00000000000a"))
        environment = certificate.environment({SIGN_IN: port})
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        routed.install({SIGN_IN: port}, monkeypatch.setattr)
        yield Office(entra, ada, os.environ | environment)


class Browser:
    """A person who opens pages and presses their buttons."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def device(self, entra: SimulatedEntra, code: str, user: User) -> None:
        """Type a device code and choose an account."""
        form = {"code": code, "user": "|".join(user.key)}
        async with self._session.post(f"{entra.url}/devicelogin", data=form) as response:
            assert "You have signed in" in await response.text()

    async def sign_in(self, entra: SimulatedEntra, address: str, user: User) -> dict[str, str]:
        """Choose an account on the page at `address`, and return what the application gets."""
        page = address.replace(f"https://{SIGN_IN}", entra.url)
        async with self._session.get(page) as response:
            request = dict(FIELD.findall(await response.text()))["request"]
        form = {"request": request, "user": "|".join(user.key)}
        async with self._session.post(page.partition("?")[0], data=form, allow_redirects=False) as response:
            if "Location" in response.headers:
                return dict(parse_qsl(urlsplit(response.headers["Location"]).query))
            return dict(FIELD.findall(await response.text()))


@pytest.fixture
async def person() -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession() as session:
        yield Browser(session)
