"""The connector clients: one per service URL, up to a limit."""

from typing import Any

import aiohttp
import pytest

from bot.errors import DeliveryError
from bot.teams.connector import connector_client
from bot.teams.connector.connector_client import ConnectorClients, Retries


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> ConnectorClients:
    monkeypatch.setattr(connector_client, "SERVICE_URLS", 2)
    session: Any = None  # no request is made
    return ConnectorClients(session, None)


def test_client_is_the_same_when_its_service_url_is_the_same(clients: ConnectorClients) -> None:
    assert clients.at("https://a.example/") is clients.at("https://a.example/")
    assert clients.at("https://a.example/") is not clients.at("https://b.example/")


def test_client_used_last_stays_when_there_are_too_many(clients: ConnectorClients) -> None:
    first, second = clients.at("https://a.example/"), clients.at("https://b.example/")
    assert clients.at("https://a.example/") is first
    clients.at("https://c.example/")
    assert clients.at("https://a.example/") is first
    assert clients.at("https://b.example/") is not second


class Session:
    """A session that notes each request and refuses it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def request(self, method: str, url: Any, **_: Any) -> Any:
        self.asked.append(f"{method} {url}")
        raise aiohttp.ClientError


@pytest.mark.parametrize(("private", "end"), [(True, "?isTargetedActivity=true"), (False, "")])
async def test_private_message_is_one_by_its_address(private: bool, end: str) -> None:
    session: Any = Session()
    client = ConnectorClients(session, None, Retries(attempts=1)).at("https://a.example/")
    with pytest.raises(DeliveryError):
        await client.send("19:x", b"{}", "7", private=private)
    with pytest.raises(DeliveryError):
        await client.update("19:x", "8", b"{}", private=private)
    base = "https://a.example/v3/conversations/19%3Ax/activities"
    assert session.asked[0] == f"POST {base}/7{end}"
    assert set(session.asked[1:]) == {f"PUT {base}/8{end}"}
