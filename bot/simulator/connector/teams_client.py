"""A Teams client that sends a person's messages and button presses to the bot."""

import uuid
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from bot.outgoing.http_session import open_session
from bot.simulator.connector import inbound_activity as inbound
from bot.simulator.connector.activity_checks import FILE_CONSENT
from bot.simulator.connector.connector_server import SimulatedConnector
from bot.simulator.connector.delivery.patience import AGAIN_SECONDS, PRESS_SECONDS, Sleep, answer_within, forever
from bot.simulator.connector.invokes import invoke_shapes as invokes
from bot.simulator.connector.teams_people import ADA, Person, SimulatedConversation, personal
from bot.simulator.connector.transcript import Posted

HAVE_NUMBERS = frozenset({"message", "messageUpdate", "messageDelete", "messageReaction", "typing"})
"""The types of activities whose id is the number of a message; the ids of others begin with `f:`."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The bot's answer to an activity.

    `status` is its HTTP status, 0 if it did not answer in time; `body` the JSON that answers an invoke (None: no body).
    """

    status: int
    body: Any
    activity: dict[str, Any]

    @property
    def error_shown(self) -> bool:
        """Return True if Teams shows an error to the person who pressed a button."""
        return self.activity.get("name") == "adaptiveCard/action" and not 200 <= self.status < 300

    @property
    def card(self) -> dict[str, Any] | None:
        """Return the card that answers an invoke; None if there is none."""
        if isinstance(self.body, dict) and self.body.get("type") == "application/vnd.microsoft.card.adaptive":
            value = self.body.get("value")
            return value if isinstance(value, dict) else None
        return None


