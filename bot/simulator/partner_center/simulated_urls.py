"""The addresses that the simulator answers, and the parameters of each."""

from aiohttp import web

from bot.simulator.partner_center.customer_query import CONTINUATION, read_customer_query
from bot.simulator.partner_center.query_string import read_parameters
from bot.simulator.partner_center.report_routes import (
    PREFIXES,
    add_route,
    commercial_paths,
    customer_id,
    next_link,
    of_own_customer,
)
from bot.simulator.partner_center.request_handling import RequestHandling
from bot.simulator.partner_center.simulated_reports import Reports

_INSIDE = tuple(f"{prefix}/" for prefix in PREFIXES)
_CUSTOMERS = "/v1/customers"
_CUSTOMER = "/v1/customers/{customer_id}/analytics/licenses/usage"


def add_reports(app: web.Application, service: RequestHandling, *, commercial: bool, legacy: bool) -> None:
    """Add the routes of the reports that exist, and that of the list of customers.

    Every other address answers the documented 404.
    """
    if commercial:
        for path in commercial_paths("usage/license"):
            add_route(app, path, service, _usage)
    if legacy:
        add_route(app, _CUSTOMER, service, _customer_usage)
    add_route(app, _CUSTOMERS, service, _customers, app_only=True)


def add_not_found(app: web.Application, service: RequestHandling) -> None:
    """Answer 404 to every other address. It has to be added last.

    Outside of the API the answer is a page for people.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        service.note(request)
        return service.not_found(request, inside=f"{request.path}/".startswith(_INSIDE))

    app.router.add_route("*", "/{anything:.*}", handle)


def _usage(request: web.Request, reports: Reports) -> bytes:
    """Answer GET /v1/analytics/commercial/usage/license"""
    query = request.rel_url.query
    asked = read_parameters(dict(query), len(query), reports.conduct.page_limit)
    return reports.usage(asked, next_link(request, asked.top, reports.conduct))


def _customer_usage(request: web.Request, reports: Reports) -> bytes:
    """Answer GET /v1/customers/{id}/analytics/licenses/usage"""
    return of_own_customer(reports.of_customer(customer_id(request)))


def _customers(request: web.Request, reports: Reports) -> bytes:
    """Answer GET /v1/customers"""
    query = request.rel_url.query
    asked = read_customer_query(dict(query), len(query), request.headers.get(CONTINUATION))
    return reports.customers(asked)
