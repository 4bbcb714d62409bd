"""Bots that nobody here wrote, as processes behind the simulated connector."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.simulator.connector import ADA, Posted, SimulatedConnector, TeamsClient
from tests.foreign.public_names import CONNECTOR, NAMES, Certificate, served

HERE = Path(__file__).parent
SECONDS = 60


class PublicConnector(SimulatedConnector):
    """A connector whose service URL has Teams' own host name."""

    def service_url_in(self, tenant_id: str) -> str:
        return super().service_url_in(tenant_id).replace(self.url, f"https://{CONNECTOR}")


@dataclass
class ForeignBot:
    """A running bot, and the Teams in front of it."""

    client: TeamsClient
    connector: SimulatedConnector

    async def heard(self) -> Posted:
        return await self.connector.next_message(SECONDS)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return Certificate.made(tmp_path_factory.mktemp("certificate"))


@asynccontextmanager
async def running(program: str, certificate: Certificate) -> AsyncIterator[ForeignBot]:
    """Start the bot of `bots/PROGRAM.py`, and wait until it listens."""
    async with PublicConnector() as connector, served(connector.application(), certificate) as port:
        own = free_port()
        command = [sys.executable, str(HERE / "routed.py"), str(HERE / "bots" / f"{program}.py"), str(own)]
        who = [connector.app_id, connector.password, ADA.tenant_id]
        environment = os.environ | certificate.environment(dict.fromkeys(NAMES, port))
        process = await asyncio.create_subprocess_exec(*command, *who, env=environment, stdout=asyncio.subprocess.PIPE)
        try:
            await asyncio.wait_for(said_ready(process), SECONDS)
            async with TeamsClient(connector, f"http://127.0.0.1:{own}/api/messages") as client:
                yield ForeignBot(client, connector)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def said_ready(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None
    async for line in process.stdout:
        if line.strip() == b"ready":
            return
    raise AssertionError("the bot ended before it listened")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
