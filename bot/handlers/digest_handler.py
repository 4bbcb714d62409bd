"""Use case: set up digests, and list, change, run and stop existing ones."""

from collections.abc import Mapping

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, ListDigests, NewDigest
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
    return await asked.digests.set_up(command, asked.caller, names, asked.here)


async def handle(command: ListDigests | HandleDigest | ChangeDigest, asked: HandlerContext) -> View:
    """Return the list, or the result for one digest. Raises StoreError."""
    if asked.digests is None:
        return ErrorView("no_digests")
    if isinstance(command, HandleDigest) and command.act is DigestAction.OPEN:
        question = await asked.digests.question(command.number, asked.caller, asked.here)
        if question is not None:
            return await asked.ask(question)
    return await asked.digests.handle(command, asked.caller, asked.here, asked.shown, asked.start)


HANDLERS: Mapping[str, Handler] = {
    "digest": set_up,
    **dict.fromkeys(("digests", "change", *(action.value for action in DigestAction)), handle),
}
