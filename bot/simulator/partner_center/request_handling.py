"""Handle one request of the simulated service, from the headers to the answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from bot.simulator.access_tokens import TokenClaims
from bot.simulator.partner_center.bearer_check import Verify, admit, has_mfa, valid_claims
from bot.simulator.partner_center.faults.damaged_bodies import damaged
from bot.simulator.partner_center.faults.fault_responses import answer_in_place
from bot.simulator.partner_center.faults.fault_types import (
    Challenge,
    Fail,
    FailDomainFilter,
    Fault,
    Faults,
    Gateway,
    IgnoreMfa,
    Refuse,
    RequireMfa,
    Reset,
    Slow,
    Throttle,
)
from bot.simulator.partner_center.faults.faulty_delivery import Sleep, deliver, reset
from bot.simulator.partner_center.refusal_answers import refusals
from bot.simulator.partner_center.request_journal import Asking, Journal
from bot.simulator.partner_center.simulated_reports import Reports
from bot.simulator.partner_center.wire.call_limit import CallLimit
from bot.simulator.partner_center.wire.service_headers import check_headers
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError, invalid, not_found

Answer = Callable[[web.Request, Reports], bytes]


@dataclass(frozen=True, slots=True)
class RequestHandling:
    """The parts that the handlers share.

    `reports` has the partners' reports by tenant id (lower case); those of any other tenant are under "". `sleep` waits
    for the seconds of a delay. `limit` counts the calls of each tenant, `subscription_limit` those for subscriptions.
    `mfa_required`: tokens without the claim of a second factor are refused.
    """

    reports: Mapping[str, Reports]
    faults: Faults
    journal: Journal
    verify: Verify
    sleep: Sleep
    limit: CallLimit
    subscription_limit: CallLimit
    mfa_required: bool

    def handler(
        self, answer: Answer, *, app_only: bool = False, limit: CallLimit | None = None
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        """Return a handler that does what every call has in common.

        `answer` returns a body or raises ServiceRefusedError. `app_only`: a token without a user is accepted too.
        `limit` is another than the usual one.
        """

        async def handle(request: web.Request) -> web.StreamResponse:
            self.note(request)
            return await self._handle(request, answer, app_only=app_only, limit=limit or self.limit)

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

    async def _handle(
        self, request: web.Request, answer: Answer, *, app_only: bool, limit: CallLimit
    ) -> web.StreamResponse:
        due = [fault for fault in self.faults.due() if _is_about(fault, request)]
        answers = refusals(request.headers, by_gateway=any(isinstance(fault, Gateway) for fault in due))
        for slow in due:
            if isinstance(slow, Slow):
                await self.sleep(slow.seconds)
        for fault in due:
            if isinstance(fault, Reset):
                return reset(request)
            if isinstance(fault, Throttle | Fail | Refuse | Challenge):
                return answer_in_place(fault, answers)
        headers = dict(answers.headers)
        try:
            check_headers(request.headers)
            address = _address(request)
            claims = valid_claims(request.headers.get("Authorization"), self.verify)
            if request.headers.get("ValidateMfa", "").lower() == "true":
                headers["isMfaCompliant"] = str(has_mfa(claims)).lower()
            admit(claims, mfa_required=self._requires_mfa(due), app_only=app_only)
            wait = limit.wait(claims.tenant_id)
            if wait is not None:
                return answers.throttled(wait)
            body = answer(request, self._reports_of(claims))
        except ServiceRefusedError as refusal:
            return replace(answers, headers=headers).refused(refusal)
        return await deliver(request, damaged(body, due, address), due, headers, self.sleep)

    def not_found(self, request: web.Request, *, inside: bool) -> web.Response:
        """Answer for an address that does not exist; `inside`: it is one of the API's."""
        answers = refusals(request.headers, by_gateway=any(isinstance(fault, Gateway) for fault in self.faults))
        return answers.refused(not_found()) if inside or answers.by_gateway else answers.page(404)

    def _requires_mfa(self, due: list[Fault]) -> bool:
        ignored = any(isinstance(fault, IgnoreMfa) for fault in due)
        return (self.mfa_required and not ignored) or any(isinstance(fault, RequireMfa) for fault in due)

    def _reports_of(self, claims: TokenClaims) -> Reports:
        return self.reports.get(claims.tenant_id) or self.reports[""]


def _is_about(fault: Fault, request: web.Request) -> bool:
    """Return False if the fault is of other requests: of further pages, or of customers by domain."""
    if isinstance(fault, Refuse) and fault.further_pages:
        return request.query.get("skip", "0").strip("0") != ""
    if isinstance(fault, FailDomainFilter):
        return '"Domain"' in request.query.get("filter", "")
    return True


def _address(request: web.Request) -> str:
    """Return the requested address, from the Host header: next links are made from it.

    Raises ServiceRefusedError for a malformed one.
    """
    try:
        return str(request.url)
    except ValueError:
        raise invalid("The Host header is not an address.") from None
