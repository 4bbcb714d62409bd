"""The one door of this room: a sentence or a button in, a view out. Never raises for what a person or the API did."""

import asyncio
from dataclasses import replace
from functools import partial

from bot.commands.command import (
    Account,
    ChangeDigest,
    Command,
    Customers,
    DigestAction,
    HandleDigest,
    Hello,
    Help,
    ListDigests,
    NewDigest,
    NotUnderstood,
    Usage,
    Workloads,
)
from bot.domain.conversation import Caller, Conversation
from bot.errors import EndpointMissingError, UsageBotError
from bot.handlers import account_handler as account
from bot.handlers import help_handler as about
from bot.handlers import list_handler as listing
from bot.handlers.not_understood_view import not_understood
from bot.language.sentence.command_sentence import sentence_of
from bot.language.sentence.name_spans import NameLookup
from bot.language.sentence.parser import parse
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.usage import usage_answer as usage
from bot.usage.error_view import error_view
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import ErrorView, HelloView, SignInView, View
from cards.views.button_payload import Action, AskButton, MoreButton

Nameless = Help | Hello | Account | ListDigests | HandleDigest | ChangeDigest

READ_AT_ONCE = 200  # characters: reading them takes a few milliseconds


class Dispatcher:
    """Answers one person's questions with that person's rights."""

    def __init__(self, services: UsageServices) -> None:
        self._services = services

    async def answer(
        self, text: str, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        """The view that answers what was typed."""
        return await self._respond(text, caller, None, progress, here)

    async def press(
        self, action: Action, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        """The view that answers a button; everything in it is as untrusted as typed text."""
        match action:
            case AskButton(text):
                return await self._respond(text, caller, None, progress, here)
            case MoreButton(text, shown):
                return await self._respond(text, caller, shown, progress, here)

    def welcome(self, caller: Caller) -> HelloView:
        """What the bot says once, when it is added."""
        return about.hello(caller, welcome=True)

    async def _respond(
        self, text: str, caller: Caller, shown: int | None, progress: Progress | None, here: Conversation | None
    ) -> View:
        command = await self._read(text, caller)
        try:
            if isinstance(command, Nameless):
                return await self._without_names(command, caller, here)
            names = await self._names(caller)
            command = await self._read(text, caller, names.knows)
            if isinstance(command, NotUnderstood):
                return not_understood(text, command)
            return await self._look_up(command, caller, names, shown, progress, here)
        except EndpointMissingError as error:
            if isinstance(command, Usage):
                return await self._by_id(command, caller, error, shown, progress)
            return _refused(error, text, command)
        except UsageBotError as error:
            return _refused(error, text, command)

    async def _names(self, caller: Caller) -> NameIndex:
        """The names this person can see; what is at hand is for who is signed in still."""
        if self._services.accounts is not None:
            await self._services.accounts.admit(caller)
        return await self._services.directories.names(caller)

    async def _without_names(self, command: Nameless, caller: Caller, here: Conversation | None) -> View:
        match command:
            case Help():
                return about.help_view(command)
            case Hello():
                return about.hello(caller)
            case ListDigests() | HandleDigest() | ChangeDigest():
                return await self._digests(command, caller, here)
            case _:
                return await account.answer(command, caller, self._services)

    async def _digests(
        self, command: ListDigests | HandleDigest | ChangeDigest, caller: Caller, here: Conversation | None
    ) -> View:
        digests = self._services.digests
        if digests is None:
            return ErrorView("no_digests")
        if isinstance(command, HandleDigest) and command.act is DigestAction.OPEN:
            question = await digests.question(command.number, caller, here)
            if question is not None:
                return await self._respond(question, caller, None, None, here)
        return await digests.handle(command, caller, here)

    async def _by_id(
        self,
        command: Usage,
        caller: Caller,
        missing: EndpointMissingError,
        shown: int | None,
        progress: Progress | None,
    ) -> View:
        """Without the report there are no names to look up; the superseded one still answers for one tenant id."""
        try:
            answered = await usage.ask_by_id(command, caller, self._services, missing, progress)
        except UsageBotError as error:
            return error_view(error, sentence_of(command))
        return usage.view(answered, shown or usage.ROWS_AT_FIRST)

    async def _read(self, text: str, caller: Caller, knows: NameLookup | None = None) -> Command | NotUnderstood:
        """What was typed; a long text is read beside the event loop, where nobody else waits for it."""
        read = partial(parse, text, today=self._services.today(caller), knows=knows)
        return read() if len(text) <= READ_AT_ONCE else await asyncio.to_thread(read)

    async def _look_up(
        self,
        command: Command,
        caller: Caller,
        names: NameIndex,
        shown: int | None,
        progress: Progress | None,
        here: Conversation | None,
    ) -> View:
        match command:
            case Usage() if shown is not None:
                return await usage.more(command, caller, names, self._services, shown)
            case Usage():
                return await usage.answer(command, caller, names, self._services, progress)
            case Customers():
                return listing.customers(command, names, shown)
            case Workloads():
                return listing.workloads(names, shown)
            case NewDigest():
                digests = self._services.digests
                return await digests.set_up(command, caller, names, here) if digests else ErrorView("no_digests")
        return await self._without_names(command, caller, here)


def _refused(error: UsageBotError, text: str, command: Command | NotUnderstood) -> View:
    """What was not understood is told as that: no service has to be asked to see it."""
    if isinstance(command, NotUnderstood):
        return not_understood(text, command)
    view = error_view(error, sentence_of(command))
    # Asked again after the sign-in, with names at hand, what was typed may mean something else.
    return replace(view, question=text) if isinstance(view, SignInView) else view
