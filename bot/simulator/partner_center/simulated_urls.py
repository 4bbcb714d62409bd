"""The addresses that the simulator answers, and the parameters of each."""

import uuid

from aiohttp import web

from bot.simulator.partner_center.customer_query import CONTINUATION, read_customer_query
from bot.simulator.partner_center.query_string import read_parameters
from bot.simulator.partner_center.refusal_answers import refusals
from bot.simulator.partner_center.request_handling import Answer, RequestHandling
from bot.simulator.partner_center.simulated_reports import Reports
from bot.simulator.partner_center.wire.link_forms import in_form, with_skip
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError, invalid

# The document's syntax line has one of these prefixes, its example the other.
_COMMERCIAL = "/analytics/commercial/usage/license"
_PREFIXES = ("/partner/v1", "/v1")
_INSIDE = tuple(f"{prefix}/" for prefix in _PREFIXES)
_CUSTOMERS = "/v1/customers"
_CUSTOMER = "/v1/customers/{customer_id}/analytics/licenses/usage"


def add_reports(app: web.Application, service: RequestHandling, *, commercial: bool, legacy: bool) -> None:
    """Add the routes of the reports that exist, and that of the list of customers.

    Every other address answers the documented 404.
    """
    if commercial:
        for path in (prefix + _COMMERCIAL + slash for prefix in _PREFIXES for slash in ("", "/")):
            _add(app, path, service, _usage)
    if legacy:
        _add(app, _CUSTOMER, service, _customer_usage)
    _add(app, _CUSTOMERS, service, _customers, app_only=True)


def add_not_found(app: web.Application, service: RequestHandling) -> None:
    """Answer 404 to every other address. It has to be added last.

    Outside of the API the answer is a page for people.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        service.note(request)
        return service.not_found(request, inside=f"{request.path}/".startswith(_INSIDE))

    app.router.add_route("*", "/{anything:.*}", handle)


def _add(app: web.Application, path: str, service: RequestHandling, answer: Answer, *, app_only: bool = False) -> None:
    async def only_get(request: web.Request) -> web.StreamResponse:
        service.note(request)
        refusal = ServiceRefusedError(405, "1000", f"The method {request.method[:20]} is not supported here; use GET.")
        answer = refusals(request.headers).refused(refusal)
        answer.headers["Allow"] = "GET"
        return answer

    app.router.add_get(path, service.handler(answer, app_only=app_only), allow_head=False)
    app.router.add_route("*", path, only_get)


def _usage(request: web.Request, reports: Reports) -> bytes:
    """Answer GET /v1/analytics/commercial/usage/license"""
    query = request.rel_url.query
    asked = read_parameters(dict(query), len(query), reports.page_limit)

    def link(skip: int) -> str:
        return in_form(with_skip(str(request.url), asked.top, skip), reports.links)

    return reports.usage(asked, link)


def _customer_usage(request: web.Request, reports: Reports) -> bytes:
    """Answer GET /v1/customers/{id}/analytics/licenses/usage"""
    if request.rel_url.query:
        raise invalid("This report takes no parameters.")
    text = request.match_info["customer_id"]
    try:
        customer = uuid.UUID(text)
    except ValueError:
        customer = None
    if customer is None or str(customer) != text.lower():
        raise invalid("The customer id must be a GUID.")
    body = reports.of_customer(text)
    if body is None:
        raise ServiceRefusedError(403, "20002", "The partner has no commerce relationship with this customer.")
    return body


def _customers(request: web.Request, reports: Reports) -> bytes:
    """Answer GET /v1/customers"""
    query = request.rel_url.query
    asked = read_customer_query(dict(query), len(query), request.headers.get(CONTINUATION))
    return reports.customers(asked)
