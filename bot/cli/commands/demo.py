"""Try everything on this machine: a simulated Partner Center, the bot, a chat."""

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time
from socket import socket

from rich.console import Console
from rich.text import Text

from bot.cli.commands.chat import SILENT, chat
from bot.cli.demo_arguments import add_demo_arguments, demo_of
from bot.cli.keyboard import Keyboard, beside_keyboard
from bot.cli.logging_setup import configure_logs
from bot.cli.output.exit_codes import ANSWERED, FAILED
from bot.cli.output.view_text import show_answer, show_view
from bot.commands.command import Usage
from bot.demo.demo_bot import MESSAGES, bot_server, signing_bot_server
from bot.demo.demo_services import DemoServices
from bot.demo.free_ports import BOT_PORT, CLIENT_PORT, HOST, free_port, require_free, reserve, reserve_usual
from bot.demo.node_runtime import find_node
from bot.demo.playground import Playground, PlaygroundError, start_playground
from bot.demo.restarting_bot import LISTENS
from bot.errors import SettingsError, UsageBotError
from bot.language.reading.sentence_reader import SentenceReader
from bot.usage.error_view import error_view, without_sign_in
from bot.usage.sentence_result import result_of
from bot.usage.usage_answer import UsageAnswer, ask
from cards.views.answer_views import View
from cards.wording.locale_words import LocaleWords

