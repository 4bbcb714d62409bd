"""Use case: answer a usage question as the caller."""

from collections.abc import Mapping

from bot.commands.command import Usage
from bot.errors import EndpointMissingError
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.usage import usage_answer as usage
from cards.views.answer_views import View


async def answer(command: Usage, asked: HandlerContext) -> View:
    """Return the figures, a picker, or why there are no figures.

    Raises PartnerCenterError and NotSignedInError.
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


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("usage", "top", "filter"), answer)
