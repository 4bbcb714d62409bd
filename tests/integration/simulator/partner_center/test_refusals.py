"""Tests that whatever is not as documented is refused, with the documented body."""

from typing import Any

import aiohttp
import jwt
import pytest

from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.fault_types import IgnoreMfa, RequireMfa
from tests.integration.simulator.partner_center.conftest import USAGE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("$filter", "workloadCode eq 'EXO'"),
        ("groupBy", "channel"),
        ("orderby", "customerName"),
        ("filter", ""),
        ("filter", "  "),
        ("filter", "nothing eq 'x'"),
        ("filter", "workloadcode eq 'x'"),
        ("filter", "licensesActive eq '1'"),
        ("filter", "processedDateTime eq '2018-10-14'"),
        ("filter", "workloadCode gt 'EXO'"),
        ("filter", "workloadCode in ('EXO', 'SPO')"),
        ("filter", "contains(customerName, 'TEST')"),
        ("filter", "unheardof(customerName)"),
        ("filter", "not (workloadCode eq 'EXO')"),
        ("filter", "'EXO' eq workloadCode"),
        ("filter", "workloadCode eq 'EXO' and 'x'"),
        ("filter", "workloadCode"),
        ("filter", 'workloadCode eq "EXO"'),
        ("filter", "workloadCode eq EXO"),
        ("filter", "workloadCode eq 5"),
        ("filter", "customerTenantId eq 0112A436-B14E-4888-967B-CA4BB2CF1234"),
        ("filter", "workloadCode eq 'EXO"),
        ("filter", "customerName eq 'O'Brien'"),
        ("filter", "(workloadCode eq 'EXO'"),
        ("filter", "workloadCode eq 'EXO')"),
        ("filter", "workloadCode eq 'EXO' or"),
        ("filter", "workloadCode eq 'EXO' xor channel eq 'direct'"),
        ("filter", "workloadCode = 'EXO'"),
        ("groupby", ""),
        ("groupby", "channel,"),
        ("groupby", "licensesActive"),
        ("groupby", "processedDateTime"),
        ("groupby", "channelcustomerTenantId"),
        ("groupby", "channel,channel"),
        ("top", "0"),
        ("top", "-1"),
        ("top", "10001"),
        ("top", "ten"),
        ("top", "1.5"),
        ("top", "٣"),
        ("top", "9" * 5000),
        ("skip", "-1"),
        ("skip", ""),
        ("skip", "1e3"),
        ("processedDateTime", "yesterday"),
        ("processedDateTime", "2018-02-30"),
        ("processedDateTime", "2018-10-14T25:00:00"),
        ("processedDateTime", "20181014"),
        ("processedDateTime", "2018-W01-1"),
        ("processedDateTime", ""),
    ],
)
async def test_a_parameter_that_is_not_as_documented_is_refused(service: Any, name: str, value: str) -> None:
    assert (await service.get(**{name: value})).refusal == (400, "3000")


async def test_a_parameter_given_twice_is_refused(service: Any) -> None:
    reply = await service.get("/v1/analytics/commercial/usage/license?top=1&top=2")
    assert reply.refusal == (400, "3000")


async def test_superseded_report_accepts_ids_of_this_partners_customers(service: Any) -> None:
    path = "/v1/customers/{}/analytics/licenses/usage"
    assert (await service.get(path.format("TEST COMPANY"))).refusal == (400, "3000")
    stranger = path.format("99999999-9999-4999-8999-999999999999")
    assert (await service.get(stranger)).refusal == (403, "20002")
    own = path.format("0112A436-B14E-4888-967B-CA4BB2CF1234")
    assert (await service.get(own, top="1")).refusal == (400, "3000")


async def test_tokens_are_refused_with_the_documented_codes(service: Any) -> None:
    issue, alice = service.authority.issue, service.alice
    for authorization, refusal in (
        (None, (401, "800001")),
        ("Bearer", (401, "800001")),
        ("Basic YTpi", (401, "800001")),
        ("Bearer rubbish", (401, "400")),
        ("Bearer a.b.c", (401, "400")),
        (f"Bearer {issue(alice)[:-6]}AAAAAA", (401, "400")),
        (f"Bearer {issue(alice, lifetime=-60)}", (401, "400")),
        (f"Bearer {issue(alice, audience='https://graph.windows.net')}", (401, "900420")),
        (f"Bearer {issue(alice, app_only=True)}", (403, "900329")),
        (f"Bearer {issue(alice, roles=())}", (403, "900150")),
        (f"Bearer {issue(alice, roles=('GlobalReader',))}", (403, "900150")),
    ):
        reply = await service.get(authorization=authorization)
        assert reply.refusal == refusal
        assert ("WWW-Authenticate" in reply.headers) == (reply.status == 401)


@pytest.mark.parametrize("amr", [["pwd"], ["pwd", "mfa"]])
async def test_persons_token_without_a_scope_is_refused_everywhere(service: Any, amr: list[str]) -> None:
    key = service.authority.key
    claims = jwt.decode(service.authority.issue(service.alice), options={"verify_signature": False})
    del claims["scp"]
    token = f"Bearer {key.sign(claims | {'amr': amr, 'roles': []})}"
    for path in (USAGE, "/v1/customers"):
        assert (await service.get(path, authorization=token)).refusal == (403, "900308")