QUESTION = "usage for TEST COMPANY on Exchange"
SENTENCES = (
    QUESTION,
    "and SharePoint?",  # a follow-up of the one before
    "how many licenses does TEST COMPANY use on SharePoint?",
    "top 5 by customer on Teams",
    "welke klanten gebruiken Exchange niet?",  # any of the languages, at any time
    "sold but not used at Fabrikam",  # what was sold, and what of it is used
    "sold licenses of Microsoft 365 Copilot",
    "renewals for Clearview Roofing",
    "whom should I call?",
    "trend for TEST COMPANY on Exchange",
    "follow Fabrikam and TEST COMPANY",
    "usage for my customers",  # those that are followed
)
DIGEST = f"digest in 1 minute {QUESTION}"
# They are posted later, which is to a chat in the browser only.
POSTED = ("tell me when Exchange at TEST COMPANY falls below 50%", DIGEST)
STOPPED = "Demo stopped."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot demo`."""
    parser.add_argument("--port", type=port, help=f"where the bot listens (default {BOT_PORT}, or a free one)")
    parser.add_argument("--client-port", type=port, help=f"where the chat client listens (default {CLIENT_PORT}, …)")
    parser.add_argument("--no-client", action="store_true", help="start the bot only, without a chat client")
    parser.add_argument("--signed-in", action="store_true", help="with --no-client: leave out the simulated sign-in")
    add_demo_arguments(parser)


def port(text: str) -> int:
    """Parse a port number, for argparse."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port number from 1 to 65535")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM.

    Exit code 0, or 1 if the chat client ends by itself. Raises AddressInUseError if a port that was asked for is taken.
    """
    configure_logs("warning")
    try:
        return beside_keyboard(lambda keyboard: _demo(options, keyboard))
    except KeyboardInterrupt:
        print(f"\n{STOPPED}" if sys.stdout.isatty() else STOPPED)
        return ANSWERED


async def _demo(options: argparse.Namespace, keyboard: Keyboard) -> int:
    if options.signed_in and not options.no_client:
        raise SettingsError("--signed-in", "goes with --no-client only: the chat client shows the sign-in.")
    console = Console(highlight=False)
    reserved, client_port = _ports(options, console)
    with reserved:
        return await _serve(options, reserved, client_port, keyboard, console)


async def _serve(
    options: argparse.Namespace, reserved: socket, client_port: int, keyboard: Keyboard, console: Console
) -> int:
    async with demo_of(options) as services:
        await _show_example(services, console, signed_in=options.signed_in)
        if options.no_client:
            await _without_client(services, reserved, f"{HOST}:{client_port}", console, signed_in=options.signed_in)
        elif await _with_client(services, reserved, client_port, console):
            return FAILED
        else:
            await chat(services, keyboard, console, SILENT)
    return ANSWERED


async def _without_client(
    services: DemoServices, port: socket, host: str, console: Console, *, signed_in: bool = False
) -> None:
    """Serve the bot until Ctrl-C."""
    server = bot_server if signed_in else signing_bot_server
    async with server(services, service_hosts=(host,), port=port) as bot:
        _say(console, f"{LISTENS} {bot.url}{MESSAGES} for a client at {host}.")
        _say(console, f"Start a client there, and type: {QUESTION}. Without a client: usagebot chat --demo")
        _say(console, "Stop with Ctrl-C." if signed_in else f"{_sign_in(services)} Stop with Ctrl-C.")
        await asyncio.Event().wait()


async def _with_client(services: DemoServices, bot_port: socket, client_port: int, console: Console) -> bool:
    """Serve the bot and its client until Ctrl-C, or until the client ends by itself.

    Returns False at once if the client cannot be started.
    """
    # The client starts in a process of its own while this one loads the bot: each takes a second.
    endpoint = f"http://{HOST}:{bot_port.getsockname()[1]}{MESSAGES}"
    async with _client(services, endpoint, client_port, console) as client:
        if client is None:
            return False
        async with signing_bot_server(services, service_hosts=(f"{HOST}:{client_port}",), port=bot_port):
            if await _ready(client, console):
                await _in_the_browser(services, client, console)
                return True
    return False


async def _in_the_browser(services: DemoServices, client: Playground, console: Console) -> None:
    _say(console, f"\nOpen {client.url} in a browser and try:")
    for sentence in (*SENTENCES, *POSTED):
        _say(console, f"  {sentence}")
    _say(console, _sign_in(services))
    _say(console, "Teams signs people in silently instead. To see that: usagebot chat --demo --sign-in silent")
    _say(console, "Stop with Ctrl-C.")
    await client.process.wait()
    _say(console, "The chat client ended by itself.")


def _sign_in(services: DemoServices) -> str:
    return f"The first question asks you to sign in, on a simulated page: continue as {services.caller.name}."


def _ports(options: argparse.Namespace, console: Console) -> tuple[socket, int]:
    """Return the bot's port, as a socket that listens already, and the client's.

    A port that was asked for is used or refused before anything is started.
    """
    asked = [each for each in (options.port, options.client_port) if each is not None]
    for each in asked:
        if each == options.port or not options.no_client:  # the user's own client may listen already
            require_free(each)
    if len(asked) == 2 and asked[0] == asked[1]:
        raise SettingsError("--client-port", f"{asked[0]} is the port of the bot too. Choose another.")
    bot = reserve(options.port) if options.port else reserve_usual(BOT_PORT, asked)
    bot_port = bot.getsockname()[1]
    client = options.client_port or free_port(CLIENT_PORT, [*asked, bot_port])
    for whose, usual, found, given in (
        ("The bot's", BOT_PORT, bot_port, options.port),
        ("The chat client's", CLIENT_PORT, client, options.client_port),
    ):
        if found != usual and not given:
            _say(console, f"{whose} usual port {usual} is taken; using {found}.")
    return bot, client


async def _show_example(services: DemoServices, console: Console, *, signed_in: bool = False) -> None:
    """Ask the first question before anyone signs in. Its errors are shown: they are what the faults are for."""
    usage, caller = services.engine.services, services.caller
    words = LocaleWords.load(caller.locale)
    _say(console, f"> {QUESTION}")
    answer: UsageAnswer | View | None
    try:
        answer = await _example(services)
    except UsageBotError as error:
        answer = without_sign_in(error_view(error)) if signed_in else error_view(error)
    if isinstance(answer, UsageAnswer):
        show_answer(answer, words, usage.today(caller))
    elif answer is not None:
        show_view(answer, words=words)


async def _example(services: DemoServices) -> UsageAnswer | View | None:
    usage, caller = services.engine.services, services.caller
    names = await usage.directories.names(caller)
    now = datetime.combine(usage.today(caller), time(), UTC)
    command = result_of(SentenceReader(names.spans, now).read(QUESTION), QUESTION)
    return await ask(command, caller, names, usage) if isinstance(command, Usage) else None


@asynccontextmanager
async def _client(
    services: DemoServices, endpoint: str, client_port: int, console: Console
) -> AsyncIterator[Playground | None]:
    """Yield the Playground, started.

    Yields None if it cannot be started, after one line with the reason.
    """
    node = find_node(os.environ)
    if node is None:
        _no_client(console, "there is no Node.js 18 or newer (`uv sync --group node` installs one)")
        yield None
        return
    try:
        playground = await start_playground(
            node, endpoint=endpoint, port=client_port, caller=services.caller, environ=os.environ
        )
    except PlaygroundError as error:
        _no_client(console, str(error))
        yield None
        return
    try:
        yield playground
    finally:
        await playground.stop()


async def _ready(client: Playground, console: Console) -> bool:
    """Return True once the client answers; if it fails, print one line with the reason."""
    try:
        await client.ready(lambda: _say(console, "Getting the chat client (npm fetches it the first time) …"))
    except PlaygroundError as error:
        _no_client(console, str(error))
        return False
    return True


def _no_client(console: Console, why: str) -> None:
    _say(console, f"No chat client in the browser: {why}. Continuing in the terminal.")


def _say(console: Console, line: str) -> None:
    """Print one line that scripts can read: never wrapped, and flushed at once."""
    console.print(Text(line), soft_wrap=True)
    console.file.flush()
