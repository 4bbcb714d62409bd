"""Tokens are for tenants and resources that exist, under each name they have."""

from typing import Any

import aiohttp
import jwt
import pytest

from bot.simulator.access_tokens import TokenError
from bot.simulator.entra import SimulatedEntra, User
from tests.integration.identity.conftest import DOMAIN, TENANT

PARTNER_CENTER = "https://api.partnercenter.microsoft.com"
PARTNER_CENTER_ID = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"
CONNECTOR = "https://api.botframework.com"
OBO = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "requested_token_use": "on_behalf_of"}
CLIENT = {"grant_type": "client_credentials", "scope": f"{CONNECTOR}/.default"}


def claims_of(body: dict[str, Any]) -> dict[str, Any]:
    return jwt.decode(body["access_token"], options={"verify_signature": False})


@pytest.mark.parametrize("name", [TENANT, TENANT.upper(), DOMAIN, DOMAIN.title()])
async def test_tenant_is_found_by_id_and_domain_in_any_case(redeem: Any, name: str) -> None:
    status, body = await redeem(name, **CLIENT)
    assert (status, claims_of(body)["tid"]) == (200, TENANT)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("7e1a2b3c-0000-4000-8000-0000000000ee", 90002),
        ("made-up.example", 90002),
        ("made-up", 900023),
        ("common", 9001023),
        ("consumers", 9001023),
        ("9188040d-6c67-4c5b-b112-36a304b66dad", 9001023),
        ("organizations", 50059),
    ],
)
async def test_application_gets_no_token_without_one_known_tenant(redeem: Any, name: str, number: int) -> None:
    status, body = await redeem(name, **CLIENT)
    assert (status, body["error"], body["error_codes"]) == (400, "invalid_request", [number])


@pytest.mark.parametrize(
    ("name", "outcome"),
    [(TENANT.upper(), 200), (DOMAIN, 200), ("organizations", 200), ("consumers", 9002331), ("made-up.example", 90002)],
)
async def test_person_signs_in_at_each_name_of_their_tenant(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str, name: str, outcome: int
) -> None:
    scope = f"{PARTNER_CENTER}/user_impersonation"
    status, body = await redeem(name, **OBO, scope=scope, assertion=entra.sso_token(ada, app_id))
    assert (status if status == 200 else body["error_codes"][0]) == outcome


@pytest.mark.parametrize(
    ("scope", "error", "number"),
    [
        ("https://nowhere.example/.default", "invalid_resource", 500011),
        ("https://api.botframework.com/everything", "invalid_scope", 1002012),
        (f"{CONNECTOR}/.default {PARTNER_CENTER}/.default", "invalid_scope", 70011),
        ("", "invalid_scope", 70011),
    ],
)
async def test_application_gets_no_token_when_the_scope_is_wrong(
    redeem: Any, scope: str, error: str, number: int
) -> None:
    status, body = await redeem(**CLIENT | {"scope": scope})
    assert (status, body["error"], body["error_codes"]) == (400, error, [number])


@pytest.mark.parametrize(
    ("scope", "audience"),
    [
        (f"{CONNECTOR}//.default", f"{CONNECTOR}/"),
        (f"{PARTNER_CENTER_ID}/.default", PARTNER_CENTER_ID),
        ("HTTPS://API.botframework.com/.DEFAULT", "HTTPS://API.botframework.com"),
        (
            "api://botid-7e1a2b3c-0000-4000-8000-0000000000aa/.default",
            "api://botid-7e1a2b3c-0000-4000-8000-0000000000aa",
        ),
    ],
)
async def test_audience_is_the_resource_as_the_scope_names_it(redeem: Any, scope: str, audience: str) -> None:
    status, body = await redeem(**CLIENT | {"scope": scope})
    assert (status, claims_of(body)["aud"]) == (200, audience)


