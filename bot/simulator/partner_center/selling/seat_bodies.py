"""Encode seats as the JSON of the two deployment reports. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-deployment-information#response-example
https://learn.microsoft.com/en-us/partner-center/developer/get-customer-licenses-deployment-information#response-example
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.domain.licensing import Field
from bot.simulator.partner_center.report_pages import ReportForm
from bot.simulator.partner_center.selling.documented_seats import DEMO_MOMENT, DEPLOYED
from bot.simulator.partner_center.world.documented_rows import DEMO_CUSTOMER
from bot.simulator.partner_center.world.odata_filter import USAGE_FIELDS, Fields
from bot.simulator.partner_center.world.response_bodies import Weeks, members
from bot.simulator.partner_center.world.world_models import World, processed_on

_WORKLOAD = (Field.WORKLOAD_CODE, Field.WORKLOAD_NAME)
# "You can specify the following fields": those of the usage report without the workload.
SEAT_FIELDS: Fields = {name: field for name, field in USAGE_FIELDS.items() if field not in _WORKLOAD}
_COUNTED = ("licensesDeployed", "licensesSold")


def seat_form(latest: date = DEPLOYED) -> ReportForm:
    """Return how the report on seats is written, if its newest rows are of `latest`."""

    def rows(world: World, numbers: Iterable[int], weeks: Weeks) -> list[bytes]:
        return _seat_rows(world, numbers, weeks, latest)

    return ReportForm(latest, _COUNTED, rows)


def customer_seats(world: World, rows: Iterable[int], latest: date = DEPLOYED) -> list[dict[str, Any]]:
    """Return rows of the superseded report of one customer, as its sample has them.

    The code is in serviceName; ids are omitted.
    """
    found: list[dict[str, Any]] = []
    for row in rows:
        customer, offer = world.customers[world.owner[row]], world.offers[world.offer[row]]
        assigned, sold = world.counts(row, 0)
        day = processed_on(offer.service, 0, latest)
        found.append(
            {
                "customerName": customer.name,
                "productName": offer.product.name,
                "licensesDeployed": assigned,
                "deploymentPercent": round(100 * assigned / sold, 2) if sold else 0.0,
                "licensesSold": sold,
                "processedDateTime": DEMO_MOMENT if customer == DEMO_CUSTOMER else f"{day.isoformat()}T00:00:00+00:00",
                "serviceName": offer.service.code,
                "channel": offer.channel,
                "attributes": {"objectType": "CustomerLicensesDeploymentInsights"},
            }
        )
    return found


def _seat_rows(world: World, rows: Iterable[int], weeks: Weeks, latest: date) -> list[bytes]:
    week = [weeks.get(offer.service.code, 0) for offer in world.offers]
    heads = [
        members(
            {
                "processedDateTime": f"{processed_on(offer.service, behind, latest).isoformat()}T00:00:00",
                "serviceCode": offer.service.code,
                "serviceName": offer.service.name,
                "channel": offer.channel,
            }
        )
        for offer, behind in zip(world.offers, week, strict=True)
    ]
    tails = [members({"productId": offer.product.id, "productName": offer.product.name}) for offer in world.offers]
    done: list[bytes] = []
    for row in rows:
        customer, offer = world.customers[world.owner[row]], world.offer[row]
        middle = members({"customerTenantId": customer.id, "customerName": customer.name})
        counts = world.counts(row, week[offer])
        done.append(
            b'{%b,%b,%b,"licensesDeployed":%d,"licensesSold":%d}' % (heads[offer], middle, tails[offer], *counts)
        )
    return done
