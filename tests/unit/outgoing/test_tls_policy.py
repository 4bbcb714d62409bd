"""A connection to a service has TLS 1.2 or newer, and the certificate is checked."""

import ssl

from bot.identity.entra.entra_session import make_session
from bot.outgoing.http_session import open_session
from bot.outgoing.tls_policy import tls_context


def is_strict(context: object) -> bool:
    return (
        isinstance(context, ssl.SSLContext)
        and context.minimum_version >= ssl.TLSVersion.TLSv1_2
        and context.verify_mode is ssl.CERT_REQUIRED
        and context.check_hostname
    )


def test_context_is_strict() -> None:
    assert is_strict(tls_context())


async def test_session_for_services_is_strict() -> None:
    async with open_session() as session:
        assert is_strict(session.connector._ssl)


def test_session_for_entra_is_strict() -> None:
    with make_session() as session:
        pool = session.get_adapter("https://login.example").poolmanager.connection_from_url("https://login.example")
        assert is_strict(pool.conn_kw["ssl_context"])
