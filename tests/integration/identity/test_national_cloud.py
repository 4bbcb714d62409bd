"""Every token is requested from the Entra that USAGEBOT_LOGIN_URL names."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import requests

from bot.app.serve_app import ExternalServices, serve_app
from bot.app.web_app import IDENTITY
from bot.domain.conversation import Caller
from bot.errors import EntraDownError, NotSignedInError
from bot.identity.entra.app_credentials import AppTokenError, ClientCredentials, Credentials
from bot.identity.entra.device_code import DeviceSignIn
from bot.identity.entra.entra_client import EntraClient
from bot.identity.entra.sign_in_outcome import TryLater
from bot.settings import Settings
from bot.simulator.loopback_listener import listen
from tests.integration.teams.sign_in.conftest import KEY

GOVERNMENT = "https://login.microsoftonline.us"
TENANT = "7e1a2b3c-0000-4000-8000-00000000000a"
REGISTERED = Credentials("app", "secret", TENANT, GOVERNMENT)


class UnreachableNetwork(requests.Session):
    """A session that lists the addresses that are requested, and reaches none."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def request(self, method: str, url: str, *_: Any, **__: Any) -> requests.Response:  # type: ignore[override]
        self.asked.append(url)
        raise requests.ConnectionError("no network")


@pytest.fixture
def network() -> Iterator[UnreachableNetwork]:
    with UnreachableNetwork() as session:
        yield session


@pytest.fixture(autouse=True)
def only_there(network: UnreachableNetwork) -> Iterator[None]:
    yield
    assert network.asked
    assert all(url.startswith(f"{GOVERNMENT}/{TENANT}/") for url in network.asked)


async def test_bot_token_is_requested_there(network: UnreachableNetwork) -> None:
    with pytest.raises(AppTokenError):
        await ClientCredentials(REGISTERED, http_client=network).token("https://api.botframework.com/.default")


async def test_sign_in_begins_there(network: UnreachableNetwork) -> None:
    client = EntraClient(REGISTERED, session=network)
    begun = await client.begin((TENANT, "someone"), "https://bot.contoso.com/auth/callback", claims=None)
    client.close()
    assert isinstance(begun, TryLater)


async def test_device_code_is_requested_there(network: UnreachableNetwork) -> None:
    device = DeviceSignIn("app", TENANT, lambda _: None, login_url=GOVERNMENT, session=network)
    with pytest.raises(EntraDownError):
        await device.sign_in()


async def test_served_bot_signs_in_there(network: UnreachableNetwork, tmp_path: Path) -> None:
    settings = Settings(
        app_id=TENANT, app_password="secret", app_tenant_id=TENANT, public_url="http://127.0.0.1:1", token_keys=(KEY,),
        database=f"sqlite+aiosqlite:///{tmp_path}/bot.db", login_url=GOVERNMENT,
    )  # fmt: skip
    app = serve_app(settings, ExternalServices(entra=network, digests=False))
    listening = await listen(app)
    try:
        caller = Caller(TENANT, "7e1a2b3c-0000-4000-8000-00000000000b", "Ada")
        offer = await app[IDENTITY].ask(caller, NotSignedInError("not yet"))
        async with aiohttp.ClientSession() as browser:
            await browser.get(listening.url + offer.url.removeprefix(settings.public_url))
    finally:
        await listening.close()
