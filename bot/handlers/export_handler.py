"""Use case: an answer as a file, for the caller alone.

In a 1:1 chat Teams asks whether to put it into OneDrive; elsewhere the caller gets a link. Neither holds the file: it
is made again, with the caller's own token, when the caller takes it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.commands.command import Export
from bot.commands.command_document import write
from bot.domain.caller_zone import zone_of
from bot.export.export_file import ExportFile
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.usage.addressed_buttons import is_shared
from bot.usage.command_buttons import ask_button
from cards.views.answer_views import ErrorView, View
from cards.views.button_payload import AskButton, pack, unpack
from cards.views.export_views import FileLinkView, FileOfferView, FileSummary


async def answer(command: Export, asked: HandlerContext) -> View:
    """Return the offer of a file, a picker, or why there is no file.

    Raises ExportTooLargeError, PartnerCenterError, NotSignedInError and StoreError.
    """
    if asked.here is None:
        return ErrorView("export_in_chat")
    # The file is for the caller alone, wherever they ask: it is without what they leave out.
    caller = replace(asked.caller, place="")
    made = await asked.files.make(command, caller, asked.names, asked.services, asked.progress)
    if not isinstance(made, ExportFile):
        return made
    file = FileSummary(made.name, made.form.value, len(made.content), made.rows, made.scope, made.day)
    button = ask_button(command)
    if not is_shared(asked.here) and _fits(button):
        return FileOfferView(file, button)
    if asked.services.links is None:
        return ErrorView("export_not_private")
    url, ends = await asked.services.links.file_link(asked.caller, write(command))
    return FileLinkView(file, url, datetime.fromtimestamp(ends, UTC).astimezone(zone_of(asked.caller)).time())


def _fits(button: AskButton) -> bool:
    """Return True if a card can hold the command. A link can hold any: its command is in the store."""
    return unpack(pack(button)) is not None


HANDLERS: Mapping[str, Handler] = {"export": answer}
