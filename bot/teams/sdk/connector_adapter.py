"""botbuilder's adapter on our connector client. Whatever a turn sends goes out through here."""

from collections.abc import Awaitable, Callable
from typing import Any

from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, InvokeResponse, ResourceResponse

from bot.teams.activity.conversation_of import root_id
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.activity.outgoing_activity import OutgoingActivity
from bot.teams.connector.connector_client import ConnectorClients
from bot.teams.sdk.activity_codec import from_sdk, inbound, to_sdk
from bot.teams.turn.turn import Turn

TurnError = Callable[[TurnContext, Exception], Awaitable[None]]
Note = Callable[[str], None]

_TURN = "usagebot.turn"


class ConnectorContext(TurnContext):
    """The context of a turn, and its `MessageSender`.

    Without middleware that looks at what is sent it takes a short way: the original copies each activity deeply and
    leaves its closures to the garbage collector, a quarter of a turn.
    """

    async def send(self, activity: OutgoingActivity) -> str | None:
        """Post `activity` as a reply to the turn's activity. Return its id. Raises DeliveryError."""
        sent = await self.send_activity(to_sdk(activity))
        return sent.id if sent is not None else None

    async def replace(self, activity_id: str, activity: OutgoingActivity) -> None:
        """Put `activity` in the place of an earlier one. Raises DeliveryError."""
        replacement = to_sdk(activity)
        replacement.id = activity_id
        await self.update_activity(replacement)

    def attach(self, turn: Turn) -> None:
        """Make `turn` the turn of this context."""
        self.turn_state[_TURN] = turn

    def detach(self) -> None:
        """Forget the turn: the two hold each other, and waiting for the garbage collector costs a tenth of a turn."""
        self.turn_state.pop(_TURN, None)

    async def send_activities(self, activities: list[Activity]) -> list[ResourceResponse]:
        """Address `activities` as replies and send them; they are not used by anybody else afterwards."""
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


class ConnectorAdapter(BotAdapter):
    """Delivers a turn's activities. Unlike CloudAdapter it makes no credentials and no clients per turn.

    `note` is told each conversation that something was posted in.
    """

    def __init__(self, connectors: ConnectorClients, on_turn_error: TurnError, note: Note | None = None) -> None:
        super().__init__(on_turn_error)
        self._connectors = connectors
        self._note = note

    def open(self, asked: IncomingActivity, locale: str) -> ConnectorContext:
        """Return the context of a reply to `asked`, now or long after it came: an `OpenSender`."""
        return ConnectorContext(self, inbound(asked, locale))

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        """Post `activities`; an invoke response is kept for the HTTP answer instead. Raises DeliveryError."""
        sent = []
        for activity in activities:
            if activity.type == ActivityTypes.invoke_response:
                context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
                sent.append(ResourceResponse())
                continue
            connector, wire = self._connectors.at(activity.service_url), from_sdk(activity).encode()
            resource_id = await connector.send(activity.conversation.id, wire, activity.reply_to_id)
            if self._note is not None:
                self._note(root_id(activity.conversation.id))
            sent.append(ResourceResponse(id=resource_id))
        return sent

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:  # noqa: ARG002
        """Replace the activity with this id. Raises DeliveryError."""
        connector = self._connectors.at(activity.service_url)
        await connector.update(activity.conversation.id, activity.id, from_sdk(activity).encode())
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:  # noqa: ARG002
        """Take an activity away. Raises DeliveryError."""
        await self._connectors.at(reference.service_url).delete(reference.conversation.id, reference.activity_id)

    def invoke_response(self, context: TurnContext) -> InvokeResponse | None:
        """What the handler answered an invoke with."""
        kept: Any = context.turn_state.get(self._INVOKE_RESPONSE_KEY)
        return kept.value if kept is not None else None
