"""What a person answers when Teams asks whether to save a file in OneDrive.

The invoke `fileConsent/invoke` holds the command of the file and the address of an upload session. Both are as
untrusted as a button: the file is made with the rights of who answers, and goes to OneDrive alone.
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
"""

from collections.abc import Mapping
from typing import Any

import structlog

from bot.commands.command import Export
from bot.concurrency.whole_change import to_the_end
from bot.domain.conversation import Caller
from bot.errors import DeliveryError
from bot.export.export_file import ExportFile
from bot.language.sentence.command_sentence import sentence_of
from bot.teams.activity.http_reply import Reply
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.files.file_upload import FileUploads
from bot.teams.files.upload_hosts import may_upload
from bot.teams.running.background_turns import BackgroundTurns
from bot.teams.turn.answering_port import Answering, Progress
from bot.teams.turn.replies import Replies
from bot.teams.turn.turn import Turn
from bot.usage.command_buttons import ask_button, pressed
from cards.views.answer_views import ErrorView, View
from cards.views.export_views import FileNoteView, FileSavedView

log = structlog.get_logger(__name__)

NAME = "fileConsent/invoke"
LONGEST_FIELD = 400  # characters of a name or id that Teams gives


class FileConsents:
    """Answers the invokes.

    `simulated` are the hosts of this machine to which a file may go, too.
    """

    def __init__(
        self,
        answers: Answering,
        replies: Replies,
        background: BackgroundTurns,
        uploads: FileUploads,
        limits: TurnLimits,
        simulated: tuple[str, ...] = (),
    ) -> None:
        self._answers = answers
        self._replies = replies
        self._background = background
        self._uploads = uploads
        self._within = limits.invoke_within
        self._simulated = simulated

    async def respond(self, turn: Turn) -> Reply:
        """Return the reply when the file is there, or when a crash can no longer lose it.

        After that it follows in the background.
        """
        value = turn.incoming.value if isinstance(turn.incoming.value, Mapping) else {}
        command = _command(value.get("context"))
        if turn.caller is None or not turn.incoming.is_personal or value.get("type") != "fileUpload":
            return Reply(400)
        if value.get("action") == "decline":
            await self._declined(turn)
            return Reply(200)
        if command is None or value.get("action") != "accept":
            await turn.post(ErrorView("expired"))
            return Reply(200)
        if turn.busy:
            await turn.post(ErrorView("busy"))
            return Reply(200)
        place = value.get("uploadInfo")
        upload = self._upload(turn, turn.caller, command, place if isinstance(place, Mapping) else {})
        uploading = self._background.follow_up(upload, turn.caller.object_id)
        await turn.answer.until_secured(uploading, turn.left(self._within))
        return Reply(200)

    async def _declined(self, turn: Turn) -> None:
        await _remove_question(turn)
        await turn.post(FileNoteView("declined"))

    async def _upload(self, turn: Turn, caller: Caller, command: Export, place: Mapping[str, Any]) -> None:
        async def work(progress: Progress) -> View:
            return await self._saved(caller, command, place, progress)

        try:
            await self._replies.post(turn, lambda: sentence_of(command, caller.locale), work)
            await _remove_question(turn)
        except Exception as error:  # noqa: BLE001  # as botbuilder's pipeline does
            await turn.report(error)

    async def _saved(self, caller: Caller, command: Export, place: Mapping[str, Any], progress: Progress) -> View:
        """Return where the file is, or why it is nowhere."""
        address = place.get("uploadUrl")
        again = ask_button(command)
        if not isinstance(address, str) or not may_upload(address, self._simulated):
            log.warning("export_upload_refused", reason="the address is none of OneDrive", tenant=caller.key[0])
            return ErrorView("export_not_saved", again=again)
        made = await self._answers.file(command, caller, progress)
        if not isinstance(made, ExportFile):
            return made
        # OneDrive may have it already when its person cancels: then it is there, and the answer says so.
        if problem := await to_the_end(self._uploads.send(address, made.content, made.content_type)):
            log.warning("export_not_saved", problem=problem, bytes=len(made.content))
            return ErrorView("export_not_saved", again=again)
        log.info("export_saved", form=made.form.value, rows=made.rows, bytes=len(made.content))
        link = place.get("contentUrl")
        url = link if isinstance(link, str) and may_upload(link, self._simulated) else ""
        # OneDrive may have found another name, such as "usage (1).xlsx".
        return FileSavedView(_text(place, "name") or made.name, made.form.value, url, _text(place, "uniqueId"))


def _command(context: object) -> Export | None:
    button = pressed(context)
    return button.asked if button is not None and isinstance(button.asked, Export) else None


async def _remove_question(turn: Turn) -> None:
    """Delete the card that asked: it was answered, and Teams leaves it there."""
    if turn.incoming.reply_to_id is None:
        return
    try:
        await turn.sender.remove(turn.incoming.reply_to_id)
    except DeliveryError as error:
        log.info("file_question_not_removed", status=error.status)


def _text(place: Mapping[str, Any], name: str) -> str:
    found = place.get(name)
    return found if isinstance(found, str) and len(found) <= LONGEST_FIELD else ""
