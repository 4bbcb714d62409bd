"""Use case: answer a usage question as the caller."""

from collections.abc import Mapping
from dataclasses import replace

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.commands.command_document import read_object, write_object
from bot.errors import EndpointMissingError, PartnerCenterError
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.handlers.remembering.conversation_memory import keep_question
from bot.usage import usage_answer as usage
from bot.usage.command_buttons import ask_button, more_button
from bot.usage.kinds.kind_answering import answer_kind
from bot.usage.onward.drilled_row import about_row, next_row, position_of
from bot.usage.onward.list_in_list import within
from bot.usage.onward.shape_view import shape_view
from cards.views.answer_views import ErrorView, UsageView, View
from cards.views.button_payload import RowButton


async def answer(command: Usage, asked: HandlerContext) -> View:
    """Return the figures, a picker, or why there are no figures.

    Raises PartnerCenterError and NotSignedInError.
    """
    if command.kind is not AnswerKind.FIGURES:
        return await _of_kind(command, asked)
    if asked.row:
        return await row(command, asked)
    if asked.reshapes:
        return await shapes(command, asked)
    found = await figures(command, asked)
    return await _of_row(found, asked.up, asked) if asked.up is not None else found


async def _of_kind(command: Usage, asked: HandlerContext) -> View:
    shown = asked.shown or usage.ROWS_AT_FIRST
    return await answer_kind(command, asked.caller, asked.names, asked.services, asked.progress, shown, asked.start)


async def figures(command: Usage, asked: HandlerContext) -> View:
    """Return the figures alone, without a way back.

    Raises what `answer` raises.
    """
    services, caller = asked.services, asked.caller
    shown = asked.shown or usage.ROWS_AT_FIRST
    try:
        names = asked.names  # also a caller who was signed out since gets no recent answer
        recent = usage.more(command, caller, services, shown, asked.start) if asked.shown else None
        return recent or await usage.answer(command, caller, names, services, asked.progress, shown, asked.start)
    except EndpointMissingError as missing:
        # Without this report there are no names to look up. The superseded report still answers for one tenant id.
        answered = await usage.ask_by_id(command, caller, services, missing, asked.progress)
        return usage.kept_view(answered, caller, services, shown, asked.start)


async def row(command: Usage, asked: HandlerContext) -> View:
    """Return the answer about one row of the answer to `command`.

    It has the way back to the list. Raises what `answer` raises.
    """
    answered = await usage.lately(command, asked.caller, asked.names, asked.services, asked.progress)
    if not isinstance(answered, usage.UsageAnswer):
        return answered
    report = answered.report
    at = position_of(asked.row, report)
    if at is None:
        return ErrorView("row_gone", again=ask_button(command, replace=True))
    question = about_row(command, answered.plan, report.rows[at], report.by)
    await keep_question(asked, question)
    opened = RowButton(write_object(command), asked.row, asked.shown or usage.ROWS_AT_FIRST, asked.start, asked.up)
    found = await usage.answer(question, asked.caller, asked.names, asked.services, asked.progress)
    return await _of_row(found, opened, asked)


async def _of_row(view: View, opened: RowButton, asked: HandlerContext) -> View:
    """Return the answer about a row with the ways back to its list, and on to the next row."""
    command = read_object(opened.command)
    if not isinstance(view, UsageView) or not isinstance(command, Usage):
        return view
    inner = within(view, opened)
    try:
        listed = await usage.lately(command, asked.caller, asked.names, asked.services, asked.progress)
    except PartnerCenterError:  # the answer is there; only what leads on to the next row is not
        return inner
    if not isinstance(listed, usage.UsageAnswer):
        return inner
    following = next_row(opened, listed.report, usage.ROWS_AT_FIRST)
    return replace(inner, following=following, listed=listed.report.by[0].value)


async def shapes(command: Usage, asked: HandlerContext) -> View:
    """Return the shapes that the answer to `command` may have.

    Raises what `answer` raises.
    """
    answered = await usage.lately(command, asked.caller, asked.names, asked.services, asked.progress)
    if not isinstance(answered, usage.UsageAnswer):
        return answered
    back = more_button(command, asked.shown or usage.ROWS_AT_FIRST, asked.start, asked.up)
    return shape_view(command, answered.plan, back)


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("usage", "top", "filter"), answer)
