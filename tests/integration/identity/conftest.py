"""A simulated Entra with one application and two people, and its clients.

The clients are MSAL and a browser that presses buttons.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import msal
import pytest
from aiohttp import web

from bot.domain.conversation import Caller
from bot.identity.entra.app_credentials import Credentials
from bot.identity.entra.entra_client import EntraClient
from bot.identity.sign_in.newest_records import NewestRecords
from bot.identity.sign_in.pending_questions import PendingQuestions
from bot.identity.sign_in.sign_in_flow import SignInFlows
from bot.identity.sign_in.sign_in_pages import SignInPages
from bot.identity.sign_in.silent_sign_in import ExchangeResult, SilentSignIn
from bot.identity.sso.entra_keys import EntraKeys
from bot.identity.tokens.encryption import Encryptor
from bot.identity.tokens.token_cache import TokenCache
from bot.identity.tokens.user_tokens import UserTokens
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen
from bot.store import Records, Store, open_records, open_store
from tests.migrated_databases import put_sqlite

TENANT = "7e1a2b3c-0000-4000-8000-000000000001"
DOMAIN = "partner.example"
APP = "7e1a2b3c-0000-4000-8000-0000000000aa"
SECRET = "a simulated secret"
REDIRECT = "http://127.0.0.1:9/auth/callback"
SCOPES = ["https://api.partnercenter.microsoft.com/user_impersonation"]


@pytest.fixture
async def records(database_url: str) -> AsyncIterator[Records]:
    async with open_records(database_url) as opened:
        yield opened


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as opened:
        yield opened


@pytest.fixture
def app_id() -> str:
    return APP


class Clock:
    """A clock in Unix seconds that tests advance."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def entra(clock: Clock) -> AsyncIterator[SimulatedEntra]:
    async with SimulatedEntra(clock=clock) as server:
        server.register(APP, SECRET, REDIRECT, public=True)
        server.directory.tenants.add(TENANT, DOMAIN)
        server.grants.interval = 1  # MSAL waits as long between two polls
        yield server


@pytest.fixture
def ada(entra: SimulatedEntra) -> User:
    return entra.directory.add(User("Ada Agent", TENANT, "7e1a2b3c-0000-4000-8000-00000000000a"))


@pytest.fixture
def ben(entra: SimulatedEntra) -> User:
    return entra.directory.add(User("Ben Broker", TENANT, "7e1a2b3c-0000-4000-8000-00000000000b"))


class Library:
    """Unmodified MSAL, run in threads.

    It is synchronous, and the server uses the test's event loop.
    """

    def __init__(self, url: str) -> None:
        self.session = LoopbackAuthority(url)
        self.tenant = TENANT
        self.app_id = APP

    async def app(self, tenant: str = TENANT, secret: str = SECRET) -> msal.ConfidentialClientApplication:
        return await asyncio.to_thread(self._make, tenant, secret)

    def _make(self, tenant: str, secret: str) -> msal.ConfidentialClientApplication:
        authority = f"https://login.microsoftonline.com/{tenant}"
        return msal.ConfidentialClientApplication(
            APP, secret, authority, http_client=self.session, instance_discovery=False
        )

    async def public(self) -> msal.PublicClientApplication:
        authority = f"https://login.microsoftonline.com/{TENANT}"
        return await asyncio.to_thread(
            lambda: msal.PublicClientApplication(
                APP, authority=authority, http_client=self.session, instance_discovery=False
            )
        )

    async def on_behalf_of(self, assertion: str, *, secret: str = SECRET) -> dict[str, Any]:
        app = await self.app(secret=secret)
        answer: dict[str, Any] = await asyncio.to_thread(app.acquire_token_on_behalf_of, assertion, SCOPES)
        return answer


@pytest.fixture
def library(entra: SimulatedEntra) -> Any:
    made = Library(entra.url)
    yield made
    made.session.close()


