"""One GET request with its attempts.

The only module of the package that uses HTTP. `protocol` decides what to send, what an answer means and whether to
repeat the request.
"""

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, Protocol, TypeVar
from uuid import uuid4

import aiohttp
import stamina
from yarl import URL

from bot.domain.report_kind import ReportKind
from bot.errors import (
    AccessDeniedError,
    BadAnswerError,
    ClaimsChallengeError,
    MfaRequiredError,
    NotSignedInError,
    PartnerCenterError,
    ServiceDownError,
    TokenRefusedError,
)
from bot.partner_center.client_limits import ClientLimits
from bot.partner_center.protocol.claims_challenge import answer_headers
from bot.partner_center.protocol.customer_page import CONTINUATION, CustomerPage, decode_customers
from bot.partner_center.protocol.error_response import (
    ErrorResponse,
    correlation_of,
    failure,
    refused_again,
    says_no_data,
    second_factor_of,
)
from bot.partner_center.protocol.report_page import ReportPage, decode_common_page, decode_odd_page
from bot.partner_center.protocol.request_headers import CorrelationIds, headers
from bot.partner_center.protocol.retry_rules import retry_after, same_request, wait
from bot.partner_center.request_token import RequestToken

# Bytes read from the body of an error.
FAULT_BYTES = 64 * 1024
# A page has megabytes; larger reads from the socket mean fewer of them.
READ_BYTES = 1024 * 1024


class DecodedPage(Protocol):
    """What a body is decoded to."""

    @property
    def doubtful(self) -> bool:
        """Return True if it is worth asking again."""


Decoded = TypeVar("Decoded", bound=DecodedPage)
Decode = Callable[[bytearray, str | None], Awaitable[Decoded]]  # (body, charset) -> what it means
Pace = Callable[[], Awaitable[None]]


