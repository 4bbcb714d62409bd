"""MSAL for Node, another implementation than that of Python, with its own settings over https."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import jwt

from tests.foreign.clients.conftest import APP, SCOPE, SECRET, TENANT, Office
from tests.node_packages import installed_packages, node_program

FOLDER = Path(__file__).parents[1] / "node"
CONNECTOR_SCOPE = "https://api.botframework.com/.default"


@asynccontextmanager
async def started(office: Office, flow: str, **given: str) -> AsyncIterator[asyncio.StreamReader]:
    """Run one flow; yield what it prints."""
    await asyncio.to_thread(installed_packages, FOLDER)
    given = {"app": APP, "tenant": TENANT, "secret": SECRET} | given
    command = [node_program(os.environ), "--require", str(FOLDER / "routed.cjs"), str(FOLDER / "msal.cjs")]
    process = await asyncio.create_subprocess_exec(
        *command, flow, json.dumps(given), env=office.environment, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        yield process.stdout
    finally:
        if process.returncode is None:
            await process.wait()


async def answer(office: Office, flow: str, **given: str) -> dict[str, Any]:
    async with started(office, flow, **given) as printed:
        return json.loads(await printed.readline())


async def test_client_secret_gives_the_token_of_the_application(office: Office) -> None:
    said = await answer(office, "client", scope=CONNECTOR_SCOPE)
    assert jwt.decode(said["token"], options={"verify_signature": False})["appid"] == APP


async def test_wrong_secret_is_refused_with_entras_number(office: Office) -> None:
    said = await answer(office, "client", scope=CONNECTOR_SCOPE, secret="another secret")
    assert "AADSTS7000215" in said["error"]


async def test_on_behalf_of_gives_the_persons_token(office: Office) -> None:
    said = await answer(office, "behalf", scope=SCOPE, assertion=office.sso())
    assert office.entra.authority.verify(said["token"]).object_id == office.ada.object_id
    assert said["account"] == office.ada.object_id


async def test_missing_second_factor_is_an_interaction_with_claims(office: Office) -> None:
    standing = office.entra.standing(office.ada)
    standing.mfa, standing.mfa_done = True, False
    said = await answer(office, "behalf", scope=SCOPE, assertion=office.sso())
    assert said["kind"] == "InteractionRequiredAuthError"
    assert "access_token" in json.loads(said["claims"])


async def test_device_code_is_redeemed_after_the_sign_in(office: Office, person: Any) -> None:
    async with started(office, "device", scope=SCOPE) as printed:
        await person.device(office.entra, json.loads(await printed.readline())["code"], office.ada)
        said = json.loads(await printed.readline())
    assert "token" in said, said
    assert office.entra.authority.verify(said["token"]).name == "Ada Agent"
