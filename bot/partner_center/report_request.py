"""One GET, with its attempts: the only module that touches HTTP.

What to send, what an answer means and whether to ask again is decided in `protocol`.
"""

import asyncio
import zlib
from datetime import UTC, datetime
from uuid import uuid4

import aiohttp
import stamina
from yarl import URL

from bot.errors import (
    AppOnlyRefusedError,
    BadAnswerError,
    MfaRequiredError,
    PartnerCenterError,
    ServiceDownError,
    TokenRefusedError,
)
from bot.partner_center.client_limits import ClientLimits
from bot.partner_center.protocol.error_response import (
    ErrorResponse,
    correlation_of,
    failure,
    says_no_data,
    second_factor_of,
)
from bot.partner_center.protocol.report_page import ReportPage, decode_page
from bot.partner_center.protocol.request_headers import CorrelationIds, headers
from bot.partner_center.protocol.retry_rules import retry_after, same_request, wait
from bot.partner_center.request_token import RequestToken

# Of an error's body as much as is worth reading.
FAULT_BYTES = 64 * 1024
# A page has megabytes: fewer, larger portions from the socket.
READ_BYTES = 1024 * 1024


class ReportRequests:
    """Asks for pages as one person, until a deadline (a moment of the event loop's clock)."""

    def __init__(
        self, session: aiohttp.ClientSession, access: RequestToken, limits: ClientLimits, deadline: float
    ) -> None:
        self._session = session
        self._access = access
        self._limits = limits
        self._deadline = deadline
        self.correlation_id: str | None = None  # of the latest call
        self.second_factor: bool | None = None  # what the latest answer said of the token; None: nothing

    async def page(self, url: URL) -> ReportPage:
        """The page at `url`. Raises PartnerCenterError, each with the correlation id, and NotSignedInError."""
        call = _Call(url)
        self.correlation_id = call.correlation_id
        async for attempt in stamina.retry_context(
            on=lambda error: self._again(call, error),
            attempts=self._limits.attempts,
            timeout=None,  # the deadline is the whole question's
            wait_initial=self._limits.first_pause,
            wait_max=self._limits.longest_pause,
            wait_jitter=self._limits.jitter,
        ):
            with attempt:
                return await self._ask(call)
        raise AssertionError("attempts end in a page or an error")

    def _again(self, call: "_Call", error: Exception) -> float | bool:
        if not isinstance(error, PartnerCenterError):
            return False
        call.failed += 1
        if not same_request(error):
            call.renew()
        return wait(error, call.failed, self._deadline - asyncio.get_running_loop().time())

    async def _ask(self, call: "_Call") -> ReportPage:
        token = await self._access.token()
        try:
            return await self._get(call, token)
        except (TokenRefusedError, MfaRequiredError, AppOnlyRefusedError) as error:
            fresh = await self._access.renewed(token) if error.status == 401 else None
            if fresh is None:
                raise
        call.renew()
        return await self._get(call, fresh)

    async def _get(self, call: "_Call", token: str) -> ReportPage:
        try:
            async with self._session.get(
                call.url,
                headers=headers(token, call.ids, self._access.locale),
                allow_redirects=False,  # the token is for this host and no other
                timeout=aiohttp.ClientTimeout(total=self._limits.attempt),
                read_bufsize=READ_BYTES,
            ) as response:
                head = {name.lower(): value for name, value in response.headers.items()}
                self.second_factor = second_factor_of(head)
                whole = response.status == 200
                body = await _read(response, self._limits.page_bytes if whole else FAULT_BYTES)
        except (aiohttp.ClientError, OSError, zlib.error) as error:  # OSError has TimeoutError in it
            problem = f"no answer from {call.url.host}: {type(error).__name__}"
            raise ServiceDownError(problem, correlation_id=call.correlation_id) from error
        answer = ErrorResponse(response.status, head, bytes(body[:FAULT_BYTES]))
        if whole:
            return self._page(call, body, answer)
        if says_no_data(answer):
            return ReportPage([])
        pause = retry_after(answer.headers, answer.body, datetime.now(UTC))
        raise failure(answer, sent=call.correlation_id, secret=token, retry_after=pause)

    def _page(self, call: "_Call", body: bytearray, answer: ErrorResponse) -> ReportPage:
        self.correlation_id = correlation_of(answer.headers, call.correlation_id)
        if len(body) > self._limits.page_bytes:
            problem = f"a page has more than {self._limits.page_bytes} bytes"
            raise BadAnswerError(problem, status=answer.status, correlation_id=self.correlation_id)
        try:
            return decode_page(body)
        except BadAnswerError as error:
            error.status, error.correlation_id = answer.status, self.correlation_id
            raise


class _Call:
    """What stays the same over the attempts at one page, and what changes."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.correlation_id = str(uuid4())
        self.failed = 0
        self.renew()

    def renew(self) -> None:
        """After an answer the next attempt is another request to the service."""
        self.ids = CorrelationIds(request=str(uuid4()), correlation=self.correlation_id)


async def _read(response: aiohttp.ClientResponse, most: int) -> bytearray:
    """The body, unpacked; of one that is longer than `most` bytes only a little more than these."""
    body = bytearray()
    async for portion in response.content.iter_any():
        body += portion
        if len(body) > most:
            break
    return body
