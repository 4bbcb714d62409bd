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
from bot.simulator.connector.rate_limits import OrderedFailure
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
        here = f"{PREFIX}/{{tenant}}/v3/conversations"
        return [
            web.post(here, self._guarded(self.create)),
            web.post(f"{here}/{{id}}/activities", self._guarded(self.send)),
            web.post(f"{here}/{{id}}/activities/{{activity}}", self._guarded(self.send)),
            web.put(f"{here}/{{id}}/activities/{{activity}}", self._guarded(self.update)),
            web.delete(f"{here}/{{id}}/activities/{{activity}}", self._guarded(self.delete)),
            web.get(f"{here}/{{id}}/members", self._guarded(self.members, self._state.roster_faults)),
            web.get(f"{here}/{{id}}/pagedmembers", self._guarded(self.paged_members, self._state.roster_faults)),
            web.get(f"{here}/{{id}}/members/{{member}}", self._guarded(self.member, self._state.roster_faults)),
        ]

    def _guarded(self, handler: Handler, ordered: deque[OrderedFailure] | None = None) -> Handler:
        faults = self._state.faults if ordered is None else ordered

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
        """Answer 201 `{"id"}`.

        A reply may name any activity id except that of a message that a person has deleted: bots make one up for
        proactive messages.
        """
        conversation, reply_to = self._conversation(request), request.match_info.get("activity")
        condition = self._state.condition(conversation.id)
        activity = await self._activity(request)
        await self._admit(conversation, condition, reply_to)
        new_id = await self._state.send(conversation.id, activity, reply_to)
        if condition is not None and condition.trouble is Blockage.LOST_ANSWER:
            _fail(request, OrderedFailure(0))
        return web.json_response({"id": new_id}, status=201)

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
        await self._hinder(self._state.condition(conversation.id), activity_id)
        await self._state.update(conversation.id, activity_id, activity)
        return web.json_response({"id": activity_id})

    async def delete(self, request: web.Request) -> web.Response:
        """Answer 200 without a body."""
        await self._state.delete(self._conversation(request).id, request.match_info["activity"])
        return web.Response()

    async def create(self, request: web.Request) -> web.Response:
        """Answer 201 with the id of a 1:1 chat or of a new thread in a channel.

        A bot cannot create group chats.
        """
        asked = read_object(await request.read())
        tenant_id = asked.get("tenantId") or _at(asked, "channelData", "tenant", "id")
        if not asked.get("isGroup"):
            members = asked.get("members")
            if not isinstance(members, list) or len(members) != 1 or not isinstance(members[0], dict):
                raise ConnectorRefusedError(400, "BadSyntax", "A 1:1 conversation has exactly one member.")
            conversation = self._state.open_personal(str(members[0].get("id")), str(tenant_id))
            return web.json_response({"id": conversation.id, "serviceUrl": _service_url(request)}, status=201)
        channel_id, activity = _at(asked, "channelData", "channel", "id"), asked.get("activity")
        if not isinstance(channel_id, str) or not isinstance(activity, dict):
            raise ConnectorRefusedError(400, "BadSyntax", "Bots cannot create group conversations.")
        check_activity(activity, self._state.bot_id)
        parent = self._state.conversation(channel_id)
        thread = parent.thread(self._state.new_id())
        activity_id = await self._state.send(thread.id, activity)
        found = {"id": thread.id, "activityId": activity_id, "serviceUrl": _service_url(request)}
        return web.json_response(found, status=201)

    async def members(self, request: web.Request) -> web.Response:
        """Answer 200 with the roster, without the bot."""
        return web.json_response(self._conversation(request).roster())

    async def paged_members(self, request: web.Request) -> web.Response:
        """Answer 200 with a page of the roster, and a token for the next page.

        The last page has no token. A page has 50 to 500 members, whatever is asked for, and 200 if nothing is.
        """
        roster = self._conversation(request).roster()
        asked, token = request.query.get("pageSize", "200"), request.query.get("continuationToken", "0")
        if not asked.isdecimal() or not token.isdecimal():
            raise ConnectorRefusedError(400, "BadArgument", "The page size or the continuation token is not valid.")
        start = int(token)
        end = start + min(max(int(asked), 50), 500)
        more = {"continuationToken": str(end)} if end < len(roster) else {}
        return web.json_response({"members": roster[start:end], **more})

    async def member(self, request: web.Request) -> web.Response:
        """Answer 200 with one member, or 404 MemberNotFoundInConversation.

        A member is found by channel account id or Entra object id.
        """
        wanted = request.match_info["member"]
        for member in self._conversation(request).roster():
            if wanted in (member["id"], member["objectId"]):
                return web.json_response(member)
        raise ConnectorRefusedError(404, "MemberNotFoundInConversation", "Member not found.")

    def _conversation(self, request: web.Request) -> SimulatedConversation:
        return self._state.conversation(request.match_info["id"])

    async def _activity(self, request: web.Request) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise ConnectorRefusedError(415, "UnsupportedMediaType", "The body must be application/json.")
        activity = read_object(await request.read())
        check_activity(activity, self._state.bot_id)
        return activity


def _fail(request: web.Request, fault: OrderedFailure) -> None:
    """Answer as `fault` says; return if it only delays."""
    if fault.status == 0 and request.transport is not None:
        request.transport.close()
    if fault.status is not None:
        raise fault.refusal()


def _service_url(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}{PREFIX}/"


def _at(value: object, *names: str) -> object:
    """Return the value under `names`; None if a name is missing."""
    for name in names:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value