class ReportRequests:
    """Requests pages on behalf of one caller until a deadline.

    The deadline is a time of the event loop's clock, in seconds. `pace` is awaited before each attempt.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        access: RequestToken,
        limits: ClientLimits,
        deadline: float,
        pace: Pace | None = None,
    ) -> None:
        self._session = session
        self._access = access
        self._limits = limits
        self._deadline = deadline
        self._pace = pace
        self.correlation_id: str | None = None  # of the latest call
        self.second_factor: bool | None = None  # from the latest answer: MFA claim in the token; None if not stated

    async def page(self, url: URL, report: ReportKind = ReportKind.USAGE) -> ReportPage:
        """Return the page of a report at `url`.

        Raises PartnerCenterError, each with the correlation id, and NotSignedInError.
        """
        return await self._fetched(_Call(url, partial(_decoded_page, report=report), ReportPage([], no_data=True)))

    async def customers(self, url: URL, continuation: str | None = None) -> CustomerPage:
        """Return a page of the customers' list.

        `continuation` is the token of the page before. Raises like `page`.
        """
        also = {CONTINUATION: continuation} if continuation else {}
        return await self._fetched(_Call(url, _decoded_customers, None, also))

    async def decoded(self, url: URL, decode: Decode[Decoded]) -> Decoded:
        """Return what `decode` makes of the body at `url`. Raises like `page`."""
        return await self._fetched(_Call(url, decode))

    async def _fetched(self, call: "_Call[Decoded]") -> Decoded:
        self.correlation_id = call.correlation_id
        async for attempt in stamina.retry_context(
            on=lambda error: self._again(call, error),
            attempts=self._limits.attempts,
            timeout=None,  # the deadline covers the whole question
            wait_initial=self._limits.first_pause,
            wait_max=self._limits.longest_pause,
            wait_jitter=self._limits.jitter,
        ):
            with attempt:
                page = await self._ask(call)
                # It may be right, and it may have been damaged in transit: the second answer is taken as it is.
                return await self._ask(call) if page.doubtful else page
        raise AssertionError("attempts end in a page or an error")

    def _again(self, call: "_Call[Any]", error: Exception) -> float | bool:
        if not isinstance(error, PartnerCenterError):
            return False
        call.failed += 1
        if not same_request(error):
            call.renew()
        return wait(error, call.failed, self._deadline - asyncio.get_running_loop().time())

    async def _ask(self, call: "_Call[Decoded]") -> Decoded:
        try:
            return await self._with_token(call)
        except (MfaRequiredError, ClaimsChallengeError) as error:
            claims = error.claims if isinstance(error, ClaimsChallengeError) else None
            if await self._access.was_asked_for(claims):
                raise refused_again(error) from error
            raise

    async def _with_token(self, call: "_Call[Decoded]") -> Decoded:
        token = await self._access.token()
        try:
            return await self._get(call, token)
        except (TokenRefusedError, MfaRequiredError, ClaimsChallengeError, AccessDeniedError) as error:
            renewable = error.status == 401 and not isinstance(error, ClaimsChallengeError)
            # What a renewed token would lack as well, that of a sign-in on another replica may have.
            fresh = await self._renewed(token, error) if renewable else await self._access.newer(token)
            if fresh is None:
                raise
        call.renew()
        return await self._get(call, fresh)

    async def _renewed(self, refused: str, error: PartnerCenterError) -> str | None:
        """Return another token than the refused one; None if there is no other.

        If a second factor is missing, the sign-in has to be for it: a sign-in for anything else would bring the same.
        Raises NotSignedInError.
        """
        try:
            return await self._access.renewed(refused)
        except NotSignedInError:
            if isinstance(error, MfaRequiredError):
                raise error from None
            raise

    async def _get(self, call: "_Call[Decoded]", token: str) -> Decoded:
        if self._pace is not None:
            await self._pace()
        try:
            async with self._session.get(
                call.url,
                headers=headers(token, call.ids, self._access.locale) | call.also,
                allow_redirects=False,  # the token is only for this host
                timeout=aiohttp.ClientTimeout(total=self._limits.attempt),
                read_bufsize=READ_BYTES,
            ) as response:
                head = answer_headers(response.headers.items())
                self.second_factor = second_factor_of(head)
                whole = response.status == 200
                body = await _read(response, self._limits.page_bytes if whole else FAULT_BYTES)
        except (aiohttp.ClientError, OSError, zlib.error) as error:  # OSError includes TimeoutError
            problem = f"no answer from {call.url.host}: {type(error).__name__}"
            raise ServiceDownError(problem, correlation_id=call.correlation_id) from error
        answer = ErrorResponse(response.status, head, bytes(body[:FAULT_BYTES]))
        if whole:
            return await self._page(call, body, answer, response.charset)
        if call.empty is not None and says_no_data(answer):
            return call.empty
        pause = retry_after(answer.headers, answer.body, datetime.now(UTC))
        raise failure(answer, sent=call.correlation_id, secret=token, retry_after=pause)

    async def _page(
        self, call: "_Call[Decoded]", body: bytearray, answer: ErrorResponse, charset: str | None
    ) -> Decoded:
        self.correlation_id = correlation_of(answer.headers, call.correlation_id)
        if len(body) > self._limits.page_bytes:
            problem = f"a page has more than {self._limits.page_bytes} bytes"
            raise BadAnswerError(problem, status=answer.status, correlation_id=self.correlation_id)
        try:
            return await call.decode(body, charset)
        except BadAnswerError as error:
            error.status, error.correlation_id = answer.status, self.correlation_id
            raise


class _Call(Generic[Decoded]):
    """The state of one page request across its attempts.

    `empty` is the page that "there is no usage data" means, None if it means nothing. `also` are headers of its own.
    """

    def __init__(
        self,
        url: URL,
        decode: Decode[Decoded],
        empty: Decoded | None = None,
        also: Mapping[str, str] | None = None,
    ) -> None:
        self.url = url
        self.decode = decode
        self.empty = empty
        self.also = dict(also or {})
        self.correlation_id = str(uuid4())
        self.failed = 0
        self.renew()

    def renew(self) -> None:
        """Create a new request id.

        After an answer, the next attempt is another request to the service.
        """
        self.ids = CorrelationIds(request=str(uuid4()), correlation=self.correlation_id)


async def _read(response: aiohttp.ClientResponse, most: int) -> bytearray:
    """Return the body, decompressed. Reading stops soon after `most` bytes."""
    body = bytearray()
    async for portion in response.content.iter_any():
        body += portion
        if len(body) > most:
            break
    return body


async def _decoded_page(body: bytearray, charset: str | None, report: ReportKind) -> ReportPage:
    """Decode a page.

    An odd one is read row by row, in a thread: on the event loop it would block all other callers.
    """
    page = decode_common_page(body, report)
    return await asyncio.to_thread(decode_odd_page, body, charset, report) if page is None else page


async def _decoded_customers(body: bytearray, _charset: str | None) -> CustomerPage:
    return decode_customers(body)
