"""A file that a person wants: the reply to Teams, while the file is made."""

import asyncio
from typing import Any

from bot.commands.command import Export, Usage
from bot.domain.conversation import Caller
from bot.teams.activity.incoming_activity import ConversationAccount, IncomingActivity
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.files.file_consents import FileConsents
from bot.teams.running.background_turns import BackgroundTurns
from bot.teams.turn.card_renderer import CardRenderer
from bot.teams.turn.replies import Replies
from bot.teams.turn.turn import Turn
from bot.usage.command_buttons import ask_button
from cards.views.answer_views import ErrorView, View
from cards.views.button_payload import pack

LIMITS = TurnLimits(working_after=0.01, update_every=0.01, invoke_within=600.0)
VALUE = {
    "type": "fileUpload",
    "action": "accept",
    "context": pack(ask_button(Export(Usage()))),
    "uploadInfo": {"uploadUrl": "https://contoso-my.sharepoint.com/x"},
}


class Chat:
    """A chat, the database for promises, and what makes files: none before `made`."""

    def __init__(self) -> None:
        self.written, self.made = asyncio.Event(), asyncio.Event()
        self.asked = asyncio.Event()

    async def file(self, *_: object) -> View:
        await self.made.wait()
        return ErrorView("export_not_saved")

    async def make(self, *_: object) -> str:
        self.asked.set()
        await self.written.wait()
        return "key"

    async def send(self, _: object) -> str:
        return "7"

    async def nothing(self, *_: object) -> None:
        pass

    show = keep = replace = remove = nothing


async def test_accepted_file_is_acknowledged_when_it_is_promised() -> None:
    """A crash would lose it."""
    chat: Any = Chat()
    drawing, background = CardRenderer(), BackgroundTurns(limit=9, per_owner=9)
    here = ConversationAccount(id="a:1", conversation_type="personal")
    incoming = IncomingActivity("invoke", conversation=here, value=VALUE)
    turn = Turn(incoming, chat, drawing.words("en-US"), drawing, Caller("t", "ada"), chat)
    consents = FileConsents(chat, Replies(LIMITS, promises=chat), background, chat, LIMITS)
    responding = asyncio.ensure_future(consents.respond(turn))
    await chat.asked.wait()
    await asyncio.sleep(0)
    assert not responding.done()
    chat.written.set()
    assert (await responding).status == 200
    assert len(background) == 1
    chat.made.set()
    assert await background.close(600.0) == 0
