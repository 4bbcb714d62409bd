"""Encode rows as the JSON of the answers. Pure.

A row's JSON is joined from encoded parts: the parts of its offer and its customer are encoded once a page. Keys are in
the order of https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#response-example
"""

import codecs
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from bot.simulator.partner_center.world.documented_rows import DEMO_CUSTOMER, DEMO_PROCESSED, SPELLED_AS_IN_THE_SAMPLE
from bot.simulator.partner_center.world.world_models import SoldProduct, World, processed_on

# Bodies begin with a byte order mark: https://github.com/Azure/msrest-for-python/issues/144
BOM = codecs.BOM_UTF8

_json = msgspec.json.encode
Weeks = Mapping[str, int]  # service code -> how many weeks ago its figures were processed


def usage_rows(world: World, rows: Iterable[int], weeks: Weeks) -> list[bytes]:
    """Return rows of the report, one JSON object each.

    `weeks` has every service of these rows.
    """
    heads = [
        _head(offer, processed_on(offer.service, weeks.get(offer.service.code, 0), world.latest))
        for offer in world.offers
    ]
    tails = [members({"productId": offer.product.id, "productName": offer.product.name}) for offer in world.offers]
    week = [weeks.get(offer.service.code, 0) for offer in world.offers]
    owners, offers = world.owner, world.offer
    done: list[bytes] = []
    last, middle, spelling = -1, b"", b""
    for row in rows:
        owner, offer = owners[row], offers[row]
        if owner != last:
            last, customer = owner, world.customers[owner]
            middle = members({"customerTenantId": customer.id, "customerName": customer.name})
            spelling = b"licenseActive" if customer.id == SPELLED_AS_IN_THE_SAMPLE else b"licensesActive"
        active, qualified = world.counts(row, week[offer])
        done.append(
            b'{%b,%b,%b,"%b":%d,"licensesQualified":%d}'
            % (heads[offer], middle, tails[offer], spelling, active, qualified)
        )
    return done


def usage_envelope(rows: Iterable[bytes], next_link: str | None, total: int) -> bytes:
    """Return the whole body, with the byte order mark.

    `total` counts the rows of all pages.
    """
    return b'%b{"Value":[%b],"@nextLink":%b,"TotalCount":%d}' % (BOM, b",".join(rows), _json(next_link), total)


def customer_rows(world: World, rows: Iterable[int]) -> list[dict[str, Any]]:
    """Return rows of the superseded report of one customer, as its sample has them.

    The code is in serviceName, codes and ids are omitted, dates carry an offset, and there is a percentage.

    https://learn.microsoft.com/en-us/partner-center/developer/get-customer-licenses-usage-information#response-example
    """
    return [_customer_row(world, row) for row in rows]


def customer_envelope(items: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the collection of the superseded report."""
    return BOM + _json({"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}})


def error_body(body: Mapping[str, Any]) -> bytes:
    return BOM + _json(body)


def _customer_row(world: World, row: int) -> dict[str, Any]:
    customer, offer = world.customers[world.owner[row]], world.offers[world.offer[row]]
    active, qualified = world.counts(row, 0)
    processed = DEMO_PROCESSED if customer == DEMO_CUSTOMER else processed_on(offer.service, 0, world.latest)
    return {
        "customerName": customer.name,
        "productName": offer.product.name,
        "licensesActive": active,
        "licensesQualified": qualified,
        "usagePercent": round(100 * active / qualified, 2) if qualified else 0.0,
        "workloadName": offer.workload.name,
        "processedDateTime": f"{processed.isoformat()}T00:00:00+00:00",
        "serviceName": offer.service.code,
        "channel": offer.channel,
        "attributes": {"objectType": "CustomerLicensesUsageInsights"},
    }


def _head(offer: SoldProduct, processed: date) -> bytes:
    return members(
        {
            "processedDateTime": f"{processed.isoformat()}T00:00:00",
            "workloadCode": offer.workload.code,
            "workloadName": offer.workload.name,
            "serviceCode": offer.service.code,
            "serviceName": offer.service.name,
            "channel": offer.channel,
        }
    )


def members(values: Mapping[str, str]) -> bytes:
    """Return an object's members without its braces."""
    return _json(values)[1:-1]
