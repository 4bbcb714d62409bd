"""An RSA key with its certificate, as Entra's key lists have them.

Depends on cryptography and PyJWT. https://learn.microsoft.com/en-us/entra/identity-platform/access-tokens#validate-the-signature
"""

import base64
import datetime
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

COMMON_NAME = "accounts.accesscontrol.windows.net"  # on the certificates of Entra's keys
_YEARS = datetime.timedelta(days=5 * 365)


class IssuerSigningKey:
    """One RSA key; its id is the thumbprint of its certificate."""

    def __init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.certificate = self_made_certificate(self.private, COMMON_NAME)
        self.kid = thumbprint(self.certificate, hashes.SHA1())  # noqa: S303  # the thumbprint that Entra uses

    def sign(self, claims: dict[str, Any], **headers: Any) -> str:
        """Return a compact RS256 token; `headers` override `kid` and `typ`."""
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": self.kid, **headers})

    def public(self) -> dict[str, Any]:
        """Return the key as the key list publishes it."""
        numbers: dict[str, Any] = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        named = {"kty": "RSA", "use": "sig", "kid": self.kid, "x5t": self.kid}
        chain = [base64.b64encode(self.certificate.public_bytes(Encoding.DER)).decode()]
        return named | {"n": numbers["n"], "e": numbers["e"], "x5c": chain}


def self_made_certificate(
    key: rsa.RSAPrivateKey, name: str, alternatives: tuple[x509.GeneralName, ...] = ()
) -> x509.Certificate:
    """Return a certificate that `key` signs for itself.

    `alternatives` are the hosts that it is for.
    """
    now = datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
    builder = builder.not_valid_after(now + _YEARS)
    if alternatives:
        builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
    return builder.sign(key, hashes.SHA256())


def thumbprint(certificate: x509.Certificate, algorithm: hashes.HashAlgorithm) -> str:
    """Return the certificate's hash as tokens name it: base64url, no padding."""
    return base64.urlsafe_b64encode(certificate.fingerprint(algorithm)).rstrip(b"=").decode()
