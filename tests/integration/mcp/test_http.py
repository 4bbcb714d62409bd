"""Tests of `/mcp` over HTTP: who may ask, as whom, and what is refused."""

import asyncio
import base64
import json
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import ProtectedResourceMetadata

from bot.app.web_app import IDENTITY
from bot.domain.conversation import Caller
from bot.identity.sso.sso_token import TEAMS_CLIENTS, SsoRefusal
from bot.mcp.protocol_version import CAPABILITIES_KEY, STATELESS, VERSION_KEY
from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.teams_people import Person
from bot.simulator.entra import User
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Slow
from tests.integration.attacks import forging
from tests.integration.attacks.forging import EARLIER, LATER
from tests.integration.teams.sign_in.conftest import Stage, open_stage

PROGRAM = "aebc6443-996d-45c2-90f0-388ff96faa56"
OTHER = "7e1a2b3c-0000-4000-8000-0000000000ff"
QUESTION = {"sentence": "usage for TEST COMPANY on Exchange"}
SECONDS = 240
MODES = pytest.mark.parametrize("mode", ["legacy", "2026-07-28", "auto"])


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, programs=(PROGRAM,)) as opened:
        yield opened


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


def token(stage: Stage, person: Person = ADA, **claims: Any) -> str:
    return stage.token(person, **{"azp": PROGRAM, **claims})


def url(stage: Stage, path: str = "/mcp") -> str:
    return stage.bot.listening.url + path


@asynccontextmanager
async def client(stage: Stage, mode: str, person: Person = ADA) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {token(stage, person)}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=SECONDS) as carried,
        Client(streamable_http_client(url(stage), http_client=carried), mode=mode) as usagebot,
    ):
        yield usagebot


