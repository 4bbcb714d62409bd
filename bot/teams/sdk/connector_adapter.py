"""botbuilder's adapter over our connector. What goes out goes out through here."""

from collections.abc import Awaitable, Callable
from typing import Any

from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, InvokeResponse, ResourceResponse

from bot.teams.activity.conversation_of import root_id
from bot.teams.connector.connector_client import ConnectorClients
from bot.teams.sdk.activity_codec import outbound

TurnError = Callable[[TurnContext, Exception], Awaitable[None]]
Note = Callable[[str], None]


class ConnectorContext(TurnContext):
    """A turn's context that sends without ceremony where no middleware wants to see what is sent.

    The original copies each activity deeply and leaves its closures to the garbage collector: a quarter of a turn.
    """

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


class ConnectorAdapter(BotAdapter):
    """Delivers a turn's activities. Unlike CloudAdapter it makes no credentials and no clients per turn.

    `note` is told each conversation that something was posted in.
    """

    def __init__(self, connectors: ConnectorClients, on_turn_error: TurnError, note: Note | None = None) -> None:
        super().__init__(on_turn_error)
        self._connectors = connectors
        self._note = note

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        """Post `activities`; an invoke response is kept for the HTTP answer instead. Raises DeliveryError."""
        sent = []
        for activity in activities:
            if activity.type == ActivityTypes.invoke_response:
                context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
                sent.append(ResourceResponse())
                continue
            connector = self._connectors.at(activity.service_url)
            resource_id = await connector.send(activity.conversation.id, outbound(activity), activity.reply_to_id)
            if self._note is not None:
                self._note(root_id(activity.conversation.id))
            sent.append(ResourceResponse(id=resource_id))
        return sent

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:  # noqa: ARG002
        """Replace the activity with this id. Raises DeliveryError."""
        connector = self._connectors.at(activity.service_url)
        await connector.update(activity.conversation.id, activity.id, outbound(activity))
        return ResourceResponse(id=activity.id)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:  # noqa: ARG002
        """Take an activity away. Raises DeliveryError."""
        await self._connectors.at(reference.service_url).delete(reference.conversation.id, reference.activity_id)

    def invoke_response(self, context: TurnContext) -> InvokeResponse | None:
        """What the handler answered an invoke with."""
        kept: Any = context.turn_state.get(self._INVOKE_RESPONSE_KEY)
        return kept.value if kept is not None else None
