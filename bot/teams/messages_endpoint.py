"""The endpoint POST /api/messages. Depends on aiohttp.

Every request, whatever it contains, is answered with a status from 200 to 415 or with 501 or 503.
`CloudAdapter.process` answers 500 to expired tokens, unknown keys, malformed JSON, missing headers and every invoke
with a body, and Teams repeats a request that was answered with 500.
"""

from collections.abc import Callable

import msgspec
import structlog
from aiohttp import web

from bot.incoming.request_body import RequestBodyError, check_plain, is_utf8, media_type, request_body
from bot.teams.activity.http_reply import Reply
from bot.teams.activity.incoming_activity import IncomingActivity, decode
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.auth.admission import admit
from bot.teams.auth.channel_authentication import ChannelAuthenticator, check_peer
from bot.teams.auth.channel_token import ChannelClaims
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.sdk.turn_runner import TurnRunner

log = structlog.get_logger(__name__)


class MessagesEndpoint:
    """Checks a request and starts its turn.

    `tokens` may be None only with `settings.anonymous`, in the demo. `odd_field` counts the fields that `decode` calls
    it with.
    """

    def __init__(
        self,
        settings: TeamsSettings,
        tokens: ChannelAuthenticator | None,
        turns: TurnRunner,
        odd_field: Callable[[str], None] | None = None,
    ) -> None:
        self._settings = settings
        self._tokens = tokens
        self._turns = turns
        self._odd_field = odd_field

    async def handle(self, request: web.Request) -> web.Response:
        """Answer the request of one activity."""
        try:
            reply = await self._taken(request)
        except RequestBodyError as error:
            return self._refused(request, RequestRefusedError(error.status, str(error)))
        except RequestRefusedError as error:
            return self._refused(request, error)
        if reply.body is None:
            return web.Response(status=reply.status)
        return web.Response(status=reply.status, body=reply.body, content_type="application/json")

    async def _taken(self, request: web.Request) -> Reply:
        longest = self._settings.limits.body_bytes
        _check_kind(request, longest)
        claims = await self._authenticate(request)
        activity = self._localised(decode(await request_body(request, longest), self._odd_field))
        admit(activity, claims, self._settings)
        return await self._turns.take(activity)

    def _refused(self, request: web.Request, error: RequestRefusedError) -> web.Response:
        log.warning("request_refused", status=error.status, reason=error.reason, peer=request.remote)
        return _refusal(error)

    async def _authenticate(self, request: web.Request) -> ChannelClaims | None:
        if self._tokens is not None:
            return await self._tokens.claims(request.headers.getall("Authorization", []))
        forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
        check_peer(request.remote, request.host, forwarded=forwarded)
        return None

    def _localised(self, activity: IncomingActivity) -> IncomingActivity:
        locale = self._settings.locale
        return msgspec.structs.replace(activity, locale=locale) if locale else activity


def _check_kind(request: web.Request, longest: int) -> None:
    if media_type(request) != "application/json":
        raise RequestRefusedError(415, "the content type is not application/json")
    if not is_utf8(request):
        raise RequestRefusedError(415, "the character set is not UTF-8")
    check_plain(request, longest)


def _refusal(error: RequestRefusedError) -> web.Response:
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "5"}}.get(error.status)
    body = {"error": {"code": str(error.status), "message": error.reason}}
    return web.json_response(body, status=error.status, headers=headers)