def message(method: str = "tools/list", identity: object = 1, **params: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": identity, "method": method, "params": params}).encode()


async def post(
    session: aiohttp.ClientSession, stage: Stage, body: bytes = message(), **headers: str
) -> tuple[int, Any, Any]:
    """Send a request, and return status, headers and JSON.

    It has Ada's token unless the headers have another.
    """
    named = {"Authorization": f"Bearer {token(stage)}", "Content-Type": "application/json"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    async with session.post(url(stage), data=body, headers={k: v for k, v in named.items() if v}) as response:
        said = await response.read()
        return response.status, response.headers, json.loads(said) if said else None


@MODES
async def test_the_official_client_asks_as_its_person(stage: Stage, mode: str) -> None:
    async with client(stage, mode) as usagebot:
        assert len((await usagebot.list_tools()).tools) == 4
        answered = await usagebot.call_tool("ask", QUESTION)
        assert answered.structured_content["rows"][0]["customer"] == "TEST COMPANY"
        shown = await usagebot.call_tool("ask", {"sentence": "who am i"})
        assert "Ada Agent" in shown.content[0].text
        refused = await usagebot.call_tool("ask", {"sentence": "sign out"})
        assert refused.structured_content["problem"] == "read_only"
        assert (await usagebot.read_resource("usagebot://help")).contents[0].text


async def test_each_person_sees_only_what_their_own_token_shows(stage: Stage) -> None:
    stage.entra.directory.add(User(BEN.name, BEN.tenant_id, BEN.object_id, roles=()))
    async with client(stage, "legacy", ADA) as ada, client(stage, "2026-07-28", BEN) as ben:
        for _ in range(2):
            both = await asyncio.gather(*(each.call_tool("ask", QUESTION) for each in (ada, ben)))
            assert [each.structured_content["kind"] for each in both] == ["usage", "error"]
            assert both[1].structured_content["problem"] == "role_missing"
        shown = await asyncio.gather(*(each.call_tool("ask", {"sentence": "who am i"}) for each in (ada, ben)))
    assert [ADA.name in shown[0].content[0].text, BEN.name in shown[1].content[0].text] == [True, True]


async def test_nothing_is_stored_of_a_program_and_nobody_is_signed_in_to_teams(stage: Stage) -> None:
    async with client(stage, "auto") as usagebot:
        assert not (await usagebot.call_tool("ask", QUESTION)).is_error
    assert await stage.bot.app[IDENTITY].signed_in(Caller(ADA.tenant_id, ADA.object_id)) is None
    with sqlite3.connect(stage.folder / "bot.db") as database:
        kinds = {kind for (kind,) in database.execute("SELECT kind FROM records")}
    database.close()
    assert kinds <= {"process"}


async def test_who_signs_out_in_teams_leaves_no_token_of_a_program(stage: Stage) -> None:
    await stage.signed_in()
    async with client(stage, "auto") as usagebot:
        assert not (await usagebot.call_tool("ask", QUESTION)).is_error
        bearers = stage.bot.app[IDENTITY].bearers
        ada = Caller(ADA.tenant_id, ADA.object_id)
        assert await bearers.signed_in(ada) is not None
        await stage.say("sign out")
        assert await bearers.signed_in(ada) is None
        assert not (await usagebot.call_tool("ask", QUESTION)).is_error  # the program's own sign-in stays


async def test_one_exchange_serves_many_questions_with_one_token(stage: Stage) -> None:
    async with client(stage, "auto") as usagebot:
        await asyncio.gather(*(usagebot.call_tool("explain", QUESTION) for _ in range(3)))
        before = dict(stage.entra.issued)
        await usagebot.call_tool("ask", QUESTION)
    assert dict(stage.entra.issued) == before
    assert sum(before.values()) == 1


async def test_a_request_without_a_token_is_shown_where_to_get_one(stage: Stage, session: Any) -> None:
    status, headers, said = await post(session, stage, Authorization="")
    assert status == 401
    assert said == {"error": "the request has no bearer token"}
    challenge = headers["WWW-Authenticate"]
    assert challenge.startswith("Bearer scope=")
    found = re.search(r'resource_metadata="([^"]+)"', challenge)
    assert found is not None
    for place in (found[1], url(stage, "/.well-known/oauth-protected-resource")):
        async with session.get(place) as response:
            described = ProtectedResourceMetadata.model_validate(await response.json())
        assert str(described.resource) == url(stage)
        assert [str(each) for each in described.authorization_servers] == [
            f"{stage.settings.login_url}/{ADA.tenant_id}/v2.0"
        ]
        assert described.scopes_supported == [f"api://botid-{stage.settings.app_id}/access_as_user"]


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"exp": EARLIER}, SsoRefusal.EXPIRED),
        ({"exp": int(time.time()) - 1}, SsoRefusal.EXPIRED),  # no tolerance: it could not be exchanged
        ({"nbf": LATER}, SsoRefusal.TOO_EARLY),
        ({"aud": OTHER}, SsoRefusal.AUDIENCE),
        ({"aud": "https://api.partnercenter.microsoft.com"}, SsoRefusal.AUDIENCE),
        ({"tid": OTHER}, SsoRefusal.TENANT),
        ({"tid": "../common"}, SsoRefusal.TENANT),
        ({"oid": None}, SsoRefusal.PERSON),
        ({"scp": "User.Read"}, SsoRefusal.SCOPE),
        ({"scp": None, "idtyp": "app", "roles": ["AdminAgents"]}, SsoRefusal.SCOPE),
        ({"ver": "1.0"}, SsoRefusal.VERSION),
        ({"iss": f"https://login.microsoftonline.com/{OTHER}/v2.0"}, SsoRefusal.ISSUER),
        ({"azp": OTHER}, SsoRefusal.CLIENT),
        ({"azp": min(TEAMS_CLIENTS)}, SsoRefusal.CLIENT),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else value.name,
)
async def test_a_token_of_another_kind_is_refused(
    stage: Stage, session: Any, claims: dict[str, Any], reason: SsoRefusal
) -> None:
    status, headers, said = await post(session, stage, Authorization=f"Bearer {token(stage, **claims)}")
    assert (status, said) == (401, {"error": reason.value})
    assert 'error="invalid_token"' in headers["WWW-Authenticate"]
    assert dict(stage.entra.issued) == {}


