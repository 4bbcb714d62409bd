"""A Teams client in front of the bot: sends what a person types and presses to the bot's endpoint. Knows aiohttp."""

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.simulator.connector import inbound_activity as inbound
from bot.simulator.connector.connector_server import SimulatedConnector
from bot.simulator.connector.teams_people import ADA, Person, SimulatedConversation, personal


@dataclass(frozen=True, slots=True)
class Delivered:
    """How the bot took an activity: its HTTP status, and the JSON it answered an invoke with (None: no body)."""

    status: int
    body: Any
    activity: dict[str, Any]

    @property
    def card(self) -> dict[str, Any] | None:
        """The card an invoke was answered with."""
        if isinstance(self.body, dict) and self.body.get("type") == "application/vnd.microsoft.card.adaptive":
            value = self.body.get("value")
            return value if isinstance(value, dict) else None
        return None


class TeamsClient:
    """Talks to the bot at `endpoint` ("http://127.0.0.1:3978/api/messages") as the connector would.

    Channel tokens go along unless the connector is anonymous.
    """

    def __init__(self, connector: SimulatedConnector, endpoint: str, *, limit: float = 30) -> None:
        self.connector = connector
        self.endpoint = endpoint
        # As many side by side as are posted: Teams does not queue one person's message behind another's.
        pool = aiohttp.TCPConnector(limit=0)
        self._session = aiohttp.ClientSession(connector=pool, timeout=aiohttp.ClientTimeout(total=limit))

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
        """Type `text`; in a group chat or channel with a mention of the bot. Default: the person's 1:1 chat."""
        conversation = conversation or personal(from_)
        return await self.post(inbound.as_message(self.new("message", conversation, from_), text, conversation))

    async def press(
        self,
        data: object,
        *,
        reply_to: str | None = None,
        conversation: SimulatedConversation | None = None,
        from_: Person = ADA,
        verb: str = "",
    ) -> Delivered:
        """Press a button whose Action.Execute has this `data`, on the card of the message `reply_to`."""
        conversation = conversation or personal(from_)
        return await self.post(inbound.as_press(self.new("invoke", conversation, from_), data, reply_to, verb))

    async def install(self, *, conversation: SimulatedConversation | None = None, from_: Person = ADA) -> Delivered:
        """Add the app, as Teams tells it: installationUpdate first, then conversationUpdate; the latter's outcome."""
        conversation = conversation or personal(from_)
        self.connector.state.join(conversation)
        await self.post(inbound.as_installation(self.new("installationUpdate", conversation, from_), "add"))
        return await self.post(
            inbound.as_members_added(self.new("conversationUpdate", conversation, from_), conversation)
        )

    async def uninstall(self, *, conversation: SimulatedConversation | None = None, from_: Person = ADA) -> Delivered:
        """Remove the app; the bot may not post there any more."""
        conversation = conversation or personal(from_)
        self.connector.state.leave(conversation)
        return await self.post(inbound.as_installation(self.new("installationUpdate", conversation, from_), "remove"))

    def new(self, kind: str, conversation: SimulatedConversation, from_: Person) -> dict[str, Any]:
        """An activity of this type with everything Teams puts into each."""
        return inbound.activity(
            kind,
            activity_id=self.connector.state.new_id(),
            conversation=conversation,
            from_=from_,
            bot_id=self.connector.bot_id,
            service_url=self.connector.service_url,
        )

    async def post(self, activity: dict[str, Any], *, token: str | None = None) -> Delivered:
        """Deliver `activity` as it stands, with `token` or the channel's own."""
        bearer = token if token is not None or self.connector.anonymous else self.connector.channel_token()
        headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
        async with self._session.post(self.endpoint, json=activity, headers=headers) as response:
            is_json = response.content_type == "application/json" and response.status != 204
            body = await response.json() if is_json else (await response.text() or None)
            return Delivered(response.status, body, activity)