@pytest.mark.parametrize(
    ("resource", "taken"),
    [
        (PARTNER_CENTER, True),
        (f"{PARTNER_CENTER}/", True),
        (PARTNER_CENTER.upper(), False),
        (PARTNER_CENTER_ID, False),
    ],
)
async def test_partner_center_takes_the_audience_that_is_documented_only(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str, resource: str, taken: bool
) -> None:
    scope = f"{resource}/user_impersonation"
    status, body = await redeem(**OBO, scope=scope, assertion=entra.sso_token(ada, app_id))
    assert (status, claims_of(body)["aud"]) == (200, resource)
    if taken:
        assert entra.authority.verify(body["access_token"]).object_id == ada.object_id
        return
    with pytest.raises(TokenError, match="audience"):
        entra.authority.verify(body["access_token"])


@pytest.mark.parametrize(
    ("scope", "granted"),
    [
        (f"{PARTNER_CENTER}/User_Impersonation", "user_impersonation"),
        (f"{PARTNER_CENTER}//.default", ".default"),
        (f"openid PROFILE {PARTNER_CENTER}/.default", ".default"),
    ],
)
async def test_scope_of_partner_center_is_known_in_each_spelling(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str, scope: str, granted: str
) -> None:
    status, body = await redeem(**OBO, scope=scope, assertion=entra.sso_token(ada, app_id))
    assert (status, body["scope"]) == (200, f"{PARTNER_CENTER}/{granted}")
    assert entra.authority.verify(body["access_token"]).object_id == ada.object_id


async def test_scopes_of_graph_are_given_on_behalf_of(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str
) -> None:
    for scope in ("https://graph.microsoft.com/User.Read", "user.read"):
        status, body = await redeem(**OBO, scope=scope, assertion=entra.sso_token(ada, app_id))
        assert (status, body["scope"]) == (200, "https://graph.microsoft.com/User.Read")
        assert claims_of(body)["scp"] == "User.Read"


@pytest.mark.parametrize(
    ("scope", "error", "number"),
    [
        (f"{PARTNER_CENTER}/.default {PARTNER_CENTER}/user_impersonation", "invalid_scope", 70011),
        (f"{PARTNER_CENTER}/.default User.Read", "invalid_scope", 70011),
        (f"{PARTNER_CENTER}/user_impersonation User.Read", "invalid_request", 28000),
        ("made_up", "invalid_scope", 70011),
    ],
)
async def test_person_gets_no_token_when_scopes_do_not_fit(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str, scope: str, error: str, number: int
) -> None:
    status, body = await redeem(**OBO, scope=scope, assertion=entra.sso_token(ada, app_id))
    assert (status, body["error"], body["error_codes"]) == (400, error, [number])


@pytest.mark.parametrize(("ahead", "outcome"), [(0, 200), (299, 200), (900, 500133)])
async def test_assertion_is_refused_before_its_time(
    entra: SimulatedEntra, ada: User, redeem: Any, app_id: str, clock: Any, ahead: int, outcome: int
) -> None:
    assertion = entra.sso_token(ada, app_id, nbf=int(clock()) + ahead)
    status, body = await redeem(**OBO, scope=f"{PARTNER_CENTER}/.default", assertion=assertion)
    assert (status if status == 200 else body["error_codes"][0]) == outcome


async def test_assertion_of_version_1_is_accepted(entra: SimulatedEntra, ada: User, redeem: Any, app_id: str) -> None:
    old = {"ver": "1.0", "iss": f"https://sts.windows.net/{TENANT}/", "aud": f"api://botid-{app_id}"}
    assertion = entra.sso_token(ada, app_id, **old)
    assert (await redeem(**OBO, scope=f"{PARTNER_CENTER}/.default", assertion=assertion))[0] == 200


@pytest.mark.parametrize(
    ("name", "issuer"),
    [
        (TENANT, TENANT),
        (TENANT.upper(), TENANT),
        (DOMAIN, TENANT),
        ("common", "{tenantid}"),
        ("organizations", "{tenantid}"),
        ("consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"),
        ("made-up.example", None),
        ("made-up", None),
    ],
)
async def test_discovery_names_the_issuer_of_the_tenant(entra: SimulatedEntra, name: str, issuer: str | None) -> None:
    url = f"{entra.url}/{name}/v2.0/.well-known/openid-configuration"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        body = await response.json()
    if issuer is None:
        assert (response.status, body["error"], body["error_codes"]) == (400, "invalid_tenant", [90002])
    else:
        assert body["issuer"] == f"https://login.microsoftonline.com/{issuer}/v2.0"
