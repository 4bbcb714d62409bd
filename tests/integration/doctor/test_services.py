"""Tests of the doctor's findings about services that work, fail, or are missing."""

import contextlib
import json
import socket
from typing import Any

import pytest
from aiohttp import web

from bot.doctor.finding import FindingState
from bot.simulator.entra.tenant_directory import AppRegistration
from bot.simulator.partner_center import make_world, partner_center_app
from bot.simulator.partner_center.faults.fault_types import Fail, Refuse, Throttle

NETWORK = ["public address", "Entra", "clock", "Bot Framework keys", "Partner Center", "app password"]
NOWHERE = "http://127.0.0.1:9"


async def test_no_finding_fails_when_all_services_work(clinic: Any) -> None:
    found = await clinic.examine()
    assert found.failed == []
    assert found.states() == {
        "settings": "ok",
        "token keys": "ok",
        "public URL": "warning",  # the simulators' address is not public
        "database": "ok",
        "public address": "ok",
        "Entra": "ok",
        "clock": "ok",
        "Bot Framework keys": "ok",
        "Partner Center": "ok",
        "app password": "ok",
    }


async def test_no_secret_is_in_a_finding(clinic: Any) -> None:
    secret = "Xq8~SecretThatNobodyMaySee"
    for name in ("app_password", "token_keys", "access_token", "app_id", "public_url", "database", "prefix"):
        found = await clinic.examine(**{name: f"{secret}"})
        assert secret not in found.text, name
    for url in (f"https://u:{secret}@example.com", f"https://example.com/?{secret}"):
        for name in ("public_url", "login_url", "partner_center_url"):
            assert secret not in (await clinic.examine(**{name: url})).text, name
    found = await clinic.examine(database=f"postgresql+psycopg://u:{secret}@127.0.0.1:9/bot")
    assert found["database"].state is FindingState.FAILED
    assert secret not in found.text


@pytest.mark.parametrize(
    ("ahead", "state", "what"),
    [
        (0, "ok", "agrees"),
        (-50, "ok", "agrees"),
        (90, "warning", "ahead of"),
        (-90, "warning", "behind"),
        (290, "warning", "ahead of"),
        (310, "failed", "5 minutes ahead of"),
        (-86_400, "failed", "24 hours behind"),
    ],
)
async def test_clock_skew_is_reported_before_tokens_are_refused(
    clinic: Any, ahead: float, state: str, what: str
) -> None:
    clinic.ahead = ahead
    clock = (await clinic.examine())["clock"]
    assert clock.state == state
    assert what in clock.what
    assert bool(clock.mend) is (state != "ok")


@pytest.mark.parametrize("date", ["", "soon", "Thu, 99 Foo 2020 00:00:00 GMT", "Mon, 01 Jan 99999 00:00:00 GMT"])
async def test_clock_is_a_warning_when_the_answer_has_no_time(clinic: Any, serve: Any, date: str) -> None:
    url = await serve(body=b'{"issuer": "i", "token_endpoint": "t"}', Date=date)
    assert (await clinic.examine(login_url=url))["clock"].state == "warning"


async def test_unknown_tenant_is_reported_as_such(clinic: Any) -> None:
    found = await clinic.examine(app_tenant_id="5c0ffee0-0000-4000-8000-000000000002")
    assert found["Entra"].state == "failed"
    assert "no tenant" in found["Entra"].what
    assert "Directory (tenant) ID" in found["Entra"].mend
    assert (found["app password"].state, found["app password"].because) == ("skipped", "Entra")


@pytest.mark.parametrize(
    ("status", "body", "what"),
    [
        (200, b"<html>Welcome to the hotel's network</html>", "not Entra"),
        (200, b"[" * 100_000, "not Entra"),
        (200, b"\xff\xfe", "not Entra"),
        (302, b"", "answers 302"),
        (407, b"", "answers 407"),
        (403, b"blocked by your firewall", "answers 403"),
        (503, b"", "busy"),
        (429, b"", "busy"),
        (400, b'{"error_codes": ["90002"]}', "answers 400"),
        (400, b"null", "answers 400"),
    ],
)
async def test_server_that_is_not_entra_is_reported(
    clinic: Any, serve: Any, status: int, body: bytes, what: str
) -> None:
    entra = (await clinic.examine(login_url=await serve(status=status, body=body)))["Entra"]
    assert entra.state == "failed"
    assert what in entra.what
    assert entra.mend


async def test_each_refusal_of_the_app_secret_has_its_own_remedy(clinic: Any) -> None:
    wrong = (await clinic.examine(app_password="another"))["app password"]
    assert (wrong.state, "AADSTS7000215" in wrong.what) == ("failed", True)
    assert "Value (not its ID)" in wrong.mend
    other = (await clinic.examine(app_id="5c0ffee0-0000-4000-8000-0000000000bb"))["app password"]
    assert (other.state, "AADSTS700016" in other.what) == ("failed", True)
    assert "USAGEBOT_APP_ID" in other.mend
    app = clinic.entra.directory.apps[clinic.environ["USAGEBOT_APP_ID"]]
    clinic.entra.directory.register(AppRegistration(app.app_id, app.secret, expired=True))
    expired = (await clinic.examine())["app password"]
    assert (expired.state, "expired (AADSTS7000222)" in expired.what) == ("failed", True)
    assert "new client secret" in expired.mend


