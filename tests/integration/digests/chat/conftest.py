"""The served bot with its digests, over HTTP.

It replies to messages and posts digests on its own.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.digests.manage.digest_signatures import DigestSignatures
from bot.digests.scheduler import due_poller as claiming
from bot.digests.scheduler.dbos_queue import RunQueue
from bot.store import open_store
from tests.integration.digests.chat.room import CHANNEL, CLEOS_CHAT, EVE, GROUP, Room
from tests.integration.teams.sign_in.conftest import open_stage


@pytest.fixture(scope="session")
def used_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Provide the data folder of a bot that has run before.

    A first start takes a second until a digest is run.
    """
    folder = tmp_path_factory.mktemp("used")

    async def run() -> None:
        async with open_stage(folder, digests=True):
            pass

    asyncio.run(run())
    return folder


@pytest.fixture
async def room(used_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Room]:
    """Provide a served bot and its users.

    Ada is signed in. Cleo owns the team, and Eve is of another tenant that the bot serves.
    """
    monkeypatch.setattr(claiming, "POLL", 0.1)  # tests that set a digest's time do not wake the poller
    shutil.copytree(used_folder, tmp_path, dirs_exist_ok=True)
    async with (
        open_stage(tmp_path, digests=True, tenants=(EVE.tenant_id,)) as stage,
        open_store(stage.settings.database, signatures=DigestSignatures(stage.settings.token_keys)) as store,
    ):
        for conversation in (CLEOS_CHAT, GROUP, CHANNEL):
            stage.connector.state.join(conversation)
        await stage.signed_in()
        workflows = RunQueue(store.sync_url)
        yield Room(stage, store, workflows)
        await workflows.close()
