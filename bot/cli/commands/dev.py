"""The demo for developers: it restarts when a file changes.

The last question is asked again after a restart.
"""

import argparse
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.text import Text

import bot
import cards
from bot.cli.commands.demo import port
from bot.cli.demo_arguments import add_demo_arguments
from bot.cli.keyboard import beside_keyboard
from bot.cli.logging_setup import configure_logs
from bot.cli.output.exit_codes import ANSWERED, FAILED
from bot.demo.activity_relay import serve_relay
from bot.demo.demo_bot import MESSAGES
from bot.demo.demo_services import ASKER
from bot.demo.free_ports import BOT_PORT, CLIENT_PORT, HOST, free_port
from bot.demo.node_runtime import find_node
from bot.demo.playground import Playground, PlaygroundError, start_playground
from bot.demo.restarting_bot import RestartingBot
from bot.errors import SettingsError

WATCHED = tuple(Path(str(package.__file__)).parent for package in (bot, cards))
SUFFIXES = frozenset({".py", ".json", ".html", ".cjs"})
STOPPED = "Stopped."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot dev`."""
    parser.add_argument("--port", type=port, help=f"where the chat client finds the bot (default {BOT_PORT})")
    parser.add_argument("--client-port", type=port, help=f"where the chat client listens (default {CLIENT_PORT})")
    parser.add_argument("--no-client", action="store_true", help="serve a chat client that you start yourself")
    add_demo_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C; exit code 0, or 1 if the chat client cannot be started."""
    if find_spec("watchfiles") is None:
        raise SettingsError("dev", "needs the development packages: run `uv sync` in a checkout of the project.")
    configure_logs("warning")
    try:
        return beside_keyboard(lambda _: _dev(options))
    except KeyboardInterrupt:
        print(f"\n{STOPPED}" if sys.stdout.isatty() else STOPPED)
        return ANSWERED


async def _dev(options: argparse.Namespace) -> int:
    console = Console(highlight=False)
    bot_port = options.port or free_port(BOT_PORT)
    client_port = options.client_port or free_port(CLIENT_PORT, [bot_port])
    arguments = ["--locale", options.locale, "--customers", str(options.customers), "--seed", str(options.seed)]
    async with serve_relay(bot_port) as (relay, url):
        restarting = RestartingBot(relay, client_port, os.environ, arguments, lambda line: _say(console, line))
        try:
            async with _client(options, f"{url}{MESSAGES}", client_port, console):
                await restarting.run(_changes())
        except PlaygroundError as error:
            _say(console, f"No chat client: {error}. `usagebot dev --no-client` serves one that you start yourself.")
            return FAILED
        finally:
            await restarting.stop()
    return ANSWERED


@asynccontextmanager
async def _client(
    options: argparse.Namespace, endpoint: str, client_port: int, console: Console
) -> AsyncIterator[Playground | None]:
    """Yield the Playground once it is ready; None with `--no-client`.

    Raises PlaygroundError.
    """
    if options.no_client:
        _say(console, f"Activities for the bot go to {endpoint}. It answers a client at {HOST}:{client_port}.")
        yield None
        return
    node = find_node(os.environ)
    if node is None:
        raise PlaygroundError("there is no Node.js 18 or newer (`uv sync --group node` installs one)")
    playground = await start_playground(node, endpoint=endpoint, port=client_port, caller=ASKER, environ=os.environ)
    try:
        await playground.ready(lambda: _say(console, "Getting the chat client (npm fetches it the first time) …"))
        _say(console, f"Open {playground.url} in a browser. Change a file, and the last question is asked again.")
        yield playground
    finally:
        await playground.stop()


async def _changes() -> AsyncIterator[object]:
    """Yield one item for each burst of changes to a file of the bot."""
    from watchfiles import awatch

    with suppress(RuntimeError):  # its thread may end after the event loop
        async for found in awatch(*WATCHED, watch_filter=lambda _, path: Path(path).suffix in SUFFIXES):
            yield found


def _say(console: Console, line: str) -> None:
    console.print(Text(line), soft_wrap=True)
    console.file.flush()
