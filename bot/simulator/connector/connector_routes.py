"""The REST API of the simulated Bot Connector, under the path of a service URL.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.simulator.connector.activity_checks import check_activity, read_object
from bot.simulator.connector.blocked_conversations import Blockage, Condition, refusal
from bot.simulator.connector.connector_keys import Keys
from bot.simulator.connector.connector_refusal import ConnectorRefusedError
from bot.simulator.connector.connector_state import ConnectorState
from bot.simulator.connector.conversations.any_case import any_case, known_names
from bot.simulator.connector.conversations.targeted_sends import check_replacement, is_targeted, reader_of
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.simulator.connector.roster_routes import RosterRoutes
from bot.simulator.connector.teams_people import SimulatedConversation

PREFIX = "/amer"
"""Service URLs have a path, which a client must keep: `https://smba.trafficmanager.net/amer/<tenant id>/`."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ConnectorRoutes:
    """The conversations API of one bot.

    With `keys` None any caller is accepted, as in the Playground.
    """

    def __init__(self, state: ConnectorState, app_id: str, keys: Keys | None) -> None:
        self._state = state
        self._app_id = app_id
        self._keys = keys

    def routes(self) -> list[web.RouteDef]:
        """Return the routes for an application's router."""
        roster = RosterRoutes(self._state)
        every = [
            (web.post, "", self.create),
            (web.post, "/{id}/activities", self.send),
            (web.post, "/{id}/activities/{activity}", self.send),
            (web.put, "/{id}/activities/{activity}", self.update),
            (web.delete, "/{id}/activities/{activity}", self.delete),
            (web.put, "/{id}/activities/{activity}/reactions/{reaction}", self.react),
            (web.delete, "/{id}/activities/{activity}/reactions/{reaction}", self.react),
        ]
        read = [
            (web.get, "", roster.conversations),
            (web.get, "/{id}/members", roster.members),
            (web.get, "/{id}/pagedmembers", roster.paged_members),
            (web.get, "/{id}/members/{member}", roster.member),
            (web.delete, "/{id}/members/{member}", roster.remove_member),
            (web.get, "/{id}/activities/{activity}/members", roster.members),
        ]
        teams = [(web.get, "/{id}", roster.team), (web.get, "/{id}/conversations", roster.channels)]
        faults = self._state.roster_faults
        under = [
            *(("conversations", *each, self._state.faults) for each in every),
            *(("conversations", *each, faults) for each in read),
            *(("teams", *each, faults) for each in teams),
        ]
        return [
            route(any_case(f"{PREFIX}/{{tenant}}/v3/{place}{path}"), self._guarded(handler, ordered))
            for place, route, path, handler, ordered in under
        ]

    def _guarded(self, handler: Handler, faults: deque[OrderedFailure]) -> Handler:
        async def guard(request: web.Request) -> web.StreamResponse:
            self._count(request)
            fault = faults.popleft() if faults else None
            if fault and fault.delay:
                await self._state.sleep(fault.delay)
            try:
                if self._keys is not None:
                    self._keys.check_app_token(request.headers.get("Authorization"), self._app_id)
                if fault and not fault.after_taking:
                    _fail(request, fault)
                response = await handler(request)
                if fault:
                    _fail(request, fault)
            except ConnectorRefusedError as refused:
                return web.json_response(refused.body(), status=refused.status, headers=refused.headers)
            return response

        return guard

    def _count(self, request: web.Request) -> None:
        self._state.requests += 1
        peer = request.transport and request.transport.get_extra_info("peername")
        if peer:
            self._state.connections.add((str(peer[0]), int(peer[1])))

    async def send(self, request: web.Request) -> web.Response:
        """Answer 201 `{"id"}`, or 202 if one person is to see it.

        A reply may name any activity id except that of a message that a person has deleted: bots make one up for
        proactive messages.
        """
        if self._state.swallows(request.match_info["id"]):
            return web.json_response({"id": self._state.new_id()})
        conversation, reply_to = self._conversation(request), request.match_info.get("activity")
        condition = self._state.condition(conversation.id)
        activity = await self._activity(request)
        reader = reader_of(activity, conversation) if is_targeted(request.query) else None
        if reader is not None:
            self._state.check_targeted(conversation.id)
        await self._admit(conversation, condition, reply_to)
        new_id = await self._state.send(conversation.id, activity, reply_to, reader=reader)
        if condition is not None and condition.trouble is Blockage.LOST_ANSWER:
            _fail(request, OrderedFailure(0))
        return web.json_response({"id": new_id}, status=201 if reader is None else 202)

    async def _admit(
        self, conversation: SimulatedConversation, condition: Condition | None, activity_id: str | None
    ) -> None:
        """Raise ConnectorRefusedError if the conversation accepts no message, or not so many."""
        await self._hinder(condition, activity_id)
        if self._state.limits is not None:
            base = conversation.id.partition(";messageid=")[0]
            self._state.limits.admit(base, conversation.tenant_id)

    async def _hinder(self, condition: Condition | None, activity_id: str | None) -> None:
        if condition is None:
            return
        if condition.trouble is Blockage.SLOW:
            await self._state.sleep(condition.seconds)
        if (refused := refusal(condition, activity_id)) is not None:
            raise refused

    async def update(self, request: web.Request) -> web.Response:
        """Answer 200 `{"id"}`."""
        conversation, activity_id = self._conversation(request), request.match_info["activity"]
        activity = await self._activity(request)
        targeted = is_targeted(request.query)
        if targeted:
            check_replacement(activity)
        await self._hinder(self._state.condition(conversation.id), activity_id)
        await self._state.update(conversation.id, activity_id, activity, targeted=targeted)
        return web.json_response({"id": activity_id})

    async def delete(self, request: web.Request) -> web.Response:
        """Answer 200 without a body."""
        targeted = is_targeted(request.query)
        await self._state.delete(self._conversation(request).id, request.match_info["activity"], targeted=targeted)
        return web.Response()

    async def react(self, request: web.Request) -> web.Response:
        """Answer 200 to a reaction of the bot that is added (PUT) or taken away (DELETE)."""
        named = request.match_info
        await self._state.react(
            self._conversation(request).id, named["activity"], named["reaction"], added=request.method == "PUT"
        )
        return web.Response()

    async def create(self, request: web.Request) -> web.Response:
        """Answer 201 with the id of a 1:1 chat or of a new thread in a channel.

        A bot cannot create group chats.
        """
        asked = known_names(read_object(await request.read()))
        tenant_id = asked.get("tenantId") or _at(asked, "channelData", "tenant", "id")
        if not asked.get("isGroup"):
            members = asked.get("members")
            if not isinstance(members, list) or len(members) != 1 or not isinstance(members[0], dict):
                raise ConnectorRefusedError(400, "BadSyntax", "A 1:1 conversation has exactly one member.")
            conversation = self._state.open_personal(str(members[0].get("id")), str(tenant_id))
            return web.json_response({"id": conversation.id}, status=201)
        channel_id, activity = _at(asked, "channelData", "channel", "id"), asked.get("activity")
        if not isinstance(channel_id, str) or not isinstance(activity, dict):
            raise ConnectorRefusedError(400, "BadSyntax", "Bots cannot create group conversations.")
        check_activity(activity, self._state.bot_id)
        parent = self._state.conversation(channel_id)
        activity_id = self._state.new_id()
        thread = parent.thread(activity_id)
        await self._state.send(thread.id, activity, activity_id=activity_id)
        return web.json_response({"id": thread.id, "activityId": activity_id}, status=201)

    def _conversation(self, request: web.Request) -> SimulatedConversation:
        return self._state.conversation(request.match_info["id"])

    async def _activity(self, request: web.Request) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise ConnectorRefusedError(415, "UnsupportedMediaType", "The body must be application/json.")
        activity: dict[str, Any] = known_names(read_object(await request.read()))
        check_activity(activity, self._state.bot_id)
        return activity


def _fail(request: web.Request, fault: OrderedFailure) -> None:
    """Answer as `fault` says; return if it only delays."""
    if fault.status == 0 and request.transport is not None:
        request.transport.close()
    if fault.status is not None:
        raise fault.refusal()


def _at(value: object, *names: str) -> object:
    """Return the value under `names`; None if a name is missing."""
    for name in names:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value
