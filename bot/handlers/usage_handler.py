"""Use case: answer a usage question as the caller."""

from collections.abc import Mapping
from dataclasses import replace

from bot.commands.command import Usage
from bot.errors import EndpointMissingError
from bot.handlers.conversation_memory import keep_question
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.usage import usage_answer as usage
from bot.usage.command_buttons import ask_button, more_button, row_button
from bot.usage.onward.drilled_row import about_row, mark_of_row, position_of
from bot.usage.onward.shape_view import shape_view
from cards.views.answer_views import ErrorView, UsageView, View


async def answer(command: Usage, asked: HandlerContext) -> View:
    """Return the figures, a picker, or why there are no figures.

    Raises PartnerCenterError and NotSignedInError.
    """
    if asked.row:
        return await row(command, asked)
    if asked.reshapes:
        return await shapes(command, asked)
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
    rows, start = asked.shown or usage.ROWS_AT_FIRST, asked.start
    back = more_button(command, rows, start)
    answered = await usage.lately(command, asked.caller, asked.names, asked.services, asked.progress)
    if not isinstance(answered, usage.UsageAnswer):
        return answered
    report = answered.report
    at = position_of(asked.row, report)
    if at is None:
        return ErrorView("row_gone", again=ask_button(command, replace=True))
    question = about_row(command, answered.plan, report.rows[at], report.by)
    await keep_question(asked, question)
    found = await usage.answer(question, asked.caller, asked.names, asked.services, asked.progress)
    if not isinstance(found, UsageView):
        return found
    end, page = (rows, start) if at + 1 < rows else (rows + usage.ROWS_AT_FIRST, rows)
    after = mark_of_row(report.rows[at + 1], report.by) if at + 1 < len(report.rows) else ""
    following = row_button(command, after, end, page) if after else None
    return replace(found, back=back, following=following, listed=report.by[0].value)


async def shapes(command: Usage, asked: HandlerContext) -> View:
    """Return the shapes that the answer to `command` may have.

    Raises what `answer` raises.
    """
    answered = await usage.lately(command, asked.caller, asked.names, asked.services, asked.progress)
    if not isinstance(answered, usage.UsageAnswer):
        return answered
    back = more_button(command, asked.shown or usage.ROWS_AT_FIRST, asked.start)
    return shape_view(command, answered.plan, back)


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("usage", "top", "filter"), answer)