async def test_failing_token_endpoint_is_not_reported_as_a_wrong_secret(clinic: Any) -> None:
    clinic.entra.faults.append((503, None))
    found = (await clinic.examine())["app password"]
    assert found.state == "failed"
    assert "secret" not in found.what


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>"),
        (200, b'{"jwks_uri": "https://elsewhere.example/keys"}'),
        (200, b'{"jwks_uri": "http://[/"}'),
        (200, b'{"keys": []}'),
        (500, b""),
        (302, b""),
    ],
)
async def test_keys_that_cannot_be_fetched_are_reported(clinic: Any, serve: Any, status: int, body: bytes) -> None:
    clinic.openid_url = await serve(status=status, body=body)
    keys = (await clinic.examine())["Bot Framework keys"]
    assert keys.state == "failed"
    assert keys.mend


async def test_empty_key_list_is_reported(clinic: Any, serve: Any) -> None:
    clinic.openid_url = await serve(body=json.dumps({"jwks_uri": await serve(body=b'{"keys": [{"kid": 1}]}')}).encode())
    assert "not the Bot Framework" in (await clinic.examine())["Bot Framework keys"].what


async def test_a_report_under_the_other_prefix_is_found(clinic: Any, serve: Any) -> None:
    app = web.Application()

    async def unauthorized(_: web.Request) -> web.Response:
        return web.Response(status=401)

    app.add_routes([web.get("/v1/analytics/commercial/usage/license", unauthorized)])
    found = (await clinic.examine(partner_center_url=await serve(app)))["Partner Center"]
    assert found.state == "failed"
    assert found.mend == "Set USAGEBOT_PARTNER_CENTER_PREFIX=/v1."


async def test_partner_center_without_the_report_is_reported(clinic: Any, serve: Any) -> None:
    world = make_world(customers=3, seed=1)
    url = await serve(partner_center_app(world, verify=clinic.entra.authority.verify, commercial=False))
    found = (await clinic.examine(partner_center_url=url))["Partner Center"]
    assert found.state == "failed"
    assert "does not exist there (status 404)" in found.what


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Fail(status=503), "warning"),
        (Throttle(), "warning"),
        (Refuse(status=403), "ok"),
        (Refuse(status=418), "failed"),
    ],
)
async def test_state_follows_partner_centers_answer_without_a_token(clinic: Any, fault: Any, state: str) -> None:
    clinic.fail(fault)
    found = (await clinic.examine())["Partner Center"]
    assert found.state == state
    assert bool(found.mend) is (state != "ok")


async def test_server_that_answers_without_a_token_is_not_partner_center(clinic: Any, serve: Any) -> None:
    assert (await clinic.examine(partner_center_url=await serve(body=b"{}")))["Partner Center"].state == "failed"


async def test_every_service_is_reported_when_none_listens(clinic: Any) -> None:
    clinic.openid_url = f"{NOWHERE}/"
    found = await clinic.examine(login_url=NOWHERE, partner_center_url=NOWHERE, public_url=NOWHERE)
    for name in ("Entra", "Bot Framework keys", "Partner Center"):
        assert found[name].state == "failed"
        assert "port 9 of 127.0.0.1 cannot be reached" in found[name].what
    assert found["public address"].state == "warning"  # the bot may not have been started yet
    assert "usagebot serve" in found["public address"].mend
    assert (found["clock"].because, found["app password"].because) == ("Entra", "Entra")


async def test_name_that_does_not_exist_is_reported_as_dns(clinic: Any) -> None:
    found = await clinic.examine(login_url="https://nowhere.invalid")
    assert "the name nowhere.invalid cannot be looked up (DNS)" in found["Entra"].what


async def test_a_proxy_that_the_bot_does_not_use_is_mentioned(clinic: Any) -> None:
    clinic.environ["https_proxy"] = "http://user:hunter2@proxy.example:8080"
    found = await clinic.examine(login_url=NOWHERE)
    assert "HTTPS_PROXY" in found["Entra"].mend
    assert "hunter2" not in found.text
    assert "HTTPS_PROXY" not in found["Partner Center"].mend


async def test_service_that_never_answers_is_abandoned(clinic: Any) -> None:
    clinic.seconds = 0.3
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        clinic.openid_url = url
        found = await clinic.examine(login_url=url, partner_center_url=url, public_url=url)
    for name in ("Entra", "Bot Framework keys", "Partner Center"):
        assert found[name].state == "failed"
        assert "does not answer within 0.3 seconds" in found[name].what
    assert found["public address"].state == "warning"


async def test_server_that_does_not_speak_http_is_reported(clinic: Any) -> None:
    import asyncio

    async def babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        found = await clinic.examine(partner_center_url=url)
    assert found["Partner Center"].state == "failed"
    assert "not HTTP" in found["Partner Center"].what


async def test_bot_is_distinguished_from_another_server(clinic: Any, serve: Any) -> None:
    for answer in ({"status": 502, "body": b"Bad gateway"}, {"body": b"Welcome to nginx"}, {"body": b"[1]"}):
        found = (await clinic.examine(public_url=await serve(**answer)))["public address"]
        assert found.state == "warning"
        assert "not the bot" in found.what


@pytest.mark.parametrize(
    "address",
    [
        "https://host:99999",
        "https://xn--/",
        "https://ex\u00e4mple.invalid",
        "https://nul\0.invalid",
        "https://\ud800.invalid",
        "https://\u202e.invalid",
        "https://a b",
        "https://..invalid",
        "https://" + "a" * 300 + ".invalid",
        "http://127.0.0.1:9/%zz/../",
    ],
)
async def test_other_findings_are_made_whatever_the_address(clinic: Any, address: str) -> None:
    clinic.openid_url = address
    found = await clinic.examine(public_url=address, login_url=address, partner_center_url=address)
    assert len(found) >= 10
    assert found["database"].state == "ok"
    assert found["Bot Framework keys"].state == "failed"
    assert {found[name].state for name in ("Entra", "Partner Center")} <= {"failed", "skipped"}
