"""The endpoint `/mcp`: a message a request, a JSON object an answer.

Depends on aiohttp. There are no sessions and no streams of events, so `GET` and `DELETE` are refused, as the protocol
allows.
"""

from collections import Counter

import structlog
from aiohttp import web

from bot.domain.conversation import Caller
from bot.errors import EntraDownError, UsageBotError
from bot.identity.sign_in.bearer_sign_in import BearerSignIn
from bot.identity.sso.sso_token import SsoClaims, SsoTokenError
from bot.incoming.request_body import RequestBodyError, check_plain, is_utf8, media_type, request_body
from bot.mcp.http_rules import accepts_json, check_version, is_own_host, is_own_origin, status_of
from bot.mcp.json_rpc import Malformed, McpError, Request, error_message, read_message, written
from bot.mcp.mcp_server import McpServer
from bot.mcp.protected_resource import ENDPOINT, METADATA, WELL_KNOWN, ProtectedResource
from bot.mcp.tool_calls import Asker
from bot.programs.program_answers import ProgramAnswers
from cards.wording.accepted_language import accepted_locale

log = structlog.get_logger(__name__)

LONGEST_BODY = 262_144  # bytes
MOST_OF_ONE = 4  # requests of one person at the same time
MOST = 64  # requests of all


class ProgramRefusedError(UsageBotError):
    """A request is refused before it is read: `status`, and its headers."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class McpEndpoint:
    """Answers each person with the token that their program sends."""

    def __init__(
        self, server: McpServer, resource: ProtectedResource, bearers: BearerSignIn, answers: ProgramAnswers
    ) -> None:
        self._server = server
        self._resource = resource
        self._bearers = bearers
        self._answers = answers
        self._running: Counter[tuple[str, str]] = Counter()

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request, whatever it contains."""
        try:
            self._check_source(request)
            token, claims = await self._authenticated(request)
            _check_kind(request)
            body = await request_body(request, LONGEST_BODY)
            self._make_room(claims)
        except (ProgramRefusedError, RequestBodyError) as error:
            log.warning("mcp_refused", status=error.status, reason=str(error), peer=request.remote)
            return web.json_response({"error": str(error)}, status=error.status, headers=_headers(error))
        person = claims.tenant_id, claims.object_id
        self._running[person] += 1
        try:
            return await self._answered(request, body, token, claims)
        finally:
            self._running[person] -= 1
            if not self._running[person]:
                del self._running[person]

    def metadata(self) -> web.Response:
        """Return where a program gets a token."""
        return web.json_response(self._resource.metadata())

    async def _answered(self, request: web.Request, body: bytes, token: str, claims: SsoClaims) -> web.Response:
        message = read_message(body)
        if not isinstance(message, Request | Malformed):
            return web.Response(status=202)

        async def asking() -> Asker:
            await self._bearers.accept(claims, token)
            locale = accepted_locale(request.headers.get("Accept-Language", ""))
            return Asker(self._answers, Caller(claims.tenant_id, claims.object_id, claims.name, locale))

        if isinstance(message, Malformed):
            return _json(await self._server.answer(message, asking), 400)
        try:
            check_version(request.headers, message)
        except McpError as error:
            return _json(error_message(message.id, error.code, str(error), error.data), 400)
        answer = await self._server.answer(message, asking)
        return _json(answer, status_of(message, answer))

    def _check_source(self, request: web.Request) -> None:
        origins = request.headers.getall("Origin", [])
        if len(origins) > 1 or not is_own_origin(next(iter(origins), None), self._resource.public_url):
            raise ProgramRefusedError(403, "a page of another site sent the request")
        if not is_own_host(request.headers.get("Host", ""), self._resource.public_url):
            raise ProgramRefusedError(421, "the request is for another host")

    async def _authenticated(self, request: web.Request) -> tuple[str, SsoClaims]:
        """Return the token of the request and whose it is."""
        found = request.headers.getall("Authorization", [])
        scheme, _, token = found[0].partition(" ") if len(found) == 1 else ("", "", "")
        if scheme.lower() != "bearer" or not token:
            challenge = self._resource.challenge(invalid=False)
            raise ProgramRefusedError(401, "the request has no bearer token", WWW_Authenticate=challenge)
        try:
            return token, await self._bearers.person(token)
        except SsoTokenError as error:
            challenge = self._resource.challenge(invalid=True)
            raise ProgramRefusedError(401, error.reason.value, WWW_Authenticate=challenge) from None
        except EntraDownError:
            raise ProgramRefusedError(503, "Entra's signing keys cannot be fetched", Retry_After="5") from None

    def _make_room(self, claims: SsoClaims) -> None:
        if self._running[claims.tenant_id, claims.object_id] >= MOST_OF_ONE:
            raise ProgramRefusedError(429, "other requests of this person are running", Retry_After="1")
        if self._running.total() >= MOST:
            raise ProgramRefusedError(503, "too many requests are running", Retry_After="5")


def _headers(error: ProgramRefusedError | RequestBodyError) -> dict[str, str]:
    return error.headers if isinstance(error, ProgramRefusedError) else {}


def _check_kind(request: web.Request) -> None:
    if media_type(request) != "application/json" or not is_utf8(request):
        raise ProgramRefusedError(415, "the body is not JSON in UTF-8")
    if not accepts_json(request.headers.get("Accept", "")):
        raise ProgramRefusedError(406, "the answer is JSON, which the request does not accept")
    check_plain(request, LONGEST_BODY)


def _json(message: dict[str, object], status: int) -> web.Response:
    return web.Response(body=written(message), status=status, content_type="application/json")


def program_routes(key: "web.AppKey[McpEndpoint]") -> list[web.RouteDef]:
    """Return the routes of the endpoint that an application has under `key`.

    Other methods are refused.
    """

    async def answer(request: web.Request) -> web.StreamResponse:
        return await request.app[key].handle(request)

    async def metadata(request: web.Request) -> web.StreamResponse:
        return request.app[key].metadata()

    return [
        web.post(ENDPOINT, answer),
        *(web.get(path, metadata, allow_head=False) for path in (METADATA, WELL_KNOWN)),
    ]
