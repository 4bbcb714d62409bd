"""The addresses of what is sold, and the parameters of each."""

from aiohttp import web

from bot.simulator.partner_center.query_string import read_parameters
from bot.simulator.partner_center.report_routes import (
    add_route,
    commercial_paths,
    customer_id,
    next_link,
    of_own_customer,
)
from bot.simulator.partner_center.request_handling import RequestHandling
from bot.simulator.partner_center.selling.seat_bodies import SEAT_FIELDS
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct
from bot.simulator.partner_center.selling.subscriptions.subscription_query import read_subscription_query
from bot.simulator.partner_center.simulated_reports import Reports

# Its pages have one prefix only, in the syntax line and in the examples, and no slash at the end.
_ANALYTICS = "/partner/v1/analytics/subscriptions"
_CUSTOMER_SEATS = "/v1/customers/{customer_id}/analytics/licenses/deployment"
_SUBSCRIPTIONS = "/v1/customers/{customer_id}/subscriptions"


def add_selling(app: web.Application, service: RequestHandling, conduct: SellingConduct) -> None:
    """Add the routes of the reports that exist, and of a customer's subscriptions."""
    if conduct.deployment:
        for path in commercial_paths("deployment/license"):
            add_route(app, path, service, _deployment)
    if conduct.superseded_deployment:
        add_route(app, _CUSTOMER_SEATS, service, _customer_seats)
    if conduct.analytics:
        add_route(app, _ANALYTICS, service, _analytics)
    add_route(app, _SUBSCRIPTIONS, service, _subscriptions, app_only=True, limit=service.subscription_limit)


def _deployment(request: web.Request, reports: Reports) -> bytes:
    """Answer GET /v1/analytics/commercial/deployment/license"""
    query = request.rel_url.query
    asked = read_parameters(dict(query), len(query), reports.conduct.page_limit, SEAT_FIELDS)
    return reports.sold.deployment(asked, next_link(request, asked.top, reports.conduct))


def _customer_seats(request: web.Request, reports: Reports) -> bytes:
    """Answer GET /v1/customers/{id}/analytics/licenses/deployment"""
    return of_own_customer(reports.sold.seats_of_customer(customer_id(request)))


def _subscriptions(request: web.Request, reports: Reports) -> bytes:
    """Answer GET /v1/customers/{id}/subscriptions"""
    return of_own_customer(reports.sold.subscriptions(customer_id(request)))


def _analytics(request: web.Request, reports: Reports) -> bytes:
    """Answer GET /partner/v1/analytics/subscriptions"""
    query = request.rel_url.query
    conduct = reports.conduct
    asked = read_subscription_query(dict(query), len(query), conduct.selling.literal, conduct.page_limit)
    return reports.sold.analytics(asked, next_link(request, asked.top, conduct))
