"""Who is in a conversation, and which conversations and teams there are.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from aiohttp import web

from bot.simulator.connector.connector_refusal import ConnectorRefusedError
from bot.simulator.connector.connector_state import ConnectorState
from bot.simulator.connector.teams_people import SimulatedConversation


class RosterRoutes:
    """What a bot reads; no activity is sent."""

    def __init__(self, state: ConnectorState) -> None:
        self._state = state

    async def conversations(self, _request: web.Request) -> web.Response:
        """Answer 200 with the conversations of the bot and their members."""
        every = [{"id": each.id, "members": each.roster()} for each in self._state.joined()]
        return web.json_response({"conversations": every})

    async def members(self, request: web.Request) -> web.Response:
        """Answer 200 with the roster, without the bot; that of an activity is the same."""
        return web.json_response(self._conversation(request).roster())

    async def paged_members(self, request: web.Request) -> web.Response:
        """Answer 200 with a page of the roster, and a token for the next page.

        The last page has no token. A page has 50 to 500 members, whatever is asked for, and 200 if nothing is.
        """
        roster = self._conversation(request).roster()
        query = {name.casefold(): value for name, value in request.query.items()}
        asked, token = query.get("pagesize", "200"), query.get("continuationtoken", "0")
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
        conversation = self._conversation(request)
        person = conversation.member(request.match_info["member"])
        return web.json_response(person.member(owner=person in conversation.owners))

    async def remove_member(self, request: web.Request) -> web.Response:
        """Answer 200 when a person is no member any more, or 404."""
        conversation = self._conversation(request)
        self._state.remove_member(conversation.member(request.match_info["member"]), conversation.id)
        return web.Response()

    async def team(self, request: web.Request) -> web.Response:
        """Answer 200 with id, name and Entra group of a team."""
        return web.json_response(self._state.conversation(request.match_info["id"]).team())

    async def channels(self, request: web.Request) -> web.Response:
        """Answer 200 with the channels of a team; the first one has no name."""
        team_id = self._state.conversation(request.match_info["id"]).team_id
        named = [{"id": each.id, "name": each.name} for each in self._state.joined() if each.team_id == team_id]
        return web.json_response({"conversations": [{"id": team_id, "name": None}, *named]})

    def _conversation(self, request: web.Request) -> SimulatedConversation:
        return self._state.conversation(request.match_info["id"])
