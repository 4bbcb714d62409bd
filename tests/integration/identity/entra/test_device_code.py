"""Every application gets a device code; polling shows whether it may use it."""

from typing import Any

import aiohttp
import pytest

from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.entra.grants import Grants
from tests.integration.identity.conftest import APP, DOMAIN, SECRET, TENANT

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
SCOPE = "openid https://api.partnercenter.microsoft.com/user_impersonation"


@pytest.fixture
async def post(entra: SimulatedEntra) -> Any:
    async with aiohttp.ClientSession() as session:

        async def send(end: str, tenant: str = TENANT, **form: str) -> tuple[int, dict[str, Any]]:
            form = {"client_id": APP} | form
            async with session.post(f"{entra.url}/{tenant}/oauth2/v2.0/{end}", data=form) as response:
                return response.status, await response.json()

        yield send


def number(answer: tuple[int, dict[str, Any]]) -> tuple[str, int]:
    return answer[1]["error"], answer[1]["error_codes"][0]


async def test_polling_is_refused_when_public_clients_are_not_allowed(entra: SimulatedEntra, post: Any) -> None:
    entra.register(APP, SECRET)
    status, begun = await post("devicecode", scope=SCOPE)
    assert status == 200
    polled = await post("token", grant_type=GRANT, device_code=begun["device_code"])
    assert polled[0] == 401
    assert number(polled) == ("invalid_client", 7000218)


async def test_interval_is_five_seconds_and_faster_polling_is_taken(
    entra: SimulatedEntra, ada: User, post: Any, clock: Any
) -> None:
    """Entra's page names no slow_down among the errors to expect."""
    entra.grants.interval = Grants(clock).interval
    _, begun = await post("devicecode", scope=SCOPE)
    assert (begun["interval"], begun["expires_in"]) == (5, 900)
    for _ in range(3):
        polled = await post("token", grant_type=GRANT, device_code=begun["device_code"])
        assert number(polled) == ("authorization_pending", 70016)
    clock.ahead = 901
    polled = await post("token", grant_type=GRANT, device_code=begun["device_code"])
    assert number(polled) == ("expired_token", 70020)


@pytest.mark.parametrize(
    ("tenant", "form", "refusal"),
    [
        (TENANT, {"client_id": "7e1a2b3c-0000-4000-8000-0000000000ab"}, ("unauthorized_client", 700016)),
        (TENANT, {"scope": "https://nowhere.example/read"}, ("invalid_resource", 500011)),
        ("made-up.example", {}, ("invalid_request", 90002)),
        ("consumers", {}, ("invalid_request", 9002331)),
    ],
)
async def test_no_code_is_given_when_the_request_is_wrong(
    post: Any, tenant: str, form: dict[str, str], refusal: tuple[str, int]
) -> None:
    status, body = await post("devicecode", tenant, **{"scope": SCOPE} | form)
    assert status == 400
    assert number((status, body)) == refusal


async def test_code_is_redeemed_under_another_name_of_the_tenant(
    entra: SimulatedEntra, ada: User, post: Any, browser: Any
) -> None:
    _, begun = await post("devicecode", DOMAIN, scope=SCOPE)
    await browser.open(begun["verification_uri"])
    for step in ("Next", "Continue as Ada Agent"):
        await browser.press(step, code=begun["user_code"])
    status, body = await post("token", TENANT.upper(), grant_type=GRANT, device_code=begun["device_code"])
    assert status == 200
    assert entra.authority.verify(body["access_token"]).object_id == ada.object_id
