"""Use case: set up digests, and list, change, run and stop existing ones."""

from collections.abc import Mapping

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, ListDigests, NewDigest, Usage
from bot.commands.command_document import read
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from cards.views.answer_views import ErrorView, View


async def set_up(command: NewDigest, asked: HandlerContext) -> View:
    """Return the result of setting up a digest.

    Raises StoreError and what loading the names raises.
    """
    names = asked.names
    if asked.digests is None:
        return ErrorView("no_digests")
    return await asked.digests.set_up(command, asked.caller, names, asked.here, asked.form)


async def handle(command: ListDigests | HandleDigest | ChangeDigest, asked: HandlerContext) -> View:
    """Return the list, the results for the digests, or a view that asks.

    Raises StoreError.
    """
    if asked.digests is None:
        return ErrorView("no_digests")
    if isinstance(command, HandleDigest) and command.act is DigestAction.OPEN:
        question = await asked.digests.question(command.number, asked.caller, asked.here)
        if question is not None:
            return await asked.ask(question)
    if not isinstance(command, ListDigests) and await _may_mean_a_question(command, asked):
        return await asked.digests.which(command, asked.caller, asked.here)
    return await asked.digests.handle(
        command, asked.caller, asked.here, asked.shown, asked.start, sure=asked.sure, form=asked.form
    )


async def _may_mean_a_question(command: HandleDigest | ChangeDigest, asked: HandlerContext) -> bool:
    """Return True for `make it friday` and `run it` after a question.

    They may mean the question.
    """
    if not command.last or (isinstance(command, HandleDigest) and command.act is not DigestAction.RUN):
        return False
    last = await asked.services.memory.questions.last(asked.caller, asked.place)
    return last is not None and isinstance(read(last[0]), Usage)


HANDLERS: Mapping[str, Handler] = {
    "digest": set_up,
    "alert": set_up,
    **dict.fromkeys(("digests", "change", *(action.value for action in DigestAction)), handle),
}
