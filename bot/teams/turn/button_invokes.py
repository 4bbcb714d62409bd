"""The replies to buttons, which arrive as `adaptiveCard/action` invokes.

The table of replies:
https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model#response-format
The HTTP status is always 200, whatever the `statusCode` in the body. botbuilder's own handler answers 500 to unusual
values.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

from bot.commands.command import Export
from bot.commands.effects import changes_state
from bot.domain.conversation import Caller
from bot.teams.activity.conversation_of import conversation_of
from bot.teams.activity.http_reply import Reply
from bot.teams.activity.outgoing_activity import ADAPTIVE_CARD
from bot.teams.activity.private_buttons import readers_of
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.running.background_turns import BackgroundTurns
from bot.teams.turn.answering_port import Answering, Progress
from bot.teams.turn.cancellations import Cancellations
from bot.teams.turn.pending_answer import PendingAnswer
from bot.teams.turn.replies import Replies
from bot.teams.turn.turn import Turn
from bot.usage.addressed_buttons import is_anothers
from bot.usage.command_buttons import PressedButton, pressed
from cards.draw import summary
from cards.parts.inert_text import inert
from cards.views.answer_views import CancelledView, ErrorView, ProgressView, View
from cards.views.progress.cancel_payload import CancelButton, cancel_in
from cards.wording.locale_words import LocaleWords

NAME = "adaptiveCard/action"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
PROMISING = 0.4  # seconds that a reply waits, after its time, until the answer is promised


class ButtonInvokes:
    """Answers a button with a card in place of the pressed one, or with a new message."""

    def __init__(
        self,
        answers: Answering,
        replies: Replies,
        background: BackgroundTurns,
        limits: TurnLimits,
        cancellations: Cancellations,
    ) -> None:
        self.cancellations = cancellations
        self._answers = answers
        self._replies = replies
        self._background = background
        self._limits = limits

    async def respond(self, turn: Turn) -> Reply:
        """Return the reply to the invoke.

        The presser is the caller, no matter for whom the card was posted. On a card that they see alone nothing is
        replaced: whether Teams does that is not documented.
        """
        data = _data(turn.incoming.value)
        if turn.caller is not None and (cancel := cancel_in(data)) is not None:
            return await self._cancel(turn, turn.caller, cancel)
        return await self._respond(turn, pressed(data))

    async def _respond(self, turn: Turn, button: PressedButton | None) -> Reply:
        if button is None:
            return error_reply(turn, 400, "BadRequest", ErrorView("expired"))
        if turn.caller is None:
            return error_reply(turn, 400, "Unidentified", turn.no_caller)
        if turn.busy:
            return error_reply(turn, 500, "Busy", ErrorView("busy"))
        # Teams draws the question about a file itself, in a message of its own.
        in_place = button.replace and not isinstance(button.asked, Export)
        if turn.incoming.is_of_private_card:
            return await self._ask(turn, turn.caller, button)
        if in_place or _is_asked_first(button, turn.caller, turn):
            return await self._replace(replace(turn, alone=True), turn.caller, button)
        here = conversation_of(turn.incoming, turn.caller, turn.words)
        # Who chose who reads the answer saw the card alone.
        alone = not readers_of(turn.incoming.value) and is_anothers(button.made_for, turn.caller, here)
        return await self._ask(replace(turn, alone=alone), turn.caller, button)

    async def post(self, turn: Turn, caller: Caller, button: PressedButton) -> None:
        """Answer a button with a new message: old clients send Action.Submit as a message."""

        async def work(progress: Progress) -> View:
            here = conversation_of(turn.incoming, caller, turn.words)
            return await self._answers.press(button, caller, progress, here)

        await self._replies.post(turn, lambda: button.sentence(caller.locale), work)

    async def _cancel(self, turn: Turn, caller: Caller, button: CancelButton) -> Reply:
        """Cancel an answer. The card is left as it is: what ends the answer replaces it."""
        view = await self.cancellations.press(button, caller, turn.left(self._limits.invoke_within))
        return _ok(MESSAGE, inert(summary(view, turn.words)))

    async def _ask(self, turn: Turn, caller: Caller, button: PressedButton) -> Reply:
        """Answer with a new message. The reply is a message, too, because that leaves the card unchanged.

        It is given when the message is posted, or when a crash can no longer lose the answer: a client that gets no
        reply says so, and its person presses again.
        """
        work = _guarded(turn, self.post(turn, caller, button))
        posting = self._background.follow_up(work, caller.object_id)
        await turn.answer.until_secured(posting, turn.left(self._limits.invoke_within))
        return (
            _ok(MESSAGE, inert(turn.words.say("working.posted"))) if turn.answer.is_delivered else working(turn.words)
        )

    async def _replace(self, turn: Turn, caller: Caller, button: PressedButton) -> Reply:
        async def work(progress: Progress) -> View:
            here = conversation_of(turn.incoming, caller, turn.words)
            return await self._answers.press(button, caller, progress, here)

        answering = self._replies.begin(turn, lambda: button.sentence(caller.locale), work)
        try:
            # If nothing is left, Teams has its reply already, and what is returned here is shown to no user.
            if (left := turn.left(self._limits.invoke_within)) > 0 and await answering.wait(left):
                return await self._in_place(turn, caller, answering.view())
        except asyncio.CancelledError:
            await answering.stop()
            raise
        late = self._background.follow_up(_guarded(turn, self._late(answering)), caller.object_id)
        await turn.answer.until_secured(late, PROMISING)
        # A card that the answer will not replace, or that a crash would leave, would say for good that it is coming.
        ends = turn.incoming.is_personal and turn.answer.is_secured
        if ends and not (turn.answer.is_delivered or late.done()):
            return _ok(ADAPTIVE_CARD, turn.draw(answering.working).card)
        return working(turn.words)

    async def _in_place(self, turn: Turn, caller: Caller, view: View) -> Reply:
        """Return the reply with the answer. If a sign-in card or an error is posted, the pressed card is unchanged."""
        if isinstance(view, CancelledView):  # by a sentence: the pressed card stays, and can be pressed again
            return _ok(MESSAGE, inert(summary(view, turn.words)))
        if not isinstance(view, ErrorView):
            return _ok(ADAPTIVE_CARD, turn.draw(view).card)
        posting = asyncio.create_task(self._posted(turn, view))
        try:
            await asyncio.wait({posting}, timeout=turn.left(self._limits.invoke_within))
        except asyncio.CancelledError:
            posting.cancel()
            raise
        if not posting.done():
            self._background.follow_up(_guarded(turn, _post_late(turn, posting)), caller.object_id)
            return working(turn.words)
        shown = posting.result()
        return (
            _ok(MESSAGE, inert(summary(view, turn.words)))
            if shown is None
            else _ok(ADAPTIVE_CARD, turn.draw(shown).card)
        )

    async def _posted(self, turn: Turn, view: View) -> View | None:
        """Post what does not take the place of the pressed card. Return what does."""
        shown = await self._replies.invited(turn, view)
        if isinstance(shown, ErrorView) and turn.is_for_caller(shown):
            await turn.post(shown)
            return None
        return shown

    async def _late(self, answering: PendingAnswer) -> None:
        """Post the answer later: in a 1:1 chat in place of the card, elsewhere as a message that the presser sees.

        Only the presser sees a reply to an invoke, but all members see an updated message, so the answer must not
        overwrite the card of another person.
        """
        incoming = answering.turn.incoming
        try:
            await self._replies.follow(answering, incoming.reply_to_id if incoming.is_personal else None)
        finally:
            await answering.stop()


async def _post_late(turn: Turn, posting: "asyncio.Task[View | None]") -> None:
    """Wait for what is being posted, and post the rest: the reply to the press is given."""
    try:
        await asyncio.wait({posting})
    except asyncio.CancelledError:
        posting.cancel()
        raise
    if (shown := posting.result()) is not None:
        await turn.post(shown)


async def _guarded(turn: Turn, work: Awaitable[None]) -> None:
    """Run `work` outside of botbuilder's pipeline, with the same error handling."""
    try:
        await work
    except Exception as error:  # noqa: BLE001  # as the pipeline does
        await turn.report(error)


