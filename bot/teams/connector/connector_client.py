"""The Bot Connector's REST calls, without botbuilder.

All share one HTTP session and one token; there is one client per service URL. botbuilder creates credentials, requests
a token and opens a TCP connection for every turn; here a turn makes one request.
https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

import aiohttp
import msgspec
import stamina
from cachetools import LRUCache
from yarl import URL

from bot.errors import DeliveryError, NoTokenError, NotSentError
from bot.identity.entra.app_credentials import AppTokenError, AppTokens
from bot.teams.connector.connector_error import error_code

SCOPE = "https://api.botframework.com/.default"
SERVICE_URLS = 64
LONGEST_ANSWER = 8_192
LONGEST_ROSTER = 1_048_576
ROSTER_PAGE = 500
# A message that one member of a conversation sees.
# https://learn.microsoft.com/en-us/microsoftteams/platform/agents-in-teams/targeted-messages
PRIVATE = "?isTargetedActivity=true"

# The statuses after which Teams asks for a retry, and no others: after a 500 or a lost response the message may have
# been posted.
# https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis
AGAIN = frozenset({412, 429, 502, 503, 504})
# Repeating these has no further effect: a card that is put in its place twice is there once.
REPEATABLE = frozenset({"PUT", "DELETE", "GET"})

# A context that is entered for each single request, retries included; entering it may wait for the rate limit.
Guard = Callable[[], AbstractAsyncContextManager[object]]


@dataclass(frozen=True, slots=True)
class Retries:
    """The retries of a request; times in seconds.

    There are at most `attempts`, with waits between `first_wait` and `longest_wait`. `all_seconds` limits all attempts
    together, `seconds` one attempt.
    """

    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 8.0
    all_seconds: float = 30.0
    seconds: float = 15.0


@dataclass(frozen=True, slots=True)
class _Request:
    """A request. No more than `longest` bytes of its answer are read."""

    method: str
    url: URL
    body: bytes | None
    longest: int


class _Resource(msgspec.Struct):
    id: str | None = None


class ConnectorClients:
    """The clients by service URL.

    The least recently used are dropped. `tokens` is None in the demo.
    """

    def __init__(
        self, session: aiohttp.ClientSession, tokens: AppTokens | None, retries: Retries | None = None
    ) -> None:
        self._session = session
        self._tokens = tokens
        self._retries = retries or Retries()
        self._connectors: LRUCache[str, ConnectorClient] = LRUCache(SERVICE_URLS)

    def at(self, service_url: str) -> "ConnectorClient":
        """Return the client for `service_url`, which must be an allowed one."""
        connector = self._connectors.get(service_url)
        if connector is None:
            connector = ConnectorClient(self._session, service_url, self._tokens, self._retries)
            self._connectors[service_url] = connector
        return connector


class ConnectorClient:
    """Posts to the conversations of one service URL.

    Every method raises DeliveryError.
    """

    def __init__(
        self, session: aiohttp.ClientSession, service_url: str, tokens: AppTokens | None, retries: Retries
    ) -> None:
        self._session = session
        self._base = f"{service_url.rstrip('/')}/v3/conversations/"
        self._tokens = tokens
        self._retries = retries
        # A request that waits for a free connection has sent nothing, so it times out earlier than the whole request,
        # and with another error: NotSentError.
        self._timeout = aiohttp.ClientTimeout(
            total=retries.seconds, connect=retries.seconds * 2 / 3, sock_connect=retries.seconds / 3
        )

    async def open_personal(
        self, person_id: str, bot_id: str, tenant_id: str, guard: Guard = nullcontext
    ) -> str | None:
        """Open the 1:1 chat of the bot with a person and return its id.

        None if the connector did not report it.

        Teams refuses this if the app is not installed for the person.
        https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
        """
        wanted = {
            "isGroup": False,
            "bot": {"id": bot_id},
            "members": [{"id": person_id}],
            "tenantId": tenant_id,
            "channelData": {"tenant": {"id": tenant_id}},
        }
        return _resource_id(await self._request("POST", "", msgspec.json.encode(wanted), guard))

    async def send(
        self,
        conversation_id: str,
        activity: bytes,
        reply_to: str | None = None,
        guard: Guard = nullcontext,
        *,
        private: bool = False,
    ) -> str | None:
        """Post the JSON `activity` and return its id.

        None if the connector did not report it.

        With `reply_to`, the id of an activity, it is posted as a reply to that one. If `private`, only the recipient in
        `activity` sees it.
        """
        path = f"{quote(conversation_id, safe='')}/activities"
        path = f"{path}/{quote(reply_to, safe='')}" if reply_to else path
        return _resource_id(await self._request("POST", path + (PRIVATE if private else ""), activity, guard))

    async def update(self, conversation_id: str, activity_id: str, activity: bytes, *, private: bool = False) -> None:
        """Put the JSON `activity` in the place of an earlier one.

        If that one is `private`, `activity` has no recipient.
        """
        path = f"{quote(conversation_id, safe='')}/activities/{quote(activity_id, safe='')}"
        await self._request("PUT", path + (PRIVATE if private else ""), activity)

    async def delete(self, conversation_id: str, activity_id: str, *, private: bool = False) -> None:
        """Delete an activity."""
        path = f"{quote(conversation_id, safe='')}/activities/{quote(activity_id, safe='')}"
        await self._request("DELETE", path + (PRIVATE if private else ""))

    async def member(self, conversation_id: str, member_id: str) -> bytes:
        """Return the JSON of one member of a chat or team.

        https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#get-conversation-member
        """
        return await self._request("GET", f"{quote(conversation_id, safe='')}/members/{quote(member_id, safe='')}")

    async def members(self, conversation_id: str, token: str = "") -> bytes:
        """Return the JSON of a page of the members; `token` is that of the page before.

        https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context#fetch-the-roster-or-user-profile
        """
        path = f"{quote(conversation_id, safe='')}/pagedmembers?pageSize={ROSTER_PAGE}"
        path = f"{path}&continuationToken={quote(token, safe='')}" if token else path
        return await self._request("GET", path, longest=LONGEST_ROSTER)

    async def _request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        guard: Guard = nullcontext,
        longest: int = LONGEST_ANSWER,
    ) -> bytes:
        """Send a request, with retries, and return the body of the response, at most `longest` bytes."""
        request = _Request(method, URL((self._base + path).removesuffix("/"), encoded=True), body, longest)
        try:
            return await self._authorized(request, guard)
        except DeliveryError as error:
            if not self._pause(method, error):
                raise
            first = error
        policy = self._retries
        async for attempt in stamina.retry_context(
            on=partial(self._pause, method),
            attempts=policy.attempts,
            timeout=policy.all_seconds,
            wait_initial=policy.first_wait,
            wait_max=policy.longest_wait,
            wait_jitter=policy.first_wait,
        ):
            with attempt:
                if attempt.num == 1:  # was made above, so that a request without an error does not pay for stamina
                    raise first
                return await self._authorized(request, guard)
        raise first

    def _pause(self, method: str, error: Exception) -> bool | float:
        """Return whether to retry, or the seconds that the connector asks to wait before a retry."""
        if not isinstance(error, DeliveryError) or isinstance(error, NoTokenError):
            return False
        unknown = error.status is None or error.status == 500
        if not (error.status in AGAIN or isinstance(error, NotSentError) or (unknown and method in REPEATABLE)):
            return False
        wait = error.retry_after
        if wait is None:
            return True
        return float(wait) if wait <= self._retries.longest_wait else False

    async def _authorized(self, request: _Request, guard: Guard) -> bytes:
        token = await self._bearer()
        try:
            async with guard():
                return await self._once(request, token)
        except DeliveryError as error:
            if error.status != 401 or token is None:
                raise
            first = error
        refused, token = token, await self._bearer(refused=token)
        if token == refused:
            raise first
        async with guard():
            return await self._once(request, token)

    async def _bearer(self, refused: str | None = None) -> str | None:
        if self._tokens is None:
            return None
        try:
            return await self._tokens.token(SCOPE, refused=refused)
        except AppTokenError as error:
            raise NoTokenError(None, str(error)) from None

    async def _once(self, request: _Request, token: str | None) -> bytes:
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with self._session.request(
                request.method,
                request.url,
                data=request.body,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                answer = await _read(response, request.longest)
                if not 200 <= response.status < 300:
                    code = error_code(answer)
                    raise DeliveryError(response.status, code or "refused", _retry_after(response), code)
                return answer
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(None, f"no connection: {type(error).__name__}") from None
        except TimeoutError:
            raise DeliveryError(None, "no answer in time") from None
        except aiohttp.ClientError as error:
            raise DeliveryError(None, f"no answer: {type(error).__name__}") from None


def _resource_id(answer: bytes) -> str | None:
    try:
        return msgspec.json.decode(answer, type=_Resource).id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None  # the message was posted; only its id is lost


async def _read(response: aiohttp.ClientResponse, longest: int) -> bytes:
    """Return the body, cut off after `longest` bytes.

    A body that breaks off is not an error: the status has arrived, and it is the result of the request.
    """
    body = bytearray()
    try:
        while len(body) < longest and (more := await response.content.read(longest - len(body))):
            body += more
    except (aiohttp.ClientError, TimeoutError):
        pass
    return bytes(body)


def _retry_after(response: aiohttp.ClientResponse) -> float | None:
    """Return the seconds in Retry-After; None for a date, which Teams does not send."""
    text = response.headers.get("Retry-After", "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
