"""The addresses of Entra's clouds, and the issuers that their tokens name."""

import pytest

from bot.domain.entra_cloud import LOGIN_URL, authority_of, issuer_of

TENANT = "7e1a2b3c-0000-4000-8000-00000000000a"


@pytest.mark.parametrize(
    ("login_url", "host"),
    [
        (LOGIN_URL, "login.microsoftonline.com"),
        ("https://LOGIN.microsoftonline.com", "login.microsoftonline.com"),
        ("https://login.microsoftonline.us", "login.microsoftonline.us"),
        ("https://login.partner.microsoftonline.cn", "login.partner.microsoftonline.cn"),
        ("https://login.windows.net", "login.microsoftonline.com"),
        ("https://login.microsoft.com", "login.microsoftonline.com"),
        ("https://login.chinacloudapi.cn", "login.partner.microsoftonline.cn"),
        ("https://login.usgovcloudapi.net", "login.microsoftonline.us"),
        ("https://login.windows.net.evil.example", "login.windows.net.evil.example"),
    ],
)
def test_issuer_is_of_the_cloud_that_answers(login_url: str, host: str) -> None:
    assert issuer_of(login_url, TENANT) == f"https://{host}/{TENANT}/v2.0"


def test_authority_is_https_when_the_address_is_http() -> None:
    assert authority_of("http://127.0.0.1:5000", TENANT) == f"https://127.0.0.1:5000/{TENANT}"
