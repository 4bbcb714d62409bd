"""Key lists as Entra's, and clients that talk to the simulator over https."""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import msal
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.issuer_signing_key import thumbprint
from bot.simulator.loopback_certificate import LoopbackCertificate
from tests.integration.identity.conftest import APP, DOMAIN, REDIRECT, SCOPES, SECRET, TENANT

CONNECTOR_SCOPE = "https://api.botframework.com/.default"
OBO = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "requested_token_use": "on_behalf_of"}


async def key_list(entra: SimulatedEntra) -> list[dict[str, Any]]:
    url = f"{entra.url}/common/discovery/v2.0/keys"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        keys: list[dict[str, Any]] = (await response.json())["keys"]
    return keys


async def test_every_key_has_its_certificate(entra: SimulatedEntra) -> None:
    entra.keys.rotate()
    keys = await key_list(entra)
    assert len({key["kid"] for key in keys}) == 3  # the older one, the newer one, and that of Partner Center's tokens
    for key in keys:
        (chain,) = key["x5c"]
        certificate = x509.load_der_x509_certificate(base64.b64decode(chain))
        assert jwt.PyJWK(key).key.public_numbers() == certificate.public_key().public_numbers()
        assert key["kid"] == key["x5t"] == thumbprint(certificate, hashes.SHA1())


async def test_each_token_is_signed_by_a_key_of_the_list(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str
) -> None:
    keys = {key["kid"]: jwt.PyJWK(key) for key in await key_list(entra)}
    assertion = entra.sso_token(ada, app_id)
    _, body = await redeem(**OBO, scope=f"openid {SCOPES[0]}", assertion=assertion)
    for token, audience in (
        (assertion, app_id),
        (body["id_token"], app_id),
        (body["access_token"], "https://api.partnercenter.microsoft.com"),
    ):
        key = keys[jwt.get_unverified_header(token)["kid"]]
        assert jwt.decode(token, key, audience=audience)["oid"] == ada.object_id


class Served:
    """A simulated Entra over https, and a session that trusts its certificate."""

    def __init__(self, entra: SimulatedEntra, session: requests.Session, certificate: LoopbackCertificate) -> None:
        self.entra, self.session, self.certificate = entra, session, certificate
        self.authority = f"{entra.url}/{TENANT}"

    async def get(self, path: str) -> Any:
        url, context = f"{self.entra.url}{path}", ssl.create_default_context(cadata=self.certificate.pem)
        async with aiohttp.ClientSession() as session, session.get(url, ssl=context) as response:
            return await response.json()


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    certificate = LoopbackCertificate()
    trusted = tmp_path / "trusted.pem"
    trusted.write_text(certificate.pem)
    async with SimulatedEntra(tls=certificate.server_context()) as entra:
        entra.register(APP, SECRET, REDIRECT, public=True)
        entra.directory.tenants.add(TENANT, DOMAIN)
        with requests.Session() as session:
            session.verify, session.trust_env = str(trusted), False
            session.headers["Connection"] = "close"
            yield Served(entra, session, certificate)


@pytest.mark.parametrize("tenant", [TENANT, DOMAIN, "organizations"])
async def test_all_addresses_are_https_when_served_with_tls(served: Served, tenant: str) -> None:
    document = await served.get(f"/{tenant}/v2.0/.well-known/openid-configuration")
    addresses = {value for name, value in document.items() if name.endswith(("_endpoint", "_uri"))}
    assert len(addresses) == 4
    assert all(address.startswith(f"{served.entra.url}/{tenant}/") for address in addresses)
    assert served.entra.url.startswith("https://127.0.0.1:")


async def test_msal_gets_tokens_without_a_transport_of_ours(served: Served) -> None:
    ada = served.entra.directory.add(User("Ada Agent", TENANT, "7e1a2b3c-0000-4000-8000-00000000000a"))
    assertion = served.entra.sso_token(ada, APP)

    def ask() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        app = msal.ConfidentialClientApplication(
            APP, SECRET, served.authority, http_client=served.session, instance_discovery=False
        )
        own = app.acquire_token_for_client([CONNECTOR_SCOPE])
        behalf = app.acquire_token_on_behalf_of(assertion, SCOPES)
        (account,) = app.get_accounts()
        return own, behalf, app.acquire_token_silent_with_error(SCOPES, account, force_refresh=True)

    own, *personal = await asyncio.to_thread(ask)
    assert jwt.decode(own["access_token"], options={"verify_signature": False})["tid"] == TENANT
    for answer in personal:
        assert served.entra.authority.verify(answer["access_token"]).object_id == ada.object_id


async def test_certificate_is_refused_by_who_does_not_trust_it(served: Served) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await session.get(served.entra.url)
