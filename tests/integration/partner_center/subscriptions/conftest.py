"""Clients of subscriptions, and what the scripted server answers them."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.domain.licensing import Dimension, Entry
from bot.partner_center.subscriptions.subscription_client import Subscriptions
from bot.partner_center.usage_client import ClientLimits, ReportEndpoint

BOM = b"\xef\xbb\xbf"
QUICK = {
    "first_pause": 0.001,
    "longest_pause": 0.001,
    "jitter": 0.0,
    "attempt": 600.0,
    "deadline": 600.0,
    "walk": 600.0,
}
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def item(number: int = 0, **other: Any) -> dict[str, Any]:
    """Return an entry of a customer's list, as documented."""
    return {
        "id": f"5d0e7a31-8a2b-4c1d-9e3f-{number:012}",
        "offerId": "CFQ7TTC0LF8R:0001:CFQ7TTC0KXYZ",
        "offerName": "Office 365 E3",
        "quantity": 50,
        "unitType": "Licenses",
        "commitmentEndDate": "2027-01-14T00:00:00Z",
        "status": "active",
        "autoRenewEnabled": True,
        "attributes": {"objectType": "Subscription"},
    } | other


def row(number: int = 0, customer: int = 0, **other: Any) -> dict[str, Any]:
    """Return an entry of the analytics, as documented."""
    return {
        "customerTenantId": f"0112A436-B14E-4888-967B-{customer:012}",
        "customerName": f"CUSTOMER {customer}",
        "id": f"5D0E7A31-8A2B-4C1D-9E3F-{number:012}",
        "status": "ACTIVE",
        "productName": "OFFICE 365 E3",
        "subscriptionType": "Office",
        "autoRenewEnabled": True,
        "commitmentEndDate": "2027-01-14T00:00:00",
        "licenseCount": 50,
    } | other


def listed(*items: dict[str, Any], total: int | None = None, **other: Any) -> web.Response:
    body = {"totalCount": len(items) if total is None else total, "items": items} | other
    return web.Response(body=BOM + json.dumps(body).encode(), content_type="application/json")


def analytics(*rows: dict[str, Any], link: str | None = None, total: int | None = None) -> web.Response:
    body = {"Value": rows, "@nextLink": link, "TotalCount": total}
    return web.Response(body=BOM + json.dumps(body).encode(), content_type="application/json")


def customers(count: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(Dimension.CUSTOMER, f"0112a436-b14e-4888-967b-{number:012}", f"Customer {number}")
        for number in range(count)
    )


@pytest.fixture
def tell(say: SimpleNamespace) -> SimpleNamespace:
    """Return the functions that make the script's answers."""
    return SimpleNamespace(item=item, row=row, listed=listed, analytics=analytics, refusal=say.refusal)


@pytest.fixture
def subscriptions(session: aiohttp.ClientSession, tokens: Any) -> Callable[..., Subscriptions]:
    """Make a client for a script's server."""

    def make(script: Any, *, clock: Any = None, **limits: Any) -> Subscriptions:
        timed = {"clock": clock.time, "sleep": clock.sleep} if clock else {}
        bounds = ClientLimits(**QUICK | limits)
        endpoint = ReportEndpoint(script.url)
        return Subscriptions(session, endpoint, tokens, limits=bounds, now=lambda: NOW, **timed)

    return make
