"""The bot as it is served, with its digests: what a person says, and what arrives later by itself, over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.digests import claiming
from bot.digests.workflows import Workflows
from bot.store import open_store
from tests.integration.digests_in_chat.room import CHANNEL, CLEOS_CHAT, EVE, Room
from tests.integration.sign_in.conftest import open_stage


@pytest.fixture
async def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Room]:
    """Ada is signed in. Cleo owns the team, and Eve is of another company that the bot serves."""
    monkeypatch.setattr(claiming, "POLL", 0.1)  # it is not woken by tests that set a digest's time
    async with (
        open_stage(tmp_path, digests=True, tenants=(EVE.tenant_id,)) as stage,
        open_store(stage.settings.database) as store,
    ):
        for conversation in (CLEOS_CHAT, CHANNEL):
            stage.connector.state.join(conversation)
        await stage.signed_in()
        workflows = Workflows(store.sync_url)
        yield Room(stage, store, workflows)
        await workflows.close()
