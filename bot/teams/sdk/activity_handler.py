"""The activity handler: a subclass of botbuilder's ActivityHandler."""

from collections.abc import Awaitable, Callable, Mapping

from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.schema import ChannelAccount, InvokeResponse

from bot.domain.conversation import Caller
from bot.teams.activity.activity_caller import is_bot
from bot.teams.activity.conversation_of import conversation_of
from bot.teams.activity.http_reply import Reply
from bot.teams.activity.mentions import is_addressed, spoken
from bot.teams.activity.wordless_content import wordless_content
from bot.teams.sdk.activity_codec import invoke_response
from bot.teams.sdk.connector_adapter import turn_of
from bot.teams.sign_in.sign_in_invokes import PREFIX as SIGN_IN
from bot.teams.sign_in.sign_in_invokes import SignInInvokes
from bot.teams.turn.answering_port import Answering, Progress
from bot.teams.turn.button_invokes import NAME as PRESS
from bot.teams.turn.button_invokes import ButtonInvokes
from bot.teams.turn.installation_events import InstallationEvents
from bot.teams.turn.pending_answer import interrupted
from bot.teams.turn.replies import Replies
from bot.teams.turn.turn import Turn
from bot.teams.turn.visibility_notice import VisibilityNotice
from bot.teams.turn.welcome import Welcome
from bot.usage.command_buttons import pressed
from cards.views.answer_views import ErrorView, View
from cards.views.payload_values import TEXT_LIMIT

NOT_IMPLEMENTED = Reply(501)
Responder = Callable[[Turn], Awaitable[Reply]]


class UsageActivityHandler(ActivityHandler):
    """Answers messages, buttons and installations.

    Accepts every other activity silently. `others` answers further invokes, by their name.
    """

    def __init__(
        self,
        answers: Answering,
        replies: Replies,
        presses: ButtonInvokes,
        installations: InstallationEvents,
        welcome: Welcome,
        others: Mapping[str, Responder],
        exchanges: SignInInvokes | None = None,
        first_use: VisibilityNotice | None = None,
    ) -> None:
        super().__init__()
        self._answers = answers
        self._replies = replies
        self._presses = presses
        self._others = others
        self._installations = installations
        self._exchanges = exchanges
        self._first_use = first_use
        self._welcome = welcome

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Answer a typed message, or a button of an old client."""
        await self._message(turn_of(turn_context))

    async def on_message_update_activity(self, turn_context: TurnContext) -> None:
        """Answer an edited message like a new one.

        An undeleted message and other updates are not answered, nor is an edit that takes away the mention of the bot.
        """
        turn = turn_of(turn_context)
        if turn.incoming.is_edit and is_addressed(turn.incoming):
            await self._message(turn)

    async def _message(self, turn: Turn) -> None:
        if is_bot(turn.incoming):
            return
        self._installations.seen(turn)
        text = spoken(turn.incoming)
        if not await self._presses.cancellations.settled(turn, text):
            await self._told(turn, text)

    async def _told(self, turn: Turn, text: str) -> None:
        button = pressed(turn.incoming.value) if not text else None
        if turn.caller is None:
            await turn.post(turn.no_caller)
        elif turn.busy:
            await turn.post(ErrorView("busy"))
        elif turn.taken_over and (asked := text or (button.sentence(turn.caller.locale) if button else "")):
            await turn.post(interrupted(asked))  # not the answer, which may be there already
        elif button is not None:
            await self._presses.post(turn, turn.caller, button)
        elif not text and turn.incoming.value is not None:
            await turn.post(ErrorView("expired"))  # a button of another version, or not one of ours
        elif (wordless := wordless_content(text, turn.incoming.attachments)) is not None:
            await turn.post(ErrorView(f"only_{wordless}"))
        elif len(text) > TEXT_LIMIT:
            await turn.post(ErrorView("too_long", {"limit": str(TEXT_LIMIT)}))
        else:
            await self._answer(turn, turn.caller, text)

    async def on_members_added_activity(self, members_added: list[ChannelAccount], turn_context: TurnContext) -> None:
        """Greet a conversation to which the bot was added.

        Other new members are not greeted.
        """
        if _is_about_bot(members_added, turn_context):
            self._installations.added(turn_of(turn_context).incoming)
            await self._welcome.post(turn_of(turn_context))

    async def on_members_removed_activity(
        self, members_removed: list[ChannelAccount], turn_context: TurnContext
    ) -> None:
        """Report that the bot or people were removed from a conversation."""
        incoming = turn_of(turn_context).incoming
        self._installations.people_left(incoming)
        if _is_about_bot(members_removed, turn_context):
            await self._welcome.forget(incoming.conversation_id)
            self._installations.left(incoming)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Report a change of a channel or team; members are handled by the base class."""
        self._replies.people_came()
        self._installations.updated(turn_of(turn_context).incoming)
        await super().on_conversation_update_activity(turn_context)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        """Report that the app was added or removed, and greet if it was added.

        An upgrade ("add-upgrade") is not greeted again.
        """
        turn = turn_of(turn_context)
        if turn.incoming.action == "add":
            self._installations.added(turn.incoming)
            await self._welcome.post(turn)
        elif turn.incoming.action == "remove":
            await self._welcome.forget(turn.incoming.conversation_id)
            self._installations.removed(turn.incoming)

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        """Answer a button, an invoke of a sign-in or of a file; no other invoke.

        This replaces botbuilder's own parsing, which fails on unusual values.
        """
        return invoke_response(await self._respond(turn_of(turn_context)))

    async def _respond(self, turn: Turn) -> Reply:
        if self._exchanges is not None and (turn.incoming.name or "").startswith(SIGN_IN):
            return await self._exchanges.respond(turn)
        if (respond := self._others.get(turn.incoming.name or "")) is not None:
            return await respond(turn)
        if turn.incoming.name != PRESS:
            return NOT_IMPLEMENTED
        self._installations.seen(turn)
        return await self._presses.respond(turn)

    async def _answer(self, turn: Turn, asker: Caller, text: str) -> None:
        if self._first_use is not None:
            await self._first_use.post(turn)

        async def work(progress: Progress) -> View:
            return await self._answers.answer(text, asker, progress, conversation_of(turn.incoming, asker, turn.words))

        await self._replies.post(turn, lambda: text, work)


def _is_about_bot(members: list[ChannelAccount], context: TurnContext) -> bool:
    return any(member.id == context.activity.recipient.id for member in members)
