"""Tests of `usagebot dev`: the bot is replaced, and the last question asked again."""

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import bot
import cards
from bot.cli.commands.chat import as_person
from bot.demo.activity_relay import serve_relay
from bot.demo.demo_bot import MESSAGES
from bot.demo.demo_services import ASKER
from bot.demo.free_ports import free_port
from bot.demo.restarting_bot import LISTENS, RestartingBot
from bot.simulator.connector import SimulatedConnector, TeamsClient, personal

pytestmark = pytest.mark.timeout(400)  # several children start, one after the other
QUESTION = "usage for TEST COMPANY on Exchange"
LIMIT = 120.0
"""Seconds for a child to start on a busy machine."""


class Changes:
    """File changes that a test orders; iteration ends with None."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[object | None] = asyncio.Queue()

    def order(self, change: object | None) -> None:
        self._queue.put_nowait(change)

    async def __aiter__(self) -> AsyncIterator[object]:
        while (change := await self._queue.get()) is not None:
            yield change


class Output:
    """The printed lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._new = asyncio.Event()

    def say(self, line: str) -> None:
        self.lines.append(line)
        self._new.set()

    async def until(self, text: str, count: int = 1) -> None:
        async with asyncio.timeout(LIMIT):
            while sum(text in line for line in self.lines) < count:
                self._new.clear()
                await self._new.wait()


def port_of(connector: SimulatedConnector) -> int:
    port = urlsplit(connector.url).port
    assert port is not None
    return port


async def test_a_changed_file_restarts_the_bot_and_repeats_the_question() -> None:
    changes, output = Changes(), Output()
    async with SimulatedConnector(anonymous=True) as connector, serve_relay(0) as (relay, url):
        restarting = RestartingBot(relay, port_of(connector), os.environ, [], output.say)
        running = asyncio.create_task(restarting.run(changes.__aiter__()))
        try:
            async with TeamsClient(connector, url + MESSAGES, limit=LIMIT) as client:
                connector.state.join(personal(as_person(ASKER)))
                # Nothing listens yet: the relay holds the request until the child is ready.
                assert (await client.say(QUESTION, from_=as_person(ASKER))).status < 300
                first = await connector.next_message(LIMIT)
                changes.order("cards/locales/en.json")
                second = await connector.next_message(LIMIT)
            assert "TEST COMPANY" in str(first.card)
            assert second.card == first.card
            assert second.id != first.id
            changes.order(None)
            await running
        finally:
            running.cancel()
            await restarting.stop()
    assert sum(line.startswith(LISTENS) for line in output.lines) == 2


async def test_a_bot_that_cannot_start_says_so_and_starts_after_the_next_change() -> None:
    changes, output, arguments = Changes(), Output(), ["--customers", "no number"]
    async with serve_relay(0) as (relay, _):
        restarting = RestartingBot(relay, 9, os.environ, arguments, output.say)
        running = asyncio.create_task(restarting.run(changes.__aiter__()))
        try:
            await output.until("The bot did not start.")
            assert any("is not a number" in line for line in output.lines)
            arguments[1] = "3"
            changes.order("mended")
            await output.until(LISTENS)
        finally:
            running.cancel()
            await restarting.stop()


async def test_the_relay_answers_502_when_the_bot_is_gone() -> None:
    async with (
        SimulatedConnector(anonymous=True) as connector,
        serve_relay(0) as (relay, url),
        TeamsClient(connector, url + MESSAGES) as client,
    ):
        relay.connect(f"http://127.0.0.1:{free_port(9)}")
        assert (await client.say(QUESTION, from_=as_person(ASKER))).status == 502
        assert await relay.ask_again()


async def test_the_relay_has_no_question_when_no_message_came() -> None:
    async with (
        SimulatedConnector(anonymous=True) as connector,
        serve_relay(0) as (relay, url),
        TeamsClient(connector, url + MESSAGES) as client,
    ):
        relay.connect(f"http://127.0.0.1:{free_port(9)}")
        assert (await client.install(from_=as_person(ASKER))).status == 502
        assert (await client.post({"type": 7})).status == 502
        assert not await relay.ask_again()


@pytest.fixture
async def checkout(tmp_path: Path) -> Path:
    """A copy of the program whose files a test may change."""
    for package in (bot, cards):
        folder = Path(str(package.__file__)).parent
        ignored = shutil.ignore_patterns("__pycache__")
        await asyncio.to_thread(shutil.copytree, folder, tmp_path / folder.name, ignore=ignored)
    return tmp_path


async def test_dev_shows_a_changed_locale_in_the_repeated_answer(checkout: Path) -> None:
    async with SimulatedConnector(anonymous=True) as connector:
        port = free_port(3978)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "dev", "--no-client", "--port", str(port), "--client-port",
            str(port_of(connector)), cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)},
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            await _line(process, LISTENS)
            async with TeamsClient(connector, f"http://127.0.0.1:{port}{MESSAGES}", limit=LIMIT) as client:
                connector.state.join(personal(as_person(ASKER)))
                await client.say("help", from_=as_person(ASKER))
            before = str((await connector.next_message(LIMIT)).card)
            english = checkout / "cards" / "locales" / "en.json"
            assert "A title of the test" not in before
            words = json.loads(english.read_text("utf-8")) | {"help.title": "A title of the test"}
            english.write_text(json.dumps(words), encoding="utf-8")
            assert "A title of the test" in str((await connector.next_message(LIMIT)).card)
            process.send_signal(signal.SIGINT)
            async with asyncio.timeout(LIMIT):
                assert await process.wait() == 0
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def _line(process: Any, start: str) -> None:
    async with asyncio.timeout(LIMIT):
        while line := await process.stdout.readline():
            if line.decode().startswith(start):
                return
    pytest.fail(f"no line starts with {start!r}")
