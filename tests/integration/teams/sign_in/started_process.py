"""A bot as a process of its own, which a test can kill; see process.py."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from bot.simulator.connector import TeamsClient

PROCESS = Path(__file__).with_name("process.py")
SECONDS = 240


class Process:
    """A bot process that uses the simulators and the database of the stage.

    `given` goes to process.py.
    """

    def __init__(self, stage: Any, port: int, **given: Any) -> None:
        self._given = given
        self.stage = stage
        self.port = port
        self.client = TeamsClient(stage.connector, f"http://127.0.0.1:{port}/api/messages")

    async def start(self) -> None:
        named = {name: getattr(self.stage.settings, name) for name in self.stage.settings.__slots__}
        given = {
            "settings": named | {"public_url": f"http://127.0.0.1:{self.port}"},
            "port": self.port,
            "entra": self.stage.entra.url,
            "connector": self.stage.connector.url,
            "openid_url": self.stage.connector.openid_configuration_url,
            **self._given,
        }
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, str(PROCESS), json.dumps(given), stdout=asyncio.subprocess.PIPE
        )
        await self.read_until("listening")

    async def read_until(self, line: str) -> None:
        """Wait until the process writes `line`."""
        assert self._process.stdout is not None
        async with asyncio.timeout(SECONDS):
            while (said := (await self._process.stdout.readline()).decode().strip()) != line:
                assert said, f"the process ended before it was {line}"

    async def kill(self) -> None:
        """Kill with SIGKILL: nothing is finished, nothing is reported."""
        if self._process.returncode is None:
            self._process.kill()
            await self._process.communicate()

    async def close(self) -> None:
        await self.kill()
        await self.client.close()