@pytest.fixture
async def redeem(entra: SimulatedEntra) -> AsyncIterator[Any]:
    """Post a form to the token endpoint.

    By default it has the application's own id and secret.
    """
    async with aiohttp.ClientSession() as session:

        async def post(tenant: str = TENANT, **form: str) -> tuple[int, dict[str, Any]]:
            filled = {"client_id": APP, "client_secret": SECRET, "client_info": "1"} | form
            async with session.post(f"{entra.url}/{tenant}/oauth2/v2.0/token", data=filled) as response:
                return response.status, await response.json()

        yield post


class House:
    """The identity package against the simulated Entra.

    It is built as in the composition root.
    """

    def __init__(self, entra: SimulatedEntra, http: aiohttp.ClientSession, records: Records, clock: Clock) -> None:
        self.simulated = entra
        self.records = records
        self.clock = clock
        self.transport = LoopbackAuthority(entra.url)
        self.encryptor = Encryptor([b"k" * 32])
        credentials = Credentials(APP, SECRET, TENANT)
        self.entra = EntraClient(credentials, session=self.transport, clock=clock)
        self.keys = EntraKeys(http, entra.url, clock=clock)
        self.cache = TokenCache(records, self.encryptor)
        self.tokens = UserTokens(self.entra, self.cache, clock=clock)
        self.newest = NewestRecords(records, self.encryptor, clock=clock)
        self.silent = SilentSignIn(
            credentials,
            self.keys,
            self.entra,
            self.tokens,
            records,
            self.newest,
            tenants=frozenset({TENANT}),
            clock=clock,
        )
        self.waiting = PendingQuestions(records, self.encryptor, clock=clock)
        self.told: list[tuple[Caller, Any]] = []

    async def serve(self) -> None:
        """Serve the sign-in pages on loopback.

        The redirect URI is registered with their address.
        """
        app = web.Application()
        listening = await listen(app_of(self, app))
        self.listening = listening
        self.sign_ins.public_url = listening.url
        self.simulated.register(APP, SECRET, f"{listening.url}/auth/callback", REDIRECT, public=True)

    async def tell(self, caller: Caller, outcome: Any) -> None:
        self.told.append((caller, outcome))

    async def sso(self, user: User, caller: Caller | None = None, **overrides: Any) -> ExchangeResult:
        """Run one silent sign-in from offer to exchange."""
        caller = caller or caller_of(user)
        offer = await self.silent.offer(caller)
        return await self.silent.exchange(caller, offer, self.simulated.sso_token(user, APP, **overrides))

    def restarted(self) -> UserTokens:
        """Return the tokens as another process sees them: same store, nothing in memory."""
        return UserTokens(self.entra, self.cache, clock=self.clock)

    async def close(self) -> None:
        await self.pages.close()
        await self.tokens.close()
        await self.keys.close()
        if hasattr(self, "listening"):
            await self.listening.close()
        await asyncio.to_thread(self.entra.close)
        self.transport.close()


def app_of(house: House, app: web.Application) -> web.Application:
    house.sign_ins = SignInFlows(
        "http://127.0.0.1:1", house.entra, house.tokens, house.records, house.encryptor, house.newest, clock=house.clock
    )
    house.pages = SignInPages(house.sign_ins, house.tell)
    app.add_routes(house.pages.routes())
    return app


def caller_of(user: User) -> Caller:
    return Caller(user.tenant_id, user.object_id, user.name)


@pytest.fixture
def database(tmp_path: Path) -> str:
    put_sqlite(tmp_path / "bot.db")
    return f"sqlite+aiosqlite:///{tmp_path}/bot.db"


@pytest.fixture
async def house(entra: SimulatedEntra, database: str, clock: Clock) -> AsyncIterator[House]:
    async with aiohttp.ClientSession() as http, open_records(database, clock) as records:
        made = House(entra, http, records, clock)
        await made.serve()
        yield made
        await made.close()


@pytest.fixture
def caller() -> Any:
    return caller_of