def _is_asked_first(button: PressedButton, caller: Caller, turn: Turn) -> bool:
    """Return True if the answer asks the presser, whom no other member needs to read."""
    here = conversation_of(turn.incoming, caller, turn.words)
    return (
        not isinstance(button.asked, str) and changes_state(button.asked) and is_anothers(button.made_for, caller, here)
    )


def _data(value: object) -> object:
    action = value.get("action") if isinstance(value, dict) else None
    return action.get("data") if isinstance(action, dict) else None


def failure(turn: Turn, view: ErrorView) -> Reply:
    """Return the reply to a button when the bot itself failed."""
    return error_reply(turn, 500, "InternalError", view)


def answered_before(words: LocaleWords) -> Reply:
    """Return the reply to the repetition of a press that another process has answered."""
    return _ok(MESSAGE, inert(summary(ErrorView("answered_before"), words)))


def working(words: LocaleWords) -> Reply:
    """Return the reply that leaves the pressed card unchanged: the answer follows."""
    return _ok(MESSAGE, inert(summary(ProgressView("", 0, None), words)))


def _ok(kind: str, value: object) -> Reply:
    return Reply.of({"statusCode": 200, "type": kind, "value": value})


def error_reply(turn: Turn, status: int, code: str, view: ErrorView) -> Reply:
    """Return the reply with an error, which clients show as a short notice."""
    value = {"code": code, "message": inert(summary(view, turn.words))}
    return Reply.of({"statusCode": status, "type": ERROR, "value": value})
