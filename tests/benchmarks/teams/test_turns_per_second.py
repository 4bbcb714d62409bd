"""Turns per second of `help`: our bot with token checks, other bots without.

Each runs in a process of its own.
"""

import asyncio
import importlib.util
import json
import socket
import statistics
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.simulator.connector import ADA, SimulatedConnector, personal
from bot.simulator.connector.inbound_activity import activity, as_message

HERE = Path(__file__).parent
ROUNDS = 5
SIDE_BY_SIDE = 16
TARGETS = {"stock": 10.0, "teams_sdk": 3.0, "bare": 0.5}
TURNS = {"ours": 1_500, "bare": 1_500, "teams_sdk": 300, "stock": 120}


def _load(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


wire = _load("wire")


@dataclass
class Range:
    """The target of the requests: a connector, and the token that its channel sends."""

    connector: SimulatedConnector
    service_url: str
    number: int = 0

    def requests(self, count: int, *, with_token: bool) -> list[bytes]:
        """Return requests with `help`, each a different activity.

        botbuilder's bot checks a token as soon as there is one, so it gets none.
        """
        token = self.connector.channel_token(service_url=self.service_url)
        return [self._request(f"Authorization: Bearer {token}\r\n" if with_token else "") for _ in range(count)]

    def _request(self, authorization: str) -> bytes:
        self.number += 1
        base = activity(
            "message",
            activity_id=f"f:{self.number}",
            conversation=personal(ADA),
            from_=ADA,
            bot_id=self.connector.bot_id,
            service_url=self.service_url,
        )
        body = json.dumps(as_message(base, "help", personal(ADA))).encode()
        head = (
            "POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"{authorization}Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


@asynccontextmanager
async def bot(name: str, *arguments: str) -> AsyncIterator[int]:
    """Start `bots/<name>.py` and yield its port once it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(HERE / "bots" / f"{name}.py"), str(port), *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: ASYNC220  # started before the clock is
    try:
        for _ in range(300):
            assert process.poll() is None, f"{name} did not start"
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
                continue
            writer.close()
            await writer.wait_closed()
            break
        yield port
    finally:
        process.terminate()
        process.wait(10)


async def _rate(name: str, port: int, shots: Range, turns: int) -> float:
    requests, before = shots.requests(turns, with_token=name == "ours"), wire.Connector.taken
    spent = await wire.fire(port, requests, SIDE_BY_SIDE)
    for _ in range(100):
        if wire.Connector.taken - before >= turns:
            break
        await asyncio.sleep(0.01)
    assert wire.Connector.taken - before == turns, f"{name} did not answer every turn once"
    return turns / spent


async def _measure() -> list[dict[str, float]]:
    server = await asyncio.get_running_loop().create_server(wire.Connector, "127.0.0.1", 0)
    service_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/teams/"
    async with SimulatedConnector() as connector:
        shots = Range(connector, service_url)
        facts = (connector.openid_configuration_url, connector.url, connector.app_id, connector.password)
        async with bot("ours", service_url, *facts, ADA.tenant_id) as ours:
            await _rate("ours", ours, shots, 50)
            size = str(wire.Connector.largest)
            async with (
                bot("bare", size) as bare,
                bot("stock") as stock,
                bot("teams_sdk", service_url) as sdk,
            ):
                ports = {"ours": ours, "bare": bare, "stock": stock, "teams_sdk": sdk}
                for name, port in ports.items():
                    await _rate(name, port, shots, 40)
                rounds = [
                    {name: await _rate(name, ports[name], shots, TURNS[name]) for name in ports} for _ in range(ROUNDS)
                ]
    server.close()
    await server.wait_closed()
    return rounds


@pytest.mark.benchmark
@pytest.mark.timeout(300)
async def test_turns_per_second_against_other_bots(capsys: pytest.CaptureFixture[str]) -> None:
    rounds = await _measure()
    lines = []
    for name, target in TARGETS.items():
        ratio = statistics.median(each["ours"] / each[name] for each in rounds)
        verdict = "met" if ratio >= target else "short"
        lines.append(f"help_turns_ours_to_{name} measured {ratio:.2f} target {target:g} {verdict}")
    rates = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    with capsys.disabled():
        print("\nturns per second: " + ", ".join(f"{name} {rate:,.0f}" for name, rate in rates.items()))  # noqa: T201
        print("\n".join(lines))  # noqa: T201
    assert len(lines) == len(TARGETS)
