"""A bot as a process of its own, which a test can kill; see process.py."""

import asyncio
from multiprocessing.process import BaseProcess
from typing import Any

from bot.simulator.connector import TeamsClient
from tests.forked_processes import FORKS
from tests.integration.teams.sign_in import process

SECONDS = 240


class Process:
    """A bot process that uses the simulators and the database of the stage.

    `given` goes to process.py.
    """

    def __init__(self, stage: Any, port: int, **given: Any) -> None:
        self._given = given
        self.stage = stage
        self.port = port
        self._process: BaseProcess | None = None
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
        self._said, there = FORKS.Pipe(duplex=False)
        self._process = FORKS.Process(target=process.run, args=(given, there))
        await asyncio.to_thread(self._process.start)
        there.close()
        await self.read_until("listening")

    async def read_until(self, line: str) -> None:
        """Wait until the process says `line`."""
        async with asyncio.timeout(SECONDS):
            while await asyncio.to_thread(self._said.recv) != line:
                pass

    async def kill(self) -> None:
        """Kill with SIGKILL: nothing is finished, nothing is reported."""
        if self._process is not None:
            self._process.kill()
            await asyncio.to_thread(self._process.join)
            self._said.close()
            self._process = None

    async def close(self) -> None:
        await self.kill()
        await self.client.close()
