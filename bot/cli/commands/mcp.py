"""Answer a program that speaks the Model Context Protocol.

It is on standard input and output. A program, such as an editor with a language model, starts this command and asks as
the person of this terminal. It can only read.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import environ

from bot.cli.locale_argument import add_locale
from bot.cli.logging_setup import configure_logs
from bot.cli.output.exit_codes import ANSWERED
from bot.cli.output.streams import protocol_streams
from bot.mcp.mcp_server import McpServer
from bot.mcp.stdio_transport import StdioTransport
from bot.mcp.tool_calls import Asker, Asking
from bot.settings import Settings, read


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot mcp`."""
    parser.add_argument("--demo", action="store_true", help="ask the simulated Partner Center, which needs no account")
    add_locale(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until the end of the input; exit code 0.

    Raises SettingsError if there is nothing to sign in with.
    """
    settings = Settings() if options.demo else read(environ)
    configure_logs("error")
    asyncio.run(_serve(settings, options))
    return ANSWERED


async def _serve(settings: Settings, options: argparse.Namespace) -> None:
    incoming, outgoing = protocol_streams()
    person = _demo(options.locale) if options.demo else _signed_in(settings, options.locale)
    async with person as asking:
        server = McpServer(settings.answer_seconds)
        await StdioTransport(server, asking, incoming, outgoing).run()


@asynccontextmanager
async def _demo(locale: str) -> AsyncIterator[Asking]:
    from bot.app.answering import for_programs
    from bot.demo.demo_services import demo_services

    async with demo_services(locale=locale) as services:
        asker = Asker(for_programs(services.engine), services.caller)

        async def asking() -> Asker:
            return asker

        yield asking


@asynccontextmanager
async def _signed_in(settings: Settings, locale: str) -> AsyncIterator[Asking]:
    # MSAL loads slowly, and the demo does not need it.
    from bot.cli.program_sign_in import ProgramSignIn
    from bot.cli.terminal_sign_in import require_sign_in

    require_sign_in(settings)
    async with ProgramSignIn(settings, locale) as person:
        yield person.asker
