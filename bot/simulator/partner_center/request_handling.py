"""Handle one request of the simulated service, from the headers to the answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.simulator.access_tokens import TokenClaims
from bot.simulator.partner_center.bearer_check import Verify, admit, has_mfa
from bot.simulator.partner_center.faults.damaged_bodies import damaged
from bot.simulator.partner_center.faults.fault_responses import answer_in_place
from bot.simulator.partner_center.faults.fault_types import (
    Challenge,
    Fail,
    Fault,
    Faults,
    Refuse,
    RequireMfa,
    Reset,
    Slow,
    Throttle,
)
from bot.simulator.partner_center.faults.faulty_delivery import JSON, Sleep, deliver, reset
from bot.simulator.partner_center.request_journal import Asking, Journal
from bot.simulator.partner_center.simulated_reports import Reports
from bot.simulator.partner_center.wire.service_headers import answer_headers, check_headers, refusal_headers
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError, invalid
from bot.simulator.partner_center.world.response_bodies import error_body

Answer = Callable[[web.Request, Reports], bytes]


@dataclass(frozen=True, slots=True)
class RequestHandling:
    """The parts that the handlers share.

    `reports` has the partners' reports by tenant id (lower case); those of any other tenant are under "". `sleep` waits
    for the seconds of a delay.
    """

    reports: Mapping[str, Reports]
    faults: Faults
    journal: Journal
    verify: Verify
    sleep: Sleep

    def handler(
        self, answer: Answer, *, app_only: bool = False
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Return a handler that does what every call has in common.

        `answer` returns a body or raises ServiceRefusedError. `app_only`: a token without a user is accepted too.
        """

        async def handle(request: web.Request) -> web.StreamResponse:
            self.note(request)
            return await self._handle(request, answer, app_only=app_only)

        return handle

    def note(self, request: web.Request) -> None:
        """Add the request to the journal."""
        peer = request.transport.get_extra_info("peername") if request.transport else None
        self.journal.add(
            Asking(
                request.method,
                request.path,
                tuple(request.rel_url.query.items()),
                dict(request.headers),
                peer[1] if peer else 0,
            )
        )

    async def _handle(self, request: web.Request, answer: Answer, *, app_only: bool) -> web.StreamResponse:
        headers = answer_headers(request.headers)
        due = [fault for fault in self.faults.due() if _is_about(fault, request)]
        for slow in due:
            if isinstance(slow, Slow):
                await self.sleep(slow.seconds)
        for fault in due:
            if isinstance(fault, Reset):
                return reset(request)
            if isinstance(fault, Throttle | Fail | Refuse | Challenge):
                return answer_in_place(fault, headers)
        try:
            check_headers(request.headers)
            address = _address(request)
            claims = self._admitted(request, due, app_only=app_only)
            if request.headers.get("ValidateMfa", "").lower() == "true":
                headers["isMfaCompliant"] = str(has_mfa(claims)).lower()
            body = answer(request, self._reports_of(claims))
        except ServiceRefusedError as refusal:
            return refused(refusal, headers)
        return await deliver(request, damaged(body, due, address), due, headers, self.sleep)

    def _admitted(self, request: web.Request, due: list[Fault], *, app_only: bool) -> TokenClaims:
        mfa_required = any(isinstance(fault, RequireMfa) for fault in due)
        return admit(request.headers.get("Authorization"), self.verify, mfa_required=mfa_required, app_only=app_only)

    def _reports_of(self, claims: TokenClaims) -> Reports:
        return self.reports.get(claims.tenant_id) or self.reports[""]


def _is_about(fault: Fault, request: web.Request) -> bool:
    """Return False if the fault is of further pages, and the request is about the first one."""
    if not isinstance(fault, Refuse) or not fault.further_pages:
        return True
    return request.query.get("skip", "0").strip("0") != ""


def _address(request: web.Request) -> str:
    """Return the requested address, from the Host header: next links are made from it.

    Raises ServiceRefusedError for a malformed one.
    """
    try:
        return str(request.url)
    except ValueError:
        raise invalid("The Host header is not an address.") from None


def refused(refusal: ServiceRefusedError, headers: Mapping[str, str]) -> web.Response:
    """Return the refusal as the documents describe it."""
    return web.Response(
        status=refusal.status,
        body=error_body(refusal.body()),
        headers={**headers, **refusal_headers(refusal), "Content-Type": JSON},
    )
