"""Tests of `usagebot serve` as a process: what it serves and refuses; its end."""

import asyncio
import base64
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.store import Store, open_store

GUID = "00000000-0000-0000-0000-00000000000a"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    ours = {
        "APP_ID": GUID,
        "APP_PASSWORD": "x",
        "APP_TENANT_ID": GUID,
        "PUBLIC_URL": "http://127.0.0.1:1",
        "TOKEN_KEYS": base64.b64encode(b"k" * 32).decode(),
        "DATABASE": f"sqlite:///{tmp_path}/bot.db",
        "PORT": str(free_port()),
        "METRICS_PORT": str(free_port()),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("USAGEBOT_")}
    return kept | {f"USAGEBOT_{name}": value for name, value in ours.items()}


@pytest.fixture
async def serve(settings: dict[str, str]) -> AsyncIterator[Callable[..., Any]]:
    running: list[subprocess.Popen[bytes]] = []

    def start(*before: str, **changes: str) -> "subprocess.Popen[bytes]":
        command = [*before, sys.executable, "-m", "bot", "serve"]
        running.append(subprocess.Popen(command, env=settings | changes, stderr=subprocess.PIPE))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
async def store(settings: dict[str, str]) -> AsyncIterator[Store]:
    async with open_store(settings["USAGEBOT_DATABASE"]) as opened:
        yield opened


async def get(port: str, path: str) -> str:
    """Return the content of `path`, as soon as it is served."""
    async with asyncio.timeout(240), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}{path}") as response:
                    assert response.status == 200
                    return await response.text()
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)


async def ended(process: "subprocess.Popen[bytes]") -> str:
    _, said = await asyncio.to_thread(process.communicate, None, 240)
    return said.decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_bot_serves_until_it_is_stopped(serve: Any, settings: Any, store: Store, number: signal.Signals) -> None:
    process = serve()
    assert await get(settings["USAGEBOT_PORT"], "/healthz") == '{"status": "ok"}'
    assert "usagebot_digests_due_total 0.0" in await get(settings["USAGEBOT_METRICS_PORT"], "/metrics")
    assert len(await store.replicas.known()) == 1
    process.send_signal(number)
    said = await ended(process)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert await store.replicas.known() == []


async def test_second_bot_on_the_port_fails_and_the_first_continues(serve: Any, settings: Any, store: Store) -> None:
    serve()
    await get(settings["USAGEBOT_PORT"], "/healthz")
    second = serve()
    said = await ended(second)
    assert second.returncode == 1
    assert said == f"usagebot: Port {settings['USAGEBOT_PORT']} on 127.0.0.1 is taken by another program.\n"
    assert len(await store.replicas.known()) == 1
    third = serve(USAGEBOT_PORT=str(free_port()))
    said = await ended(third)
    assert third.returncode == 1
    assert said == f"usagebot: Port {settings['USAGEBOT_METRICS_PORT']} on 127.0.0.1 is taken by another program.\n"
    assert len(await store.replicas.known()) == 1


async def test_health_is_answered_beside_five_hundred_half_open_lines(serve: Any, settings: Any) -> None:
    port = settings["USAGEBOT_PORT"]
    process = serve("prlimit", "--nofile=256:256")
    await get(port, "/livez")
    lines = []
    for _ in range(500):
        lines.append(await asyncio.open_connection("127.0.0.1", int(port)))
        lines[-1][1].write(b"POST /api/messages HTTP/1.1\r\nHost:")
    assert await get(port, "/livez") == '{"status": "ok"}'
    assert await get(port, "/healthz") == '{"status": "ok"}'
    process.send_signal(signal.SIGTERM)
    said = await ended(process)
    for _, writer in lines:
        writer.close()
    assert "accept_failed" not in said
    assert process.returncode == 0, said
