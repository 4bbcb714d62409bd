"""botbuilder's adapter over our connector client.

Everything that a turn sends passes through it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, InvokeResponse, ResourceResponse

from bot.teams.activity.conversation_of import root_id
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.activity.outgoing_activity import OutgoingActivity
from bot.teams.connector.connector_client import ConnectorClients
from bot.teams.connector.reply_post import post_reply
from bot.teams.sdk.activity_codec import from_sdk, inbound, to_sdk
from bot.teams.turn.turn import Turn

TurnError = Callable[[TurnContext, Exception], Awaitable[None]]
Note = Callable[[str], None]

_TURN = "usagebot.turn"


class ConnectorContext(TurnContext):
    """The context of a turn, and its `MessageSender`.

    If no middleware handles sent activities, `send_activities` skips botbuilder's version: that copies each activity
    deeply and leaves closures to the garbage collector, which takes a quarter of a turn. If `private`, only the person
    who asked sees what is sent.
    """

    private = False

    async def send(self, activity: OutgoingActivity) -> str | None:
        """Post `activity` as a reply to the turn's activity.

        Return its id. Raises DeliveryError.
        """
        sent = await self.send_activity(to_sdk(activity))
        return sent.id if sent is not None else None

    async def replace(self, activity_id: str, activity: OutgoingActivity) -> None:
        """Put `activity` in the place of an earlier one. Raises DeliveryError."""
        replacement = to_sdk(activity)
        replacement.id = activity_id
        await self.update_activity(replacement)

    async def remove(self, activity_id: str) -> None:
        """Delete an earlier activity of the bot. Raises DeliveryError."""
        await self.delete_activity(activity_id)

    def attach(self, turn: Turn) -> None:
        """Make `turn` the turn of this context."""
        self.turn_state[_TURN] = turn

    def detach(self) -> None:
        """Remove the turn from this context.

        Turn and context refer to each other; leaving that to the garbage collector takes a tenth of a turn.
        """
        self.turn_state.pop(_TURN, None)

    async def send_activities(self, activities: list[Activity]) -> list[ResourceResponse]:
        """Address `activities` as replies and send them.

        They are changed, so the caller must not use them again.
        """
        if self._on_send_activities:
            sent: list[ResourceResponse] = await super().send_activities(activities)
            return sent
        reference = TurnContext.get_conversation_reference(self.activity)
        for activity in activities:
            TurnContext.apply_conversation_reference(activity, reference)
        sent = await self.adapter.send_activities(self, activities)
        self.responded = True
        return sent


def turn_of(context: TurnContext) -> Turn:
    """Return the turn that was attached to `context`."""
    turn: Turn = context.turn_state[_TURN]
    return turn


def _is_private(context: TurnContext) -> bool:
    """Return True if only the person who asked sees what is sent."""
    return isinstance(context, ConnectorContext) and context.private


class ConnectorAdapter(BotAdapter):
    """Sends the activities of a turn.

    Unlike CloudAdapter it creates no credentials and clients per turn.

    `note` is called with the id of each conversation in which something was posted.
    """

    def __init__(self, connectors: ConnectorClients, on_turn_error: TurnError, note: Note | None = None) -> None:
        super().__init__(on_turn_error)
        self._connectors = connectors
        self._note = note

    def open(self, asked: IncomingActivity, locale: str) -> ConnectorContext:
        """Return the context of a reply to `asked`, now or later: an `OpenSender`.

        What is asked in private is answered in private.
        """
        context = ConnectorContext(self, inbound(asked, locale))
        context.private = asked.is_private
        return context

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        """Post `activities`. Raises DeliveryError.

        An invoke response is not posted: it is stored in the context for the HTTP response.
        """
        sent = []
        for activity in activities:
            if activity.type == ActivityTypes.invoke_response:
                context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
                sent.append(ResourceResponse())
                continue
            answer = from_sdk(activity)
            if _is_private(context):
                answer = answer.as_private
            resource_id = await post_reply(self._connectors.at(activity.service_url), answer)
            if self._note is not None:
                self._note(root_id(activity.conversation.id))
            sent.append(ResourceResponse(id=resource_id))
        return sent

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Replace the activity with this id. Raises DeliveryError."""
        connector = self._connectors.at(activity.service_url)
        private = _is_private(context)
        changed = msgspec.structs.replace(from_sdk(activity), recipient=None) if private else from_sdk(activity)
        await connector.update(activity.conversation.id, activity.id, changed.encode(), private=private)
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Delete an activity. Raises DeliveryError."""
        connector = self._connectors.at(reference.service_url)
        await connector.delete(reference.conversation.id, reference.activity_id, private=_is_private(context))

    def invoke_response(self, context: TurnContext) -> InvokeResponse | None:
        """Return the handler's response to an invoke; None if there is none."""
        kept: Any = context.turn_state.get(self._INVOKE_RESPONSE_KEY)
        return kept.value if kept is not None else None
