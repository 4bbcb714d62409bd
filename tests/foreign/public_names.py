"""The public host names of Microsoft's services lead to the simulators, over https, for one process or test.

So foreign clients and bots run with their own default settings. The certificate is made for the test, and trusted by
whoever reads the usual environment variables.
"""

import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

SIGN_IN = "login.microsoftonline.com"
BOT_FRAMEWORK = "login.botframework.com"
CONNECTOR = "smba.trafficmanager.net"
NAMES = (SIGN_IN, BOT_FRAMEWORK, CONNECTOR)
HOSTS = "FOREIGN_HOSTS"


@dataclass(frozen=True)
class Certificate:
    """A certificate for NAMES that signs itself, and its key, as files."""

    certificate: Path
    key: Path

    @classmethod
    def made(cls, folder: Path) -> "Certificate":
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "foreign tests")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in NAMES]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        files = cls(folder / "certificate.pem", folder / "key.pem")
        files.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        files.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return files

    def environment(self, ports: Mapping[str, int]) -> dict[str, str]:
        """Return the variables with which a process trusts it and finds these hosts on these ports."""
        trusted = str(self.certificate)
        hosts = " ".join(f"{name}={port}" for name, port in ports.items())
        variables = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
        return {HOSTS: hosts} | dict.fromkeys(variables, trusted)


@asynccontextmanager
async def served(app: web.Application, certificate: Certificate) -> AsyncIterator[int]:
    """Serve `app` over https on a free port of this machine, and yield the port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate.certificate, certificate.key)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        yield int(runner.addresses[0][1])
    finally:
        _abort(runner)
        await runner.cleanup()


def _abort(runner: web.AppRunner) -> None:
    """End the connections.

    A client that is gone does not take part in the end of TLS, and asyncio would wait for it.
    """
    for connection in runner.server.connections if runner.server else ():
        if connection.transport is not None:
            connection.transport.abort()
