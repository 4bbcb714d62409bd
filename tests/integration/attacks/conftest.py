"""The running bot with the simulators, a browser, and a server of the attacker."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.attacks.scene import Scene, Trap
from tests.integration.teams.sign_in.conftest import open_stage

TEAMS = "smba.trafficmanager.net"


@pytest.fixture
async def scene(tmp_path: Path, browser: Any) -> AsyncIterator[Scene]:
    trap = await Trap().open()
    async with open_stage(tmp_path, TEAMS) as stage:
        yield Scene(stage, browser, trap)
    await trap.listening.close()
