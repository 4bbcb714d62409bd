"""Applications have a secret, a certificate, or another issuer's token."""

import asyncio
import base64
import uuid
from typing import Any
from urllib.parse import quote_plus

import aiohttp
import jwt
import msal
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.simulator.entra import AppRegistration, FederatedCredential, SimulatedEntra
from bot.simulator.issuer_signing_key import IssuerSigningKey, thumbprint
from tests.integration.identity.conftest import APP, DOMAIN, SECRET, TENANT

SCOPE = "https://api.botframework.com/.default"
AUDIENCE = f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
ISSUER, SUBJECT = "https://token.actions.example", "repo:partner/bot:environment:Live"
TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@pytest.fixture(scope="module")
def own() -> IssuerSigningKey:
    return IssuerSigningKey()


@pytest.fixture
async def post(entra: SimulatedEntra, own: IssuerSigningKey) -> Any:
    """Ask for the application's token; return None, or the number of the refusal."""
    certificate = own.certificate.public_bytes(Encoding.PEM).decode()
    federated = FederatedCredential(ISSUER, SUBJECT, own.private.public_key())
    entra.directory.register(AppRegistration(APP, SECRET, certificates=(certificate,), federated=(federated,)))
    async with aiohttp.ClientSession() as session:

        async def send(form: dict[str, str], **headers: str) -> int | None:
            form = {"grant_type": "client_credentials", "scope": SCOPE} | form
            url = f"{entra.url}/{TENANT}/oauth2/v2.0/token"
            async with session.post(url, data=form, headers=headers) as response:
                body = await response.json()
            if response.status == 200:
                assert jwt.decode(body["access_token"], options={"verify_signature": False})["appid"] == APP
                return None
            return int(body["error_codes"][0])

        yield send


def assertion(own: IssuerSigningKey, clock: Any, header: dict[str, Any], **changes: Any) -> dict[str, str]:
    """Return the form fields with an assertion.

    A change to None omits that claim.
    """
    now = int(clock())
    claims = {"iss": APP, "sub": APP, "aud": AUDIENCE, "nbf": now, "exp": now + 600, "jti": str(uuid.uuid4())}
    claims = {name: value for name, value in (claims | changes).items() if value is not None}
    token = jwt.encode(claims, own.private, algorithm=header.pop("alg", "RS256"), headers=header)
    return {"client_id": APP, "client_assertion_type": TYPE, "client_assertion": token}


def named_sha1(own: IssuerSigningKey) -> dict[str, Any]:
    return {"x5t": own.kid}


def basic(app_id: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{quote_plus(app_id)}:{quote_plus(secret)}".encode()).decode()


@pytest.mark.parametrize(
    ("header", "number"),
    [
        (basic(APP, SECRET), None),
        (basic(APP, SECRET).replace("Basic", "basic"), None),
        (basic(APP, "another"), 7000215),
        (basic("7e1a2b3c-0000-4000-8000-0000000000ab", SECRET), 700016),
        ("Basic §", 900144),
    ],
)
async def test_secret_is_taken_from_the_authorization_header(post: Any, header: str, number: int | None) -> None:
    assert await post({}, Authorization=header) == number


async def test_application_without_any_proof_is_refused(post: Any) -> None:
    assert await post({"client_id": APP}) == 7000216
    assert await post({"client_id": APP, "grant_type": "refresh_token"}) == 7000218


async def test_certificate_is_named_by_either_thumbprint(post: Any, own: IssuerSigningKey, clock: Any) -> None:
    newer = {"x5t#S256": thumbprint(own.certificate, hashes.SHA256())}
    assert await post(assertion(own, clock, named_sha1(own))) is None
    assert await post(assertion(own, clock, newer)) is None
    assert await post(assertion(own, clock, newer | {"alg": "PS256"})) is None


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"aud": f"https://login.microsoftonline.com/{DOMAIN}/v2.0"}, None),
        ({"aud": "https://login.microsoftonline.com/7e1a2b3c-0000-4000-8000-0000000000ee/v2.0"}, 700023),
        ({"aud": "https://api.botframework.com"}, 700023),
        ({"sub": "7e1a2b3c-0000-4000-8000-0000000000ab"}, 700021),
        ({"exp": 1_000_000_000}, 700024),
        ({"nbf": 4_000_000_000}, 700024),
        ({"exp": None}, 700024),
    ],
)
async def test_assertion_is_refused_when_a_claim_is_wrong(
    post: Any, own: IssuerSigningKey, clock: Any, changes: dict[str, Any], number: int | None
) -> None:
    assert await post(assertion(own, clock, named_sha1(own), **changes)) == number


async def test_assertion_of_another_certificate_is_refused(post: Any, own: IssuerSigningKey, clock: Any) -> None:
    stranger = IssuerSigningKey()
    for header in (named_sha1(stranger), named_sha1(own), {}):
        assert await post(assertion(stranger, clock, header)) == 700027


async def test_malformed_assertion_is_refused(post: Any, own: IssuerSigningKey, clock: Any) -> None:
    whole = assertion(own, clock, named_sha1(own))
    assert await post(whole | {"client_assertion": "x.y"}) == 50027
    assert await post(whole | {"client_assertion_type": "jwt"}) == 900144


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({}, None),
        ({"aud": ["other", "api://AzureADTokenExchange"]}, None),
        ({"iss": f"{ISSUER}/"}, 700211),
        ({"sub": SUBJECT.lower()}, 700213),
        ({"aud": AUDIENCE}, 700212),
        ({"exp": 1_000_000_000}, 700024),
    ],
)
async def test_federated_token_has_issuer_subject_and_audience_exactly(
    post: Any, own: IssuerSigningKey, clock: Any, changes: dict[str, Any], number: int | None
) -> None:
    federated = {"iss": ISSUER, "sub": SUBJECT, "aud": "api://AzureADTokenExchange"} | changes
    assert await post(assertion(own, clock, {"kid": "1"}, **federated)) == number


async def test_federated_token_with_another_signature_is_refused(post: Any, clock: Any) -> None:
    federated = {"iss": ISSUER, "sub": SUBJECT, "aud": "api://AzureADTokenExchange"}
    assert await post(assertion(IssuerSigningKey(), clock, {"kid": "1"}, **federated)) == 5000224


@pytest.mark.parametrize("kind", ["certificate", "older certificate", "federated"])
async def test_msal_gets_a_token_without_a_secret(
    post: Any, library: Any, own: IssuerSigningKey, clock: Any, kind: str
) -> None:
    private = own.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = own.certificate.public_bytes(Encoding.PEM).decode()
    federated = {"iss": ISSUER, "sub": SUBJECT, "aud": "api://AzureADTokenExchange"}
    credential = {
        "certificate": {"private_key": private, "public_certificate": public},
        "older certificate": {"private_key": private, "thumbprint": own.certificate.fingerprint(hashes.SHA1()).hex()},
        "federated": {"client_assertion": lambda: assertion(own, clock, {"kid": "1"}, **federated)["client_assertion"]},
    }[kind]
    authority = f"https://login.microsoftonline.com/{TENANT}"

    def ask() -> dict[str, Any]:
        app = msal.ConfidentialClientApplication(
            APP, credential, authority, http_client=library.session, instance_discovery=False
        )
        answer: dict[str, Any] = app.acquire_token_for_client([SCOPE])
        return answer

    assert "access_token" in await asyncio.to_thread(ask)
