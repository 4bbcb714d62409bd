"""Calls on behalf of one caller, within a deadline."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp

from bot.domain.conversation import Caller
from bot.errors import DeadlineError, PartnerCenterError
from bot.partner_center.client_limits import ClientLimits
from bot.partner_center.report_request import Pace, ReportRequests
from bot.partner_center.request_token import RequestToken
from bot.partner_center.token_source import TokenSource

Result = TypeVar("Result")


class CallerCalls:
    """Runs work that calls Partner Center as the person who asks."""

    def __init__(self, session: aiohttp.ClientSession, tokens: TokenSource, limits: ClientLimits) -> None:
        self._session = session
        self._tokens = tokens
        self._limits = limits

    async def run(
        self,
        caller: Caller,
        work: Callable[[ReportRequests], Awaitable[Result]],
        limits: ClientLimits | None = None,
        pace: Pace | None = None,
    ) -> Result:
        """Run `work` within the deadline of `limits`.

        `pace` is awaited before each attempt. Raises DeadlineError and what `work` raises; each PartnerCenterError has
        the correlation id of the latest call.
        """
        limits = limits or self._limits
        deadline = asyncio.get_running_loop().time() + limits.deadline
        calls = ReportRequests(self._session, RequestToken(self._tokens, caller), limits, deadline, pace)
        try:
            async with asyncio.timeout_at(deadline):
                return await work(calls)
        except TimeoutError:
            problem = f"no complete answer within {limits.deadline:g} seconds"
            raise DeadlineError(problem, correlation_id=calls.correlation_id) from None
        except PartnerCenterError as error:
            error.correlation_id = error.correlation_id or calls.correlation_id
            raise
