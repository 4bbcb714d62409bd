"""Clients that have a certificate, or another issuer's token, instead of a secret."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import msal
import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import CertificateCredential, ClientAssertionCredential, OnBehalfOfCredential
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.simulator.entra.tenant_directory import FederatedCredential
from tests.foreign.clients.conftest import APP, SCOPE, TENANT, Office
from tests.foreign.public_names import SIGN_IN

CONNECTOR_SCOPE = "https://api.botframework.com/.default"
ISSUER = "https://pipelines.example"
SUBJECT = "repo:license-usage:main"


class Holder:
    """A certificate and its key."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "foreign client")]), datetime.now(UTC)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .sign(self.key, hashes.SHA256())
        )

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def key_pem(self) -> str:
        form = serialization.PrivateFormat.PKCS8
        return self.key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()

    @property
    def both(self) -> bytes:
        return (self.key_pem + self.pem).encode()

    def statement(self, audience: str = "api://AzureADTokenExchange") -> str:
        """Return a token of ISSUER that this key has signed."""
        now = int(time.time())
        claims = {"iss": ISSUER, "sub": SUBJECT, "aud": audience, "iat": now, "nbf": now, "exp": now + 600}
        return jwt.encode(claims, self.key, "RS256", {"kid": "1"})


@pytest.fixture(scope="module")
def holder() -> Holder:
    return Holder()


@pytest.fixture
async def registered(office: Office, holder: Holder) -> Office:
    """The application has this certificate, and takes tokens of ISSUER."""
    federated = FederatedCredential(ISSUER, SUBJECT, holder.key.public_key())
    app = office.entra.directory.apps[APP]
    office.entra.directory.register(replace(app, certificates=(holder.pem,), federated=(federated,)))
    return office


async def token_of(credential: Any, scope: str) -> str:
    with credential:
        return str((await asyncio.to_thread(credential.get_token, scope)).token)


def audience_of(token: str) -> Any:
    return jwt.decode(token, options={"verify_signature": False})["aud"]


@pytest.mark.parametrize("chain", [False, True])
async def test_certificate_gives_the_token_of_the_application(registered: Office, holder: Holder, chain: bool) -> None:
    credential = CertificateCredential(TENANT, APP, certificate_data=holder.both, send_certificate_chain=chain)
    assert audience_of(await token_of(credential, CONNECTOR_SCOPE)) == "https://api.botframework.com"


async def test_unregistered_certificate_is_refused(registered: Office) -> None:
    credential = CertificateCredential(TENANT, APP, certificate_data=Holder().both)
    with pytest.raises(ClientAuthenticationError, match="AADSTS700027"):
        await token_of(credential, CONNECTOR_SCOPE)


async def test_certificate_gives_the_persons_token_on_behalf_of(registered: Office, holder: Holder) -> None:
    credential = OnBehalfOfCredential(TENANT, APP, client_certificate=holder.both, user_assertion=registered.sso())
    token = await token_of(credential, SCOPE)
    assert registered.entra.authority.verify(token).object_id == registered.ada.object_id


async def test_other_issuers_token_gives_the_token_of_the_application(registered: Office, holder: Holder) -> None:
    credential = ClientAssertionCredential(TENANT, APP, holder.statement)
    assert audience_of(await token_of(credential, CONNECTOR_SCOPE)) == "https://api.botframework.com"


async def test_other_issuers_token_for_another_audience_is_refused(registered: Office, holder: Holder) -> None:
    credential = ClientAssertionCredential(TENANT, APP, lambda: holder.statement("api://another"))
    with pytest.raises(ClientAuthenticationError, match="AADSTS700212"):
        await token_of(credential, CONNECTOR_SCOPE)


async def test_msal_with_a_certificate_gets_both_kinds(registered: Office, holder: Holder) -> None:
    def ask() -> tuple[dict[str, Any], dict[str, Any]]:
        proof = {"private_key": holder.key_pem, "public_certificate": holder.pem}
        app = msal.ConfidentialClientApplication(APP, proof, f"https://{SIGN_IN}/{TENANT}")
        return app.acquire_token_for_client([CONNECTOR_SCOPE]), app.acquire_token_on_behalf_of(
            registered.sso(), [SCOPE]
        )

    own, personal = await asyncio.to_thread(ask)
    assert audience_of(own["access_token"]) == "https://api.botframework.com"
    assert registered.entra.authority.verify(personal["access_token"]).object_id == registered.ada.object_id
