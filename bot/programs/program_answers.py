"""The answers to questions of programs: figures as data, all else as a view."""

from dataclasses import dataclass, replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Command, Usage
from bot.domain.conversation import Caller
from bot.errors import EndpointMissingError, UsageBotError
from bot.handlers.dispatcher import Dispatcher
from bot.handlers.handler_context import HandlerContext
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.usage.command_buttons import PressedButton, press_of
from bot.usage.error_view import error_view
from bot.usage.kinds.kind_answer import KindAnswer, ShownPart
from bot.usage.kinds.kind_answering import ask_kind
from bot.usage.question_scope import with_corrections
from bot.usage.sold.asked_names import names_for
from bot.usage.usage_answer import UsageAnswer, ask, ask_by_id
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import ListView, View
from cards.views.payload_values import ROWS_LIMIT


@dataclass(frozen=True, slots=True)
class ProgramAnswers:
    """Answers each caller with their own rights; `services` are those of `answers`."""

    answers: Dispatcher
    services: UsageServices

    async def read(self, sentence: str, caller: Caller) -> tuple[Command | View, HandlerContext]:
        """Return what a sentence leads to, and what `carry_out` receives with it.

        The command is one to carry out; a view asks or refuses.
        """
        return await self.answers.read(sentence, caller)

    async def carry_out(
        self, command: Command, caller: Caller, asked: HandlerContext | None = None, progress: Progress | None = None
    ) -> UsageAnswer | View:
        """Return the answer to a command, or the view of an error.

        `asked` goes with a command that was read from a sentence. Lists are complete: a program has no "show more".
        """
        if not isinstance(command, Usage):
            view = await self._whole(command, caller)
            return view if asked is None else with_corrections(view, asked.corrected)
        try:
            answer = self._figures if command.kind is AnswerKind.FIGURES else self._of_kind
            return await answer(command, caller, asked, progress)
        except UsageBotError as error:
            return error_view(error, command, caller.locale)

    async def names(self, caller: Caller, command: Command | None = None) -> NameIndex:
        """Return the names that `caller` can see, and `command` may have.

        Raises UsageBotError.
        """
        if self.services.accounts is not None:
            await self.services.accounts.admit(caller)
        return await names_for(command, caller, self.services.directories)

    async def _figures(
        self, command: Usage, caller: Caller, asked: HandlerContext | None, progress: Progress | None
    ) -> UsageAnswer | View:
        try:
            names = asked.names if asked is not None else await self.names(caller, command)
            answered = await ask(command, caller, names, self.services, progress)
        except EndpointMissingError as error:
            return await ask_by_id(command, caller, self.services, error)
        if not isinstance(answered, UsageAnswer):
            return answered
        corrected = (*(asked.corrected if asked is not None else ()), *answered.plan.corrected)
        return replace(answered, plan=replace(answered.plan, corrected=tuple(dict.fromkeys(corrected))))

    async def _of_kind(
        self, command: Usage, caller: Caller, asked: HandlerContext | None, progress: Progress | None
    ) -> View:
        """Return the view of all rows of an answer of another kind than figures."""
        names = asked.names if asked is not None else await self.names(caller, command)
        answered = await ask_kind(command, caller, names, self.services, progress)
        if not isinstance(answered, KindAnswer):
            return answered
        today = self.services.today(caller)
        view = answered.view(ShownPart(ROWS_LIMIT, today=today, language=caller.locale, whole=True))
        return with_corrections(view, asked.corrected if asked is not None else ())

    async def _whole(self, command: Command, caller: Caller) -> View:
        view = await self.answers.press(PressedButton(command), caller)
        if isinstance(view, ListView) and view.more is not None and (button := press_of(view.more)) is not None:
            return await self.answers.press(replace(button, rows=ROWS_LIMIT), caller)
        return view
