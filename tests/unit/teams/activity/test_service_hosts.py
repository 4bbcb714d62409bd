"""The service URLs that may get the bot's messages and its token."""

import pytest

from bot.teams.activity.service_hosts import is_allowed

HOSTS = ("smba.trafficmanager.net", "127.0.0.1:1234", "localhost:56177", "gov.example:8443")


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/amer/",
        "https://smba.trafficmanager.net/emea/7a4b8b8e-0d54-4a4c-9a3e-3b1f1d5a0001/",
        "https://SMBA.trafficmanager.net:443/amer/",
        "https://gov.example:8443/",
        "http://127.0.0.1:1234/v3/",
        "http://localhost:56177/_connector",
    ],
)
def test_service_url_is_allowed_when_its_host_is_listed(url: str) -> None:
    assert is_allowed(url, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smba.trafficmanager.net",
        "//smba.trafficmanager.net/",
        "ftp://smba.trafficmanager.net/",
        "http://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net:8443/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.example/smba.trafficmanager.net",
        "https://smba.trafficmanager.net@evil.example/",
        "https://evil.example\\@smba.trafficmanager.net/",
        "https://user:secret@smba.trafficmanager.net/",
        "https://smba.trafficmanager.net/?next=https://evil.example",
        "https://smba.trafficmanager.net/#x",
        "https://smba.trafficmanager.net/../../x",
        "https://smba.trafficmanager.net/\r\nHost: evil.example",
        "https://smba.trafficmanager.net\t.evil.example/",
        "https://smba。trafficmanager。net.evil.example/",
        "https://169.254.169.254/metadata",
        "http://127.0.0.1:9999/",
        "http://[::1]:1234/",
        "http://127.0.0.1.evil.example:1234/",
        "https://[smba.trafficmanager.net]/",
        "https://smba.trafficmanager.net:port/",
        "https://smba.trafficmanager.net:99999/",
        "https:///amer/",
        "https://" + "a" * 5_000,
        "javascript:alert(1)",
    ],
)
def test_service_url_is_refused_when_it_is_anything_else(url: str) -> None:
    assert not is_allowed(url, HOSTS)


def test_only_this_machine_is_allowed_when_loopback_only() -> None:
    assert is_allowed("http://127.0.0.1:1234/", HOSTS, loopback_only=True)
    assert not is_allowed("https://smba.trafficmanager.net/amer/", HOSTS, loopback_only=True)
