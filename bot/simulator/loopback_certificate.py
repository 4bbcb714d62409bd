"""A certificate for this machine, for a simulated service that is served with TLS.

Made at start by cryptography; a client trusts it only if it is given it.
"""

import ipaddress
import ssl
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.simulator.issuer_signing_key import self_made_certificate

_HOSTS = (
    x509.DNSName("localhost"),
    x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
    x509.IPAddress(ipaddress.ip_address("::1")),
)


class LoopbackCertificate:
    """A key and its certificate; `pem` is what a client has to trust."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.pem = self_made_certificate(self._key, "localhost", _HOSTS).public_bytes(Encoding.PEM).decode()

    def server_context(self) -> ssl.SSLContext:
        """Return what a server listens with."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        private = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        with tempfile.TemporaryDirectory() as folder:  # the ssl module reads keys from files only
            path = Path(folder, "loopback.pem")
            path.write_text(private + self.pem, encoding="ascii")
            context.load_cert_chain(path)
        return context
