"""Talk to the bot in this terminal: type a sentence, or the number of a button."""

import argparse
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from rich.console import Console
from rich.text import Text

from bot.cli.demo_arguments import add_demo_arguments, demo_of
from bot.cli.keyboard import Keyboard, beside_keyboard
from bot.cli.logging_setup import configure_logs
from bot.cli.output.card_text import Button, draw_card, plain
from bot.cli.output.exit_codes import ANSWERED
from bot.demo.demo_bot import MESSAGES, bot_server
from bot.demo.demo_services import DemoServices
from bot.domain.conversation import Caller
from bot.errors import SettingsError
from bot.simulator.connector import Delivered, Person, Posted, SimulatedConnector, TeamsClient
from bot.teams.activity.turn_limits import TurnLimits

GOODBYE = "Goodbye."
QUIT = frozenset({"quit", "exit", "q", "bye"})
# A user at a prompt waits for the whole answer, so a turn is never acknowledged before it is done.
PATIENT = TurnLimits(acknowledge_after=300.0, invoke_within=300.0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot chat`."""
    parser.add_argument("--demo", action="store_true", help="talk to the demo's bot, which needs no account")
    add_demo_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Chat until `quit`, Ctrl-D or Ctrl-C; exit code 0."""
    if not options.demo:
        raise SettingsError("chat", "needs --demo: with the real service the bot is in Teams, and `usagebot ask` here.")

    configure_logs("error")

    async def main(keyboard: Keyboard) -> int:
        async with demo_of(options) as services:
            await chat(services, keyboard, Console(highlight=False))
        return ANSWERED

    try:
        return beside_keyboard(main)
    except KeyboardInterrupt:
        print(f"\n{GOODBYE}" if sys.stdout.isatty() else GOODBYE)
        return ANSWERED


async def chat(services: DemoServices, keyboard: Keyboard, console: Console) -> None:
    """Hold one conversation, from the welcome to the goodbye."""
    async with _client(services) as (client, person):
        talk = Talk(client, person, console)
        await talk.begin()
        console.print(Text("Type a question, the number of a button, or quit.", style="dim"))
        while (line := await keyboard.ask("> ")) is not None and line.strip().casefold() not in QUIT:
            await talk.typed(line.strip())
        if line is None and console.is_terminal:
            console.print()
        console.print(GOODBYE)


@asynccontextmanager
async def _client(services: DemoServices) -> AsyncIterator[tuple[TeamsClient, Person]]:
    async with SimulatedConnector(anonymous=True) as connector:
        host = urlsplit(connector.url).netloc
        async with (
            bot_server(services, service_hosts=(host,), limits=PATIENT) as bot,
            TeamsClient(connector, bot.url + MESSAGES, limit=PATIENT.turn_seconds) as client,
        ):
            yield client, as_person(services.caller)


def as_person(caller: Caller) -> Person:
    """Return the caller as a person that Teams has."""
    return Person(caller.name, caller.object_id, caller.tenant_id, caller.locale)


class Talk:
    """The conversation in the terminal.

    It keeps the last card, so that a number can press its button.
    """

    def __init__(self, client: TeamsClient, person: Person, console: Console) -> None:
        self._client = client
        self._person = person
        self._console = console
        self._buttons: list[Button] = []
        self._shown: str | None = None

    async def begin(self) -> None:
        """Add the bot to the chat; it answers with a welcome."""
        self._show_answer(await self._client.install(from_=self._person))

    async def typed(self, line: str) -> None:
        """Send a sentence to the bot, or press the last card's button of this number."""
        if not line:
            return
        if line.isascii() and line.isdigit() and len(line) <= 3:
            await self._press(int(line))
            return
        self._show_answer(await self._client.say(line, from_=self._person))

    async def _press(self, number: int) -> None:
        if not 0 < number <= len(self._buttons):
            known = f"1 to {len(self._buttons)}" if self._buttons else "none"
            self._console.print(f"There is no button {number} on the last card ({known}).")
            return
        button = self._buttons[number - 1]
        if button.url is not None:
            self._console.print(Text(f"Open {button.url} in a browser."))
            return
        self._show_answer(await self._client.press(button.data, reply_to=self._shown, from_=self._person))

    def _show_answer(self, delivered: Delivered) -> None:
        """Print what was posted meanwhile, then the answer to the request itself."""
        latest: dict[str, Posted] = {posted.id: posted for posted in self._client.connector.transcript.unread()}
        for posted in latest.values():
            self._shown = posted.id
            if posted.text:
                self._console.print(Text(plain(posted.text)))
            if posted.card is not None:
                self._show_card(posted.card)
        if delivered.card is not None:
            self._show_card(delivered.card)
        elif message := text_of(delivered):
            self._console.print(Text(plain(message)))

    def _show_card(self, card: dict[str, object]) -> None:
        drawn = draw_card(card)
        self._buttons = drawn.buttons
        self._console.print(drawn.picture)


def text_of(delivered: Delivered) -> str | None:
    """Return the text of an answer without a card, or of a refusal.

    None if there is no text.
    """
    value = delivered.body.get("value") if isinstance(delivered.body, dict) else None
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(value.get("message"), str):
        return str(value["message"])
    if delivered.status >= 400:
        return f"The bot refused this (HTTP {delivered.status})."
    return None
