"""The endpoint POST /api/messages. Depends on aiohttp.

Every request, whatever it contains, is answered with a status from 200 to 415 or with 501 or 503.
`CloudAdapter.process` answers 500 to expired tokens, unknown keys, malformed JSON, missing headers and every invoke
with a body, and Teams repeats a request that was answered with 500.
"""

import asyncio
from collections.abc import Callable

import msgspec
import structlog
from aiohttp import web

from bot.teams.activity.incoming_activity import IncomingActivity, decode
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.auth.admission import admit
from bot.teams.auth.channel_authentication import ChannelAuthenticator, check_peer
from bot.teams.auth.channel_token import ChannelClaims
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.sdk.turn_runner import TurnRunner

log = structlog.get_logger(__name__)

READ_SECONDS = 10.0


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
            _check_kind(request)
            self._check_length(request)
            claims = await self._authenticate(request)
            activity = self._localised(decode(await self._read(request), self._odd_field))
            admit(activity, claims, self._settings)
            reply = await self._turns.take(activity)
        except RequestRefusedError as error:
            log.warning("request_refused", status=error.status, reason=error.reason, peer=request.remote)
            return _refusal(error)
        if reply.body is None:
            return web.Response(status=reply.status)
        return web.Response(status=reply.status, body=reply.body, content_type="application/json")

    async def _authenticate(self, request: web.Request) -> ChannelClaims | None:
        if self._tokens is not None:
            return await self._tokens.claims(request.headers.getall("Authorization", []))
        forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
        check_peer(request.remote, request.host, forwarded=forwarded)
        return None

    def _localised(self, activity: IncomingActivity) -> IncomingActivity:
        locale = self._settings.locale
        return msgspec.structs.replace(activity, locale=locale) if locale else activity

    def _check_length(self, request: web.Request) -> None:
        if (request.content_length or 0) > self._settings.limits.body_bytes:
            raise RequestRefusedError(413, "the body is too large")

    async def _read(self, request: web.Request) -> bytes:
        if request.content.is_eof() and request.content.exception() is None:  # usually the body has arrived already
            whole = request.content.read_nowait()
            if len(whole) > self._settings.limits.body_bytes:
                raise RequestRefusedError(413, "the body is too large")
            return whole
        body = bytearray()
        try:
            async with asyncio.timeout(READ_SECONDS):
                async for chunk in request.content.iter_any():
                    body += chunk
                    if len(body) > self._settings.limits.body_bytes:
                        raise RequestRefusedError(413, "the body is too large")
        except TimeoutError:
            raise RequestRefusedError(408, "the body does not come to an end") from None
        except (web.RequestPayloadError, ConnectionError):
            raise RequestRefusedError(400, "the body breaks off") from None
        return bytes(body)


def _check_kind(request: web.Request) -> None:
    try:
        kind = request.content_type
    except IndexError:  # Python's parser of headers fails on some, such as ";4*"
        kind = ""
    if kind != "application/json":
        raise RequestRefusedError(415, "the content type is not application/json")
    if (request.charset or "utf-8").lower().replace("-", "") != "utf8":
        raise RequestRefusedError(415, "the character set is not UTF-8")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise RequestRefusedError(415, "the body is compressed")


def _refusal(error: RequestRefusedError) -> web.Response:
    headers = {401: {"WWW-Authenticate": "Bearer"}, 503: {"Retry-After": "5"}}.get(error.status)
    body = {"error": {"code": str(error.status), "message": error.reason}}
    return web.json_response(body, status=error.status, headers=headers)