@pytest.mark.parametrize(
    "change",
    [
        lambda made: forging.unsigned(made, "none"),
        forging.stripped,
        forging.altered,
        lambda made: forging.changed(made, oid=BEN.object_id),
        forging.forged,
        lambda made: "",
        lambda made: "e30.e30.e30",
        lambda made: made + "A" * 5_000,
        lambda made: made + " " + made,
    ],
)
async def test_a_forged_token_is_refused(stage: Stage, session: Any, change: Any) -> None:
    status, headers, _ = await post(session, stage, Authorization=f"Bearer {change(token(stage))}")
    assert status == 401
    assert "resource_metadata" in headers["WWW-Authenticate"]


@pytest.mark.parametrize("scheme", ["Basic", "Negotiate", "", "Bearer,"])
async def test_another_way_to_authenticate_is_refused(stage: Stage, session: Any, scheme: str) -> None:
    status, _, _ = await post(session, stage, Authorization=f"{scheme} {token(stage)}")
    assert status == 401


async def test_a_token_in_the_address_counts_for_nothing(stage: Stage, session: Any) -> None:
    async with session.post(url(stage) + f"?access_token={token(stage)}", data=message()) as response:
        assert response.status == 401


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "HEAD", "OPTIONS"])
async def test_any_method_but_post_is_refused(stage: Stage, session: Any, method: str) -> None:
    headers = {"Authorization": f"Bearer {token(stage)}", "Accept": "text/event-stream"}
    async with session.request(method, url(stage), headers=headers) as response:
        assert response.status == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:80"}, 421),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/json; charset=utf-16"}, 415),
        ({"Content_Encoding": "gzip"}, 415),
        ({"Accept": "text/html"}, 406),
        ({"Accept": "text/event-stream"}, 406),
    ],
    ids=str,
)
async def test_headers_of_another_kind_are_refused(
    stage: Stage, session: Any, headers: dict[str, str], status: int
) -> None:
    assert (await post(session, stage, **headers))[0] == status


async def test_the_bot_itself_and_any_accepted_json_are_answered(stage: Stage, session: Any) -> None:
    for headers in ({"Origin": url(stage, "")}, {"Accept": "*/*"}, {"Accept": "application/json;q=0.9, text/html"}):
        assert (await post(session, stage, **headers))[0] == 200


async def test_bodies_that_are_too_large_are_not_read(stage: Stage, session: Any) -> None:
    async def without_end() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b" " * 65_536

    assert (await post(session, stage, b" " * 262_145))[0] == 413
    headers = {"Authorization": f"Bearer {token(stage)}", "Content-Type": "application/json"}
    async with session.post(url(stage), data=without_end(), headers=headers) as response:
        assert response.status == 413


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", -32700),
        (b"{", -32700),
        (b"[" * 100_000, -32700),
        (b"\xff", -32700),
        (b"[" + message() + b"," + message() + b"]", -32600),
        (b"[]", -32600),
        (b'"tools/list"', -32600),
        (message(identity=None), -32600),
        (message(identity=1.5), -32600),
    ],
    ids=lambda value: repr(value)[:30],
)
async def test_hostile_bodies_and_batches_are_refused(stage: Stage, session: Any, body: bytes, code: int) -> None:
    status, _, said = await post(session, stage, body)
    assert (status, said["error"]["code"], said["id"]) == (400, code, None)


async def test_notifications_are_accepted_without_an_answer(stage: Stage, session: Any) -> None:
    body = b'{"jsonrpc": "2.0", "method": "notifications/initialized"}'
    status, _, said = await post(session, stage, body)
    assert (status, said) == (202, None)


META = {VERSION_KEY: STATELESS[0], CAPABILITIES_KEY: {}}
CALL = {"name": "explain", "arguments": QUESTION, "_meta": META}
HEADERS = {"MCP_Protocol_Version": STATELESS[0], "Mcp_Method": "tools/call", "Mcp_Name": "explain"}


