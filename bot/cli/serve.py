"""Run the bot for Teams."""

import argparse
import asyncio
import os
import signal
import sys

from aiohttp import web

from bot.app import CLOSE_SECONDS, serve_app
from bot.cli.logs import configure_logs
from bot.cli.main import ANSWERED
from bot.errors import AddressInUseError
from bot.settings import Settings, read
from bot.teams.collector import settle


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`usagebot serve` takes its settings from the environment (.env.example lists them)."""
    parser.epilog = "Settings come from the environment; .env.example lists them."


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - everything is a setting
    """Serve until told to stop; raises SettingsError and AddressInUseError."""
    settings = read(os.environ)
    configure_logs(settings.log_level)
    asyncio.run(serve(settings))
    return ANSWERED


async def serve(settings: Settings) -> None:
    """Listen, and on SIGINT or SIGTERM stop taking questions and finish those under way."""
    # One line per request would repeat what Teams sent; the endpoint logs what it refuses.
    runner = web.AppRunner(serve_app(settings), access_log=None, handle_signals=False, shutdown_timeout=CLOSE_SECONDS)
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
        except OSError as error:
            raise AddressInUseError(settings.host, settings.port) from error
        settle()
        print(f"Listening on http://{settings.host}:{settings.port}/api/messages. Ctrl-C stops.", file=sys.stderr)
        await stopping.wait()
        print("Stopping: finishing the answers under way.", file=sys.stderr)
    finally:
        await runner.cleanup()
