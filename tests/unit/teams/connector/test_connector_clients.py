"""The connector clients: one per service URL, up to a limit."""

from typing import Any

import pytest

from bot.teams.connector import connector_client
from bot.teams.connector.connector_client import ConnectorClients


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