async def test_headers_that_say_what_the_body_says_are_taken(stage: Stage, session: Any) -> None:
    status, _, said = await post(session, stage, message("tools/call", **CALL), **HEADERS)
    assert status == 200
    assert said["result"]["resultType"] == "complete"
    encoded = f"=?base64?{base64.b64encode(b'explain').decode()}?="
    status, _, _ = await post(session, stage, message("tools/call", **CALL), **(HEADERS | {"Mcp_Name": encoded}))
    assert status == 200


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"MCP_Protocol_Version": ""}, -32020),
        ({"MCP_Protocol_Version": "2025-11-25"}, -32020),
        ({"Mcp_Method": ""}, -32020),
        ({"Mcp_Method": "tools/list"}, -32020),
        ({"Mcp_Name": ""}, -32020),
        ({"Mcp_Name": "ask"}, -32020),
        ({"Mcp_Name": "=?base64?!!!?="}, -32020),
    ],
    ids=str,
)
async def test_headers_that_contradict_the_body_are_refused(
    stage: Stage, session: Any, headers: dict[str, str], code: int
) -> None:
    status, _, said = await post(session, stage, message("tools/call", **CALL), **(HEADERS | headers))
    assert (status, said["error"]["code"]) == (400, code)


@pytest.mark.parametrize(
    ("body", "version", "status", "code"),
    [
        (message(), "2024-11-05", 400, -32022),
        (message(), "nonsense", 400, -32022),
        (message(), STATELESS[0], 400, -32602),
        (message(_meta={VERSION_KEY: "2099-01-01", CAPABILITIES_KEY: {}}), "2099-01-01", 400, -32022),
        (message("prompts/list", _meta=META), STATELESS[0], 404, -32601),
        (message("prompts/list"), "2025-11-25", 200, -32601),
    ],
)
async def test_revisions_and_methods_that_there_are_not(
    stage: Stage, session: Any, body: bytes, version: str, status: int, code: int
) -> None:
    method = json.loads(body)["method"]
    found, _, said = await post(session, stage, body, MCP_Protocol_Version=version, Mcp_Method=method)
    assert (found, said["error"]["code"]) == (status, code)


async def test_more_than_a_few_requests_of_one_person_at_once_are_refused(stage: Stage, session: Any) -> None:
    stage.partner_center[FAULTS].add(Slow(seconds=1.0, times=None))
    body = message("tools/call", name="ask", arguments=QUESTION)
    running = [asyncio.create_task(post(session, stage, body)) for _ in range(4)]
    await stage.held.asked()
    async with asyncio.timeout(SECONDS):
        while (await post(session, stage))[0] != 429:  # noqa: ASYNC110  # the others are on their way
            await asyncio.sleep(0.01)
    ben = f"Bearer {token(stage, BEN)}"
    assert (await post(session, stage, Authorization=ben))[0] == 200
    stage.held.over.set()
    assert [status for status, _, _ in await asyncio.gather(*running)] == [200] * 4
    assert (await post(session, stage))[0] == 200


async def test_no_token_and_nothing_that_was_asked_is_logged(
    stage: Stage, session: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = token(stage)
    await post(session, stage, message("tools/call", name="ask", arguments=QUESTION), Authorization=f"Bearer {sent}")
    await post(session, stage, Authorization=f"Bearer {sent}x")
    logged = "".join(capsys.readouterr())
    assert "mcp_answered" in logged
    assert "mcp_refused" in logged
    for secret in (sent, sent.split(".")[2], "TEST COMPANY", ADA.object_id, ADA.name):
        assert secret not in logged


async def test_without_a_program_in_the_settings_there_is_no_endpoint(tmp_path: Path, session: Any) -> None:
    async with open_stage(tmp_path) as closed:
        for path in ("/mcp", "/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"):
            async with session.post(url(closed, path), data=message()) as response:
                assert response.status == 404
