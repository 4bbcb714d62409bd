"""The entry point of the use cases.

It takes a typed sentence or a button and returns the view that answers it.

Its methods never raise for an error of a user or of the API.

A typed sentence is read once: with the lexicon alone if its verb needs no names, otherwise with the names that the
caller can see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter

from bot.commands.command import Command, Export, Usage
from bot.commands.digest_form import FilledForm, filled, opened
from bot.commands.effects import changes_state
from bot.commands.verb_spec import VerbNeeds
from bot.commands.verbs import verb_of
from bot.concurrency.paced_work import PacedWork
from bot.concurrency.whole_change import to_the_end
from bot.domain.caller_zone import zone_of
from bot.domain.conversation import Caller, Conversation
from bot.domain.licensing import Dimension, Entry
from bot.errors import EndpointMissingError, UsageBotError
from bot.export.export_file import ExportFile
from bot.export.exporting import ExportMaker
from bot.handlers.asked_first import confirmed_first, reading_only
from bot.handlers.customer_figures import customer_figures
from bot.handlers.digest_port import DigestPort
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import handlers
from bot.handlers.help_handler import hello
from bot.handlers.proposed_answer import with_proposal
from bot.handlers.remembering.conversation_memory import AskedBefore, asked_before, keep_press, keep_reading
from bot.handlers.remembering.missed_sentence import note_missed
from bot.handlers.sold.seats_beside import with_seats
from bot.handlers.sold.sold_sentence import sold_spans, with_sold_names
from bot.language.composing.reason import Reason
from bot.language.reading.reading import Reading, ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.text.reading_effort import MOST_STEPS, STEPS_AT_ONCE
from bot.names.name_index import NameIndex
from bot.names.span_lookup import SpanLookup
from bot.partner_center.usage_client import Progress
from bot.usage.addressed_buttons import is_anothers, is_shared
from bot.usage.command_buttons import PressedButton
from bot.usage.error_view import EMPTY_BOOK, error_view, without_sign_in
from bot.usage.memory.answer_locale import AnswerLocale, answer_locale
from bot.usage.offline_sentence import FirstReadings
from bot.usage.onward.kept_limits import freed_in, with_kept_limits
from bot.usage.question_scope import with_corrections
from bot.usage.repeated_question import repeated, with_question
from bot.usage.sentence_result import asks_something, corrections_in, question_in, result_of
from bot.usage.sold.asked_names import names_for
from bot.usage.usage_services import UsageServices
from cards.usage.shown_rows import rows_until
from cards.views.answer_views import ConfirmView, ErrorView, HelloView, NoMatchView, SignInView, UsageView, View
from cards.views.usage_views import ROWS_ON_CARD, Figures
from cards.wording.locale_words import LocaleWords


class Dispatcher:
    """Answers the questions of each user with the rights of that user."""

    def __init__(self, services: UsageServices, digests: DigestPort | None = None) -> None:
        self._services = services
        self._digests = digests
        self._handlers = handlers()
        self._first = FirstReadings()
        self._files = ExportMaker()

    async def answer(
        self, text: str, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        """Return the view that answers a typed text."""
        return self._fitting(await self._respond(text, self._context(caller, progress, here)), here)

    async def press(
        self, button: PressedButton, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        """Return the view that answers a button, in the locale of `caller`.

        Everything in the button is as untrusted as typed text. Only a repeated question and the sentence of a button of
        version 1 are read.
        """
        if button.keeps:
            return ConfirmView("kept", button.sentence(caller.locale), caller.name)
        anothers = is_anothers(button.made_for, caller, here)
        asked = replace(
            self._context(caller, progress, here),
            shown=button.rows,
            start=button.start,
            sure=button.sure and not anothers,
            anothers=anothers,
            row=button.row,
            reshapes=button.reshapes,
            up=button.up,
        )
        if isinstance(button.asked, str):  # a repeated question, or a button of version 1
            return self._fitting(await self._respond(button.asked, asked, repeats=button.repeats), here)
        command = button.asked
        if isinstance(command, Usage) and button.inputs is not None:  # a day was chosen
            command, _ = filled(command, button.inputs)
            button = replace(button, asked=command, inputs=None)
        await keep_press(asked, button)
        if button.inputs is not None:
            form, (command, mistakes) = opened(command), filled(command, button.inputs)
            if anothers:  # this person gets a form of their own, or the facts
                command, mistakes = form, ()
            asked = replace(asked, form=FilledForm(button.inputs, mistakes))
        return self._told(await self._carry_out(command, asked), here)

    def _fitting(self, view: View, here: Conversation | None) -> View:
        """Return the view as it fits where it is shown."""
        view = reading_only(view) if is_shared(here) else view
        return self._told(view, here)

    def _told(self, view: View, here: Conversation | None) -> View:
        """Return the view; in a chat without a sign-in, without advice to sign in."""
        return without_sign_in(view) if here is not None and self._services.accounts is None else view

    async def complete(self, dimension: Dimension, text: str, caller: Caller, most: int) -> Sequence[Entry] | ErrorView:
        """Return at most `most` names that this caller can see, or why there are none."""
        names = await self._names(caller)
        return error_view(names) if isinstance(names, UsageBotError) else names.completing(dimension, text, most)

    async def file(self, command: Export, caller: Caller, progress: Progress | None = None) -> ExportFile | View:
        """Return the file that `caller` takes, or the view that says why there is none.

        It is made with the token of `caller`.
        """
        asked = self._context(caller, progress, None)
        try:
            names = replace(asked, known=await self._names(caller, command)).names
            return await self._files.make(command, caller, names, self._services, progress)
        except UsageBotError as error:
            return error_view(error, command, caller.locale)

    async def figures_of(self, entries: Sequence[Entry], caller: Caller) -> Mapping[str, Figures]:
        """Return the figures of customers, by id, as far as `caller` can see them."""
        names = await self._names(caller)
        if isinstance(names, UsageBotError):
            return {}
        try:
            return await customer_figures(entries, caller, names, self._services)
        except UsageBotError:
            return {}

    async def locale_of(self, caller: Caller, text: str = "", mark: str = "") -> AnswerLocale:
        """Return the locale of an answer.

        It answers `text`, or a button of a card in the language `mark`. Names are known once they were loaded.
        """
        known = self._services.directories.known(caller)
        spans = None if known is None else known.spans
        return await answer_locale(self._services.memory.languages, caller, text, mark, spans)

    def welcome(self, caller: Caller) -> HelloView:
        """Return the welcome that is posted once, when the bot is added."""
        return hello(caller)

    def _context(self, caller: Caller, progress: Progress | None, here: Conversation | None) -> HandlerContext:
        if here is not None and is_shared(here):
            caller = replace(caller, place=here.conversation_id)

        async def ask(command: Command) -> View:
            return await self._carry_out(command, self._context(caller, progress, here))

        begun = self._services.recent.begin()
        return HandlerContext(
            self._services, caller, ask, self._digests, here, progress, files=self._files, begun=begun
        )

    async def read(self, text: str, caller: Caller) -> tuple[Command | View, HandlerContext]:
        """Return what a typed text leads to, and what its handler receives.

        For callers who need the figures as data.

        The command is one to carry out; a view asks or refuses.
        """
        return await self._understood(text, self._context(caller, None, None))

    async def _respond(self, text: str, asked: HandlerContext, *, repeats: bool = False) -> View:
        found, asked = await self._understood(text, asked)
        found = repeated(found, asked.caller.locale) if repeats and isinstance(found, Command) else found
        view = await self._carry_out(found, asked, text) if isinstance(found, Command) else found
        if asked.start and isinstance(view, UsageView) and view.fresh < asked.start:
            view = ErrorView("no_more_rows", {"count": str(view.matched), "question": view.question})
        return with_kept_limits(with_corrections(view, asked.corrected), found, asked.freed)

    async def _understood(self, text: str, asked: HandlerContext) -> tuple[Command | View, HandlerContext]:
        now = self._services.now().astimezone(zone_of(asked.caller))
        pace = PacedWork(STEPS_AT_ONCE, MOST_STEPS)
        hint = asked.caller.own_locale
        first = await pace.do(lambda steps: self._first.read(text, hint, now, steps), attrgetter("too_long"))
        sentence = first.sentence
        before: AskedBefore | None = None
        if first.needs_names:
            asked = replace(asked, known=await self._names(asked.caller))
            if isinstance(asked.known, NameIndex):
                spans = asked.known.spans
                before = await asked_before(asked, spans, partial(sold_spans, asked))
                last = before.meaning if before else None

                async def read(spans: SpanLookup) -> Reading:
                    return await pace.do(
                        lambda steps: SentenceReader(spans, now, steps).read_worded(sentence, last), _is_too_long
                    )

                reading, asked = await with_sold_names(await read(spans), asked, read)
            else:
                reading = await pace.do(first.offline, _is_too_long)
                if asks_something(reading) and isinstance(asked.known, UsageBotError):
                    return _without_names(asked.known, reading, text), asked
        else:
            reading = first.reading
        if reading.continues and before is not None:
            if before.shown:
                asked = await self._next_rows(reading, replace(asked, shown=before.shown, start=before.start))
            else:
                reading = replace(reading, outcome=ReadingOutcome.ASK, reason=Reason.MISSING, what="list")
        await keep_reading(asked, reading, before)
        found = await pace.finish(partial(result_of, reading, text, asked.caller.locale))
        if isinstance(found, NoMatchView) and isinstance(asked.known, NameIndex) and asked.known.is_empty:
            found = EMPTY_BOOK
        await note_missed(sentence, reading, found, asked)
        if not isinstance(found, Command):
            found = await with_seats(await with_proposal(found, reading, text, asked), reading, asked)
        return found, replace(asked, corrected=corrections_in(reading), freed=freed_in(reading))

    async def _next_rows(self, reading: Reading, asked: HandlerContext) -> HandlerContext:
        """Return the context that asks for the rows after those that the last card shows."""
        command = question_in(reading)
        view = None if command is None else await self._carry_out(command, asked)
        if not isinstance(view, UsageView):
            return asked
        over = view.fresh < asked.start  # all rows were shown
        end = asked.start if over else rows_until(view, LocaleWords.load(asked.caller.locale))
        return replace(asked, shown=end + ROWS_ON_CARD, start=end)

    async def _carry_out(self, command: Command, asked: HandlerContext, typed: str = "") -> View:
        """Return the view that answers `command`; `typed` is the text of a user who typed it."""
        if not asked.sure:
            question = confirmed_first(command, asked.caller, asked.here, anothers=asked.anothers, typed=typed)
            if question is not None:
                return question
        verb = verb_of(command)
        try:
            if asked.known is None and verb.needs >= VerbNeeds.NAMES:
                asked = replace(asked, known=await self._names(asked.caller, command))
            elif asked.known is None and verb.needs >= VerbNeeds.SIGN_IN:
                await self._admit(asked.caller)
            handling = self._handlers[verb.name](command, asked)
            # What is half done could neither be given nor be called cancelled.
            return await (to_the_end(handling) if changes_state(command) else handling)
        except UsageBotError as error:
            view = error_view(error, command, asked.caller.locale)
            # Asked again after the sign-in, with the names loaded, what was typed may mean something else.
            return replace(view, question=typed) if typed and isinstance(view, SignInView) else view

    async def _names(self, caller: Caller, command: Command | None = None) -> NameIndex | UsageBotError:
        """Return the names this caller can see, and `command` may have, or why they cannot be loaded.

        Cached names are used only while the caller is signed in.
        """
        try:
            await self._admit(caller)
            return await names_for(command, caller, self._services.directories)
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
    return with_question(error_view(error, None), reading, typed)


def _is_too_long(reading: Reading) -> bool:
    return reading.reason is Reason.TOO_LONG
