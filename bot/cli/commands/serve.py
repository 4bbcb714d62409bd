"""Run the bot for Teams."""

import argparse
import asyncio
import os
import signal
import sys

from bot.app.serve_app import CLOSE_SECONDS, serve_app
from bot.cli.exit_deadline import EXIT_SECONDS, exit_in
from bot.cli.logging_setup import configure_logs
from bot.cli.output.exit_codes import ANSWERED, FAILED
from bot.concurrency.garbage_collection import freeze_startup_objects
from bot.concurrency.thread_switching import prefer_the_event_loop
from bot.errors import AddressInUseError
from bot.settings import Settings, read
from bot.web.listening_port import listening
from bot.web.loop_problems import LoopProblems


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add no argument: `usagebot serve` takes its settings from the environment.

    .env.example lists them.
    """
    parser.epilog = "Settings come from the environment; .env.example lists them."


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - everything is a setting
    """Serve until SIGINT or SIGTERM. Raises SettingsError and AddressInUseError."""
    settings = read(os.environ)
    configure_logs(settings.log_level)
    asyncio.run(serve(settings))
    return ANSWERED


async def serve(settings: Settings) -> None:
    """Listen until SIGINT or SIGTERM; then finish the running turns.

    No new turn is accepted then.
    """
    # Before anything else is opened: the program on this port may be the same bot, which uses the same database.
    await _require_free(settings.host, settings.port)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    loop.set_exception_handler(LoopProblems(loop.time))
    async with listening(serve_app(settings), settings.host, settings.port, close_seconds=CLOSE_SECONDS):
        freeze_startup_objects()
        prefer_the_event_loop()
        print(f"Listening on http://{settings.host}:{settings.port}/api/messages. Ctrl-C stops.", file=sys.stderr)
        await stopping.wait()
        exit_in(EXIT_SECONDS, FAILED)
        print("Stopping: finishing the answers that are in progress.", file=sys.stderr)


async def _require_free(host: str, port: int) -> None:
    try:
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port, start_serving=False)
    except OSError as error:
        raise AddressInUseError(host, port) from error
    server.close()
    await server.wait_closed()