async def test_signed_token_with_times_of_text_is_refused(service: Any) -> None:
    claims = jwt.decode(service.authority.issue(service.alice), options={"verify_signature": False})
    for changed in ({"exp": "9999999999"}, {"nbf": [1]}):
        token = f"Bearer {service.authority.key.sign(claims | changed)}"
        assert (await service.get(authorization=token)).refusal == (401, "400")


async def test_a_token_of_another_authority_is_refused(service: Any) -> None:
    other = type(service.authority)()
    assert (await service.get(authorization=f"Bearer {other.issue(service.alice)}")).refusal == (401, "400")


async def test_token_without_mfa_is_refused_when_mfa_is_enforced(start: Any) -> None:
    service = await start(conduct=Conduct(mfa_required=False))
    without = f"Bearer {service.authority.issue(service.alice, mfa=False)}"
    assert (await service.get(authorization=without)).status == 200
    service.faults.add(RequireMfa(times=None))
    assert (await service.get(authorization=without)).refusal == (401, "900421")
    assert (await service.get()).status == 200


async def test_mfa_is_enforced_unless_it_is_switched_off(service: Any) -> None:
    without = f"Bearer {service.authority.issue(service.alice, mfa=False)}"
    for path in (USAGE, "/v1/customers"):
        refused = await service.get(path, authorization=without, headers={"ValidateMfa": "true"})
        assert (refused.refusal, refused.headers["isMfaCompliant"]) == ((401, "900421"), "false")
    app_only = f"Bearer {service.authority.issue(service.alice, app_only=True)}"
    assert (await service.get("/v1/customers", authorization=app_only)).status == 200
    service.faults.add(IgnoreMfa())
    assert [(await service.get(authorization=without)).status for _ in range(2)] == [200, 401]


async def test_answer_says_if_the_token_has_mfa_when_requested(service: Any) -> None:
    ask = {"ValidateMfa": "true"}
    assert (await service.get(headers=ask)).headers["isMfaCompliant"] == "true"
    without = f"Bearer {service.authority.issue(service.alice, mfa=False)}"
    service.faults.add(IgnoreMfa())
    for status in (200, 401):
        reply = await service.get(headers=ask, authorization=without)
        assert (reply.status, reply.headers["isMfaCompliant"]) == (status, "false")
    assert "isMfaCompliant" not in (await service.get()).headers


async def test_an_address_that_does_not_exist_is_the_documented_404(service: Any) -> None:
    for path in ("/v1", "/v1/", "/v1/analytics", "/partner/v1/customers/x", "/v1/Customers"):
        assert (await service.get(path)).refusal == (404, "1000")


async def test_address_outside_of_the_api_is_answered_with_a_page(service: Any) -> None:
    for path in ("/", "/v2/analytics/commercial/usage/license", "/v10", "/favicon.ico"):
        reply = await service.get(path)
        assert (reply.status, reply.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert b"<title>404 - File or directory not found.</title>" in reply.raw
        assert not any(name.startswith("MS-") for name in reply.headers)


async def test_omitted_report_is_a_404(start: Any) -> None:
    without = await start(commercial=False)
    assert (await without.get()).refusal == (404, "1000")
    superseded = "/v1/customers/0112A436-B14E-4888-967B-CA4BB2CF1234/analytics/licenses/usage"
    assert (await without.get(superseded)).status == 200
    assert (await (await start(legacy=False)).get(superseded)).refusal == (404, "1000")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
async def test_only_get_is_accepted(service: Any, method: str) -> None:
    reply = await service.get(method=method)
    assert (reply.status, reply.headers["Allow"]) == (405, "GET")


async def test_request_is_refused_when_it_does_not_accept_json(service: Any) -> None:
    assert (await service.get(headers={"Accept": "text/html"})).refusal == (406, "3000")
    for kinds in ("application/json", "text/html, */*;q=0.1", "application/*"):
        assert (await service.get(headers={"Accept": kinds})).status == 200


@pytest.mark.parametrize("name", ["MS-RequestId", "MS-CorrelationId"])
async def test_id_is_refused_and_not_echoed_when_it_is_not_a_guid(service: Any, name: str) -> None:
    reply = await service.get(headers={name: "42"})
    assert reply.refusal == (400, "3000")
    assert reply.headers[name] != "42"


async def test_hostile_hosts_and_escapes_never_end_in_a_500(service: Any) -> None:
    for host in ("a b", "[::1", "a:b:c", "x" * 300, "127.0.0.1:99999"):
        assert (await service.get(headers={"Host": host}, top="1")).status in {200, 400}
    for query in ("filter=%FF", "filter=%00", "filter=%ED%A0%80", "%ZZ=1", "filter=customerName eq '%C0%80'"):
        url = service.server.url + "/v1/analytics/commercial/usage/license?" + query.replace(" ", "%20")
        async with service.session.get(
            aiohttp.client.URL(url, encoded=True), headers={"Authorization": f"Bearer {service.token}"}
        ) as reply:
            assert reply.status in {200, 400}
