"""The bot is killed between a token refresh and the save of its result.

It is killed with SIGKILL after Entra has answered the refresh and before the answer is saved.

Entra does not revoke a refresh token when it is used, so the one that is stored still works:
https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens#token-lifetime
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import pytest

from bot.simulator.connector import ADA, personal
from bot.simulator.connector.inbound_activity import as_message
from bot.simulator.entra import token_issuing as issuing
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Refuse
from tests.integration.teams.sign_in.conftest import free_port
from tests.integration.teams.sign_in.started_process import Process

QUESTION = "usage for TEST COMPANY on Exchange"


@pytest.fixture
async def process(stage: Any) -> AsyncIterator[Process]:
    """Return a process that is not started yet."""
    made = Process(stage, free_port())
    yield made
    await made.close()


@contextmanager
def saving_waits(stage: Any) -> Iterator[None]:
    """Hold the write lock from another connection: reads work, a save has to wait."""
    connection = sqlite3.connect(stage.folder / "bot.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def record(stage: Any) -> tuple[Any, ...]:
    with sqlite3.connect(stage.folder / "bot.db") as connection:
        (row,) = connection.execute("SELECT key, version, value FROM records WHERE kind = 'token'").fetchall()
    connection.close()
    return tuple(row)


@pytest.mark.parametrize("why", ["its end is near", "it was refused"])
async def test_kill_between_refresh_and_save_costs_one_more_refresh_only(
    why: str, stage: Any, read: Any, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = stage.partner_center[FAULTS]
    with monkeypatch.context() as patch:
        if why == "its end is near":  # MSAL renews a token that is valid for less than five minutes
            patch.setattr(issuing, "LIFETIME", 200)
        await stage.signed_in()
        if why == "it was refused":
            faults.add(Refuse(status=401, code="900427", times=None))
        await process.start()
        before, refreshed = record(stage), stage.entra.issued.get("refresh_token", 0)
        asked = as_message(process.client.new("message", personal(ADA), ADA), QUESTION, personal(ADA))
        with saving_waits(stage):
            asking = asyncio.create_task(process.client.post(asked))
            await process.read_until("refreshed 200")
            await process.kill()
        with pytest.raises(aiohttp.ClientError):
            await asking
    assert stage.entra.issued["refresh_token"] == refreshed + 1
    assert record(stage) == before, "what was refreshed has been saved"
    assert await stage.quiet() == []
    faults.clear()
    if why == "it was refused":
        faults.add(Refuse(status=401, code="900427", times=1))
    await process.start()
    assert (await process.client.post(asked)).status == 200  # Teams repeats an activity that was not answered
    answers = [await stage.heard(), *await stage.quiet()]
    assert [read[1](answer) for answer in answers if "TEST COMPANY" in read[1](answer)] == [read[1](answers[-1])]
    assert stage.entra.issued["refresh_token"] == refreshed + 2
    assert record(stage) != before
