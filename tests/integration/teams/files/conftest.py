"""The served bot between simulated services, with Ada signed in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.teams.sign_in.conftest import Stage, open_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        await opened.signed_in()
        yield opened
