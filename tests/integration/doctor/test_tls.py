"""Tests of TLS failures, with certificates made for the tests."""

import datetime as dt
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate(folder: Path, name: str) -> ssl.SSLContext:
    """Return a server's context with a self-signed certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=2))
        .not_valid_after(now + dt.timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@pytest.fixture
async def secure(tmp_path: Path) -> AsyncIterator[Callable[[], Any]]:
    """Return a function that serves over TLS with an untrusted certificate.

    The function returns the address.
    """
    runner = web.AppRunner(web.Application(), shutdown_timeout=0.1)
    await runner.setup()

    async def start() -> str:
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=certificate(tmp_path, "localhost"))
        await site.start()
        return f"https://localhost:{runner.addresses[0][1]}"

    yield start
    await runner.cleanup()


async def test_untrusted_certificate_is_reported(clinic: Any, secure: Any) -> None:
    url = await secure()
    clinic.environ["HTTPS_PROXY"] = "http://proxy.example"
    found = await clinic.examine(login_url=url, partner_center_url=url)
    for name in ("Entra", "Partner Center"):
        assert found[name].state == "failed"
        assert "certificate of localhost is not trusted (TLS): self" in found[name].what
        assert "root certificate" in found[name].mend
        assert "PROXY" not in found[name].mend


async def test_plain_http_is_reported_when_tls_is_expected(clinic: Any, serve: Any) -> None:
    url = (await serve()).replace("http:", "https:")
    found = (await clinic.examine(partner_center_url=url))["Partner Center"]
    assert found.state == "failed"
    assert "no TLS connection to 127.0.0.1" in found.what
