"""Talk to the bot in this terminal: type a sentence, or the number of a button."""

import argparse
import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from rich.console import Console
from rich.text import Text

from bot.cli.demo_arguments import add_demo_arguments, demo_of
from bot.cli.keyboard import Keyboard, beside_keyboard
from bot.cli.logging_setup import configure_logs
from bot.cli.output.card_text import Button, draw_card, plain
from bot.cli.output.exit_codes import ANSWERED
from bot.cli.output.progress_bar import waiting_line
from bot.demo.demo_bot import MESSAGES, bot_server, serving
from bot.demo.demo_services import DemoServices
from bot.demo.free_ports import BOT_PORT, HOST, reserve_usual
from bot.domain.conversation import Caller
from bot.errors import SettingsError
from bot.simulator.connector import Delivered, Person, Posted, SimulatedConnector, TeamsClient, personal
from bot.simulator.connector.sign_in.silent_sign_in import Shown, SilentSignIn, sign_in_card
from bot.teams.activity.outgoing_activity import FILE_CONSENT_CARD
from bot.teams.activity.turn_limits import TurnLimits
from bot.usage.addressed_buttons import payloads
from cards.views.progress.cancel_payload import CancelButton, cancel_data, cancel_in

GOODBYE = "Goodbye."
NO_ONEDRIVE = (
    "Teams would ask here whether to save {file} in your OneDrive, which this terminal has not. "
    "`usagebot ask --demo --format csv` and your question print the same rows."
)
SILENT = "silent"
WAYS = (SILENT, "button")
LOOK_AGAIN = 0.05  # seconds
BAR = re.compile("[▰▱]+")
QUIT = frozenset({"quit", "exit", "q", "bye"})
# A user at a prompt waits for the whole answer, so a turn is never acknowledged before it is done.
PATIENT = TurnLimits(acknowledge_after=300.0, invoke_within=300.0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `usagebot chat`."""
    parser.add_argument("--demo", action="store_true", help="talk to the demo's bot, which needs no account")
    parser.add_argument(
        "--sign-in",
        choices=WAYS,
        help="sign in to the demo's Entra: silently, as Teams does, or with the button, because consent is missing",
    )
    add_demo_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Chat until `quit`, Ctrl-D or Ctrl-C; exit code 0.

    While an answer is prepared, Ctrl-C cancels that.
    """
    if not options.demo:
        raise SettingsError("chat", "needs --demo: with the real service the bot is in Teams, and `usagebot ask` here.")

    configure_logs("error")

    async def main(keyboard: Keyboard) -> int:
        async with demo_of(options) as services:
            await chat(services, keyboard, Console(highlight=False), options.sign_in)
        return ANSWERED

    try:
        return beside_keyboard(main)
    except KeyboardInterrupt:
        print(f"\n{GOODBYE}" if sys.stdout.isatty() else GOODBYE)
        return ANSWERED


async def chat(services: DemoServices, keyboard: Keyboard, console: Console, sign_in: str | None = None) -> None:
    """Hold one conversation, from the welcome to the goodbye.

    `sign_in` is one of WAYS; without it everyone is signed in already.
    """
    async with opened_chat(services, console, sign_in) as talk:
        await talk.begin()
        console.print(Text("Type a question, the number of a button, or quit.", style="dim"))
        while (line := await keyboard.ask("> ")) is not None and line.strip().casefold() not in QUIT:
            with keyboard.interruptible(talk.cancel):
                await talk.typed(line.strip())
        if line is None and console.is_terminal:
            console.print()
        console.print(GOODBYE)


@asynccontextmanager
async def opened_chat(services: DemoServices, console: Console, sign_in: str | None) -> AsyncIterator["Talk"]:
    """Yield a conversation with the demo's bot over HTTP."""
    person = as_person(services.caller)
    async with SimulatedConnector(anonymous=True) as connector:
        hosts = (urlsplit(connector.url).netloc,)
        async with AsyncExitStack() as stack:
            if sign_in is None:
                bot = await stack.enter_async_context(bot_server(services, service_hosts=hosts, limits=PATIENT))
            else:
                # MSAL and the database load slowly, and a chat without a sign-in needs neither.
                from bot.demo.demo_sign_in import demo_sign_in

                port = stack.enter_context(reserve_usual(BOT_PORT))
                address = f"http://{HOST}:{port.getsockname()[1]}"
                demo = await stack.enter_async_context(demo_sign_in(services, address))
                bot = await stack.enter_async_context(serving(services, demo.signing, hosts, port, PATIENT))
            client = TeamsClient(connector, bot.url + MESSAGES, limit=PATIENT.turn_seconds)
            await stack.enter_async_context(client)
            teams = None
            if sign_in is not None:
                demo.entra.standing(demo.person).consented = sign_in == SILENT
                teams = SilentSignIn(client, lambda _: demo.sso_token())
            yield Talk(client, person, console, teams)


def as_person(caller: Caller) -> Person:
    """Return the caller as a person that Teams has."""
    return Person(caller.name, caller.object_id, caller.tenant_id, caller.locale)


class Talk:
    """The conversation in the terminal.

    It keeps the last card, so that a number can press its button.
    """

    def __init__(
        self, client: TeamsClient, person: Person, console: Console, sign_in: SilentSignIn | None = None
    ) -> None:
        self._client = client
        self._sign_in = sign_in
        self._person = person
        self._console = console
        self._buttons: list[Button] = []
        self._shown: str | None = None
        self._cancelling: asyncio.Task[Delivered] | None = None

    async def begin(self) -> None:
        """Add the bot to the chat; it answers with a welcome."""
        await self._show_answer(await self._client.install(from_=self._person))

    async def typed(self, line: str) -> None:
        """Send a sentence to the bot, or press the last card's button of this number."""
        if not line:
            return
        if line.isascii() and line.isdigit() and len(line) <= 3:
            await self._press(int(line))
            return
        await self._show_answer(await self._waited(self._client.say(line, from_=self._person)))

    def cancel(self) -> None:
        """Cancel the answer that is being prepared.

        With the button of its card, or with a sentence before the card is there.
        """
        card = self._client.connector.transcript.messages[-1:]
        button = next((cancel_data(found) for each in card if (found := cancel_button(each.card)) is not None), None)
        asked = (
            self._client.say("cancel", from_=self._person)
            if button is None
            else self._client.press(button, reply_to=card[0].id, from_=self._person)
        )
        self._cancelling = asyncio.ensure_future(asked)

    async def _waited(self, request: Coroutine[Any, Any, Delivered]) -> Delivered:
        """Return the reply to a request, and show the progress until the answer comes."""
        with waiting_line(lambda: progress_in(self._client.connector.transcript.messages)):
            delivered = await request
            # A press is replied to before its answer.
            while progress_in(self._client.connector.transcript.messages):  # noqa: ASYNC110  # there is no event
                await asyncio.sleep(LOOK_AGAIN)
        if (cancelling := self._cancelling) is not None:
            self._cancelling = None
            await cancelling
        return delivered

    async def _press(self, number: int) -> None:
        if not 0 < number <= len(self._buttons):
            known = f"1 to {len(self._buttons)}" if self._buttons else "none"
            self._console.print(f"There is no button {number} on the last card ({known}).")
            return
        button = self._buttons[number - 1]
        if button.url is not None:
            self._console.print(Text(f"Open {button.url} in a browser."))
            return
        pressing = self._client.press(button.data, reply_to=self._shown, from_=self._person)
        await self._show_answer(await self._waited(pressing))

    async def _show_answer(self, delivered: Delivered) -> None:
        """Print what was posted meanwhile, then the answer to the request itself."""
        latest: dict[str, Posted] = {posted.id: posted for posted in self._client.connector.transcript.unread()}
        for posted in latest.values():
            await self._show_posted(posted)
        if delivered.card is not None:
            self._show_card(delivered.card)
        elif message := text_of(delivered):
            self._console.print(Text(plain(message)))

    async def _show_posted(self, posted: Posted) -> None:
        if self._sign_in is not None and (card := sign_in_card(posted)) is not None:
            shown = await self._sign_in.see(posted, personal(self._person), self._person)
            await self._show_sign_in(shown, card["text"], card["buttons"][0]["value"])
            return
        self._shown = posted.id
        if posted.text:
            self._console.print(Text(plain(posted.text)))
        if posted.card is not None:
            self._show_card(posted.card)
        if (file := offered_file(posted)) is not None:
            self._console.print(Text(NO_ONEDRIVE.format(file=plain(file))))

    async def _show_sign_in(self, shown: Shown, text: str, button: str) -> None:
        """Print the outcome of a sign-in card, and the answer that waited for it."""
        if shown is Shown.SIGNED_IN:
            self._console.print(Text(f"{self._person.name} is signed in silently: Teams showed nothing.", style="dim"))
            await self.next_shown()
        elif shown is Shown.BUTTON:
            self._console.print("The bot answered 412 to the silent sign-in, so Teams shows the card.")
            self._console.print(Text(plain(text)))
            self._console.print(Text(f"Open {button} in a browser."), soft_wrap=True)
            self._console.print("The answer is shown here with the next thing that you type.")

    async def next_shown(self) -> None:
        """Wait for the bot's next message, and print it."""
        await self._show_posted(await self._client.connector.next_message())

    def _show_card(self, card: dict[str, object]) -> None:
        drawn = draw_card(card)
        self._buttons = drawn.buttons
        self._console.print(drawn.picture)


def cancel_button(card: object) -> CancelButton | None:
    """Return the button of a progress card that cancels its answer.

    None on any other card.
    """
    return next((found for data in payloads(card) if (found := cancel_in(data)) is not None), None)


def progress_in(messages: Sequence[Posted]) -> str:
    """Return the progress that the newest message shows, with its bar.

    It is "" if it shows none.
    """
    if not messages or cancel_button(messages[-1].card) is None:
        return ""
    bar = BAR.search(json.dumps(messages[-1].card, ensure_ascii=False))
    return " ".join(filter(None, (str(messages[-1].activity.get("summary", "")), bar and bar[0])))


def offered_file(posted: Posted) -> str | None:
    """Return the name of the file that Teams would ask about; None if there is none."""
    attached = posted.activity.get("attachments") or ()
    return next((str(each.get("name")) for each in attached if each.get("contentType") == FILE_CONSENT_CARD), None)


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
