"""The entry point of the use cases.

It takes a typed sentence or a button and returns the view that answers it.

Its methods never raise for an error of a user or of the API.

A typed sentence is read once: with the lexicon alone if its verb needs no names, otherwise with the names that the
caller can see.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.commands.command import Command, NewDigest, Usage
from bot.commands.command_document import Unreadable, read, write
from bot.commands.meaning import Meaning
from bot.commands.verbs import VerbNeeds, verb_of
from bot.domain.caller_zone import zone_of
from bot.domain.conversation import Caller, Conversation
from bot.errors import EndpointMissingError, UsageBotError
from bot.handlers.digest_port import DigestPort
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import handlers
from bot.handlers.help_handler import hello
from bot.language.marking.worded_sentence import worded
from bot.language.reading.meaning_of import meaning_of
from bot.language.reading.reading import Reading
from bot.language.reading.sentence_reader import SentenceReader
from bot.names.name_index import NameIndex
from bot.names.span_lookup import SpanLookup
from bot.partner_center.usage_client import Progress
from bot.usage.command_buttons import PressedButton
from bot.usage.error_view import error_view
from bot.usage.offline_names import OFFLINE_SPANS
from bot.usage.question_scope import with_corrections
from bot.usage.sentence_result import asks_something, corrections_in, needs_names, question_in, result_of
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import HelloView, SignInView, View

READ_AT_ONCE = 200  # characters: reading them takes a few milliseconds

T = TypeVar("T")


class Dispatcher:
    """Answers the questions of each user with the rights of that user."""

    def __init__(self, services: UsageServices, digests: DigestPort | None = None) -> None:
        self._services = services
        self._digests = digests
        self._handlers = handlers()

    async def answer(
        self, text: str, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        """Return the view that answers a typed text."""
        return await self._respond(text, self._context(caller, progress, here))

    async def press(
        self, button: PressedButton, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        """Return the view that answers a button.

        Everything in it is as untrusted as typed text. Only the sentence of a button of version 1 is parsed.
        """
        asked = replace(self._context(caller, progress, here), shown=button.rows, start=button.start)
        if isinstance(button.asked, str):  # a button of version 1
            return await self._respond(button.asked, asked)
        if button.rows is None:
            await self._remember(asked, button.asked)
        return await self._carry_out(button.asked, asked)

    def welcome(self, caller: Caller) -> HelloView:
        """Return the welcome that is posted once, when the bot is added."""
        return hello(caller, welcome=True)

    def _context(self, caller: Caller, progress: Progress | None, here: Conversation | None) -> HandlerContext:
        async def ask(command: Command) -> View:
            return await self._carry_out(command, self._context(caller, progress, here))

        return HandlerContext(self._services, caller, ask, self._digests, here, progress)

    async def read(self, text: str, caller: Caller) -> tuple[Command | View, HandlerContext]:
        """Return what a typed text leads to, and what its handler receives.

        For callers who need the figures as data.

        The command is one to carry out; a view asks or refuses.
        """
        return await self._understood(text, self._context(caller, None, None))

    async def _respond(self, text: str, asked: HandlerContext) -> View:
        found, asked = await self._understood(text, asked)
        view = await self._carry_out(found, asked, text) if isinstance(found, Command) else found
        return with_corrections(view, asked.corrected)

    async def _understood(self, text: str, asked: HandlerContext) -> tuple[Command | View, HandlerContext]:
        now = self._services.now().astimezone(zone_of(asked.caller))
        sentence = await _beside(text, lambda: worded(text, asked.caller.locale, now))
        reading = await _beside(text, lambda: SentenceReader(OFFLINE_SPANS, now).read_worded(sentence))
        if needs_names(reading):
            asked = replace(asked, known=await self._names(asked.caller))
            if isinstance(asked.known, NameIndex):
                spans = asked.known.spans
                before = await self._last(asked, spans)
                reading = await _beside(text, lambda: SentenceReader(spans, now).read_worded(sentence, before))
            elif asks_something(reading) and isinstance(asked.known, UsageBotError):
                return _without_names(asked.known, reading, text), asked
        await self._remember(asked, question_in(reading))
        return result_of(reading, text), replace(asked, corrected=corrections_in(reading))

    async def _last(self, asked: HandlerContext, spans: SpanLookup) -> Meaning | None:
        """Return the question that this person asked last in this conversation."""
        document = await self._services.questions.last(asked.caller, asked.place)
        command = None if document is None else read(document)
        return None if command is None or isinstance(command, Unreadable) else meaning_of(command, spans)

    async def _remember(self, asked: HandlerContext, command: Command | None) -> None:
        """Keep the question, so that the next sentence can change it."""
        if isinstance(command, Usage | NewDigest):
            await self._services.questions.keep(asked.caller, asked.place, write(command))

    async def _carry_out(self, command: Command, asked: HandlerContext, typed: str = "") -> View:
        """Return the view that answers `command`; `typed` is the text of a user who typed it."""
        verb = verb_of(command)
        try:
            if asked.known is None and verb.needs >= VerbNeeds.NAMES:
                asked = replace(asked, known=await self._names(asked.caller))
            elif asked.known is None and verb.needs >= VerbNeeds.SIGN_IN:
                await self._admit(asked.caller)
            return await self._handlers[verb.name](command, asked)
        except UsageBotError as error:
            view = error_view(error, command)
            # Asked again after the sign-in, with the names loaded, what was typed may mean something else.
            return replace(view, question=typed) if typed and isinstance(view, SignInView) else view

    async def _names(self, caller: Caller) -> NameIndex | UsageBotError:
        """Return the names this caller can see, or why they cannot be loaded.

        Cached names are used only while the caller is signed in.
        """
        try:
            await self._admit(caller)
            return await self._services.directories.names(caller)
        except UsageBotError as error:
            return error

    async def _admit(self, caller: Caller) -> None:
        if self._services.accounts is not None:
            await self._services.accounts.admit(caller)


def _without_names(error: UsageBotError, reading: Reading, typed: str) -> Command | View:
    """Return why the names cannot be loaded. The superseded report needs none for a customer's id."""
    found = result_of(reading, typed)
    if isinstance(error, EndpointMissingError) and isinstance(found, Command):
        return found
    view = error_view(error, None)
    return replace(view, question=typed) if isinstance(view, SignInView) else view


async def _beside(text: str, read: Callable[[], T]) -> T:
    """Call `read`, in a thread if the text is long, so that it does not block the event loop."""
    return read() if len(text) <= READ_AT_ONCE else await asyncio.to_thread(read)