class TeamsClient:
    """Sends activities to the bot at `endpoint`, as the connector does.

    `endpoint` is like "http://127.0.0.1:3978/api/messages". Channel tokens are sent unless the connector is anonymous.
    `sleep` waits for the seconds that Teams waits for an answer: `asyncio.sleep`, or one that a test ends. Without it
    the client waits for every answer, so that a slow machine changes nothing.
    """

    def __init__(
        self, connector: SimulatedConnector, endpoint: str, *, limit: float = 30, sleep: Sleep = forever
    ) -> None:
        self.connector = connector
        self.endpoint = endpoint
        self._sleep = sleep
        # No limit of connections: Teams does not queue one person's message behind another's.
        self._session = open_session(seconds=limit)

    async def close(self) -> None:
        """Close the connections to the bot."""
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def say(
        self, text: str, *, conversation: SimulatedConversation | None = None, from_: Person = ADA
    ) -> Delivered:
        """Send `text`; in a group chat or channel with a mention of the bot.

        Default: the person's 1:1 chat.
        """
        conversation = conversation or personal(from_)
        return await self.post(inbound.as_message(self.new("message", conversation, from_), text, conversation))

    async def slash(self, text: str, *, conversation: SimulatedConversation, from_: Person = ADA) -> Delivered:
        """Send a slash command, which no other member sees."""
        return await self.post(inbound.as_slash_command(self.new("message", conversation, from_), text))

    async def exchange(
        self,
        card: dict[str, Any],
        token: str,
        *,
        conversation: SimulatedConversation | None = None,
        from_: Person = ADA,
    ) -> Delivered:
        """Send the person's token for a sign-in card, without a press."""
        base = self.new("invoke", conversation or personal(from_), from_)
        return await self.post(invokes.as_exchange(base, card, token))

    async def sign_in_failed(
        self, code: str, *, conversation: SimulatedConversation | None = None, from_: Person = ADA
    ) -> Delivered:
        """Report that the client could not sign the person in."""
        base = self.new("invoke", conversation or personal(from_), from_)
        return await self.post(invokes.as_failure(base, code))

    async def verify_state(
        self,
        state: str,
        card_id: str,
        *,
        conversation: SimulatedConversation | None = None,
        from_: Person = ADA,
    ) -> Delivered:
        """Pass on what the page of a sign-in card said when it closed."""
        base = self.new("invoke", conversation or personal(from_), from_)
        return await self.post(invokes.as_verify_state(base, state, card_id))

    async def look_up(
        self,
        text: str,
        dataset: str,
        *,
        inputs: dict[str, Any] | None = None,
        conversation: SimulatedConversation | None = None,
        from_: Person = ADA,
    ) -> Delivered:
        """Type `text` in a box of a card that looks choices up."""
        base = self.new("invoke", conversation or personal(from_), from_)
        return await self.post(invokes.as_typing(base, text, dataset, inputs))

    async def extend(
        self, name: str, value: object, *, conversation: SimulatedConversation | None = None, from_: Person = ADA
    ) -> Delivered:
        """Use the message extension; `name` is "query", "fetchTask" and so on."""
        base = self.new("invoke", conversation or personal(from_), from_)
        return await self.post(invokes.as_extension(base, name, value))

    async def edit(self, said: Delivered, text: str, *, conversation: SimulatedConversation | None = None) -> Delivered:
        """Edit the message that `say` delivered."""
        conversation, from_ = conversation or personal(ADA), ADA
        edited = inbound.as_message(said.activity, text, conversation)
        return await self.post(inbound.as_change(edited, self.new("messageUpdate", conversation, from_), "editMessage"))

    async def delete(self, said: Delivered, *, conversation: SimulatedConversation | None = None) -> Delivered:
        """Delete the message that `say` delivered; the connector refuses replies to it."""
        conversation = conversation or personal(ADA)
        self.connector.state.deleted_by_person(conversation.id, said.activity["id"])
        base = self.new("messageDelete", conversation, ADA)
        return await self.post(inbound.as_change(said.activity, base, "softDeleteMessage"))

    async def undelete(self, said: Delivered, *, conversation: SimulatedConversation | None = None) -> Delivered:
        """Undo `delete`."""
        conversation = conversation or personal(ADA)
        self.connector.state.undeleted_by_person(conversation.id, said.activity["id"])
        base = self.new("messageUpdate", conversation, ADA)
        return await self.post(inbound.as_change(said.activity, base, "undeleteMessage"))

    async def press(
        self,
        data: object,
        *,
        reply_to: str | None = None,
        conversation: SimulatedConversation | None = None,
        from_: Person = ADA,
        verb: str = "",
    ) -> Delivered:
        """Press a button on the card of message `reply_to`.

        Its Action.Execute has this `data`. Raises ValueError if the person does not see that message.
        """
        conversation = conversation or personal(from_)
        if reply_to is not None and self.connector.state.messages.hides(reply_to, from_.id):
            raise ValueError(f"{from_.name} does not see this message")
        return await self.post(invokes.as_press(self.new("invoke", conversation, from_), data, reply_to, verb))

    async def consent(
        self, asked: Posted, *, accept: bool = True, from_: Person = ADA, **upload_info: object
    ) -> Delivered:
        """Answer the card of `asked`, which asks whether a file may be saved.

        `upload_info` replaces fields of what Teams says about the upload session that it has opened.
        """
        card = next(each for each in asked.activity["attachments"] if each["contentType"] == FILE_CONSENT)
        base = self.new("invoke", personal(from_), from_)
        url = self.connector.upload_url(card["name"])
        return await self.post(invokes.as_file_consent(base, card, url, asked.id, accept=accept, info=upload_info))

    async def install(self, *, conversation: SimulatedConversation | None = None, from_: Person = ADA) -> Delivered:
        """Add the app, and return the bot's answer to conversationUpdate.

        Teams sends installationUpdate first, then conversationUpdate.
        """
        conversation = conversation or personal(from_)
        self.connector.state.join(conversation)
        await self.post(inbound.as_installation(self.new("installationUpdate", conversation, from_), "add"))
        return await self.post(
            inbound.as_members_added(self.new("conversationUpdate", conversation, from_), conversation)
        )

    async def uninstall(self, *, conversation: SimulatedConversation | None = None, from_: Person = ADA) -> Delivered:
        """Remove the app; from now on the bot may not post to this conversation."""
        conversation = conversation or personal(from_)
        self.connector.state.leave(conversation)
        return await self.post(inbound.as_installation(self.new("installationUpdate", conversation, from_), "remove"))

    async def leave(
        self, person: Person, conversation: SimulatedConversation, *, team: bool = False, quietly: bool = False
    ) -> Delivered | None:
        """Remove a person from a conversation; with `team`, from the team of this channel.

        Return the bot's answer to the event. `quietly`: the event is lost.
        """
        place = (conversation.team_id or "") if team else conversation.id
        self.connector.state.remove_member(person, place)
        if quietly:
            return None
        event = "teamMemberRemoved" if team else "channelMemberRemoved" if conversation.scope == "channel" else ""
        base = self.new("conversationUpdate", conversation, person)
        if conversation.scope == "channel":
            data = base["channelData"] if team else {**base["channelData"], "channel": {"id": conversation.id}}
            base |= {"conversation": {**base["conversation"], "id": place}, "channelData": data}
        return await self.post(inbound.as_members_removed(base, [person], event))

    def new(self, kind: str, conversation: SimulatedConversation, from_: Person) -> dict[str, Any]:
        """Return an activity of this type with the fields that Teams adds to each."""
        return inbound.activity(
            kind,
            activity_id=self.connector.state.new_id() if kind in HAVE_NUMBERS else f"f:{uuid.uuid4()}",
            conversation=conversation,
            from_=from_,
            bot_id=self.connector.bot_id,
            service_url=self.connector.service_url_in(conversation.tenant_id),
        )

    def _token_for(self, activity: dict[str, Any]) -> str:
        """Return a channel token for the service URL of `activity`, if it is one of the connector."""
        named = activity.get("serviceUrl")
        ours = isinstance(named, str) and named.startswith(f"{self.connector.url}/")
        return self.connector.channel_token(service_url=named if ours else None)

    async def post(self, activity: dict[str, Any], *, token: str | None = None) -> Delivered:
        """Deliver `activity` unchanged, with `token` or the channel's own.

        Without an answer it is sent once more, except a press.
        """
        bearer = token if token is not None or self.connector.anonymous else self._token_for(activity)
        headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
        if activity.get("type") == "invoke":
            pressed = await answer_within(PRESS_SECONDS, self._send(activity, headers), self._sleep)
            return pressed or Delivered(0, None, activity)
        for _ in range(2):
            answered = await answer_within(AGAIN_SECONDS, self._send(activity, headers), self._sleep)
            if answered is not None:
                return answered
        return Delivered(0, None, activity)

    async def _send(self, activity: dict[str, Any], headers: dict[str, str]) -> Delivered:
        async with self._session.post(self.endpoint, json=activity, headers=headers) as response:
            is_json = response.content_type == "application/json" and response.status != 204
            body = await response.json() if is_json else (await response.text() or None)
            return Delivered(response.status, body, activity)
