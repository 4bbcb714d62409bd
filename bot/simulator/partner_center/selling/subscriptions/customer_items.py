"""Write a contract as an item of `GET /v1/customers/{id}/subscriptions`. Pure.

New commerce: https://learn.microsoft.com/en-us/partner-center/developer/subscription-resources and the samples of the
pages that change a subscription. The older shape, without the names of product and offer and without a term:
https://learn.microsoft.com/en-us/partner-center/developer/get-all-of-a-customer-s-subscriptions#response-example
"""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import msgspec

from bot.simulator.partner_center.selling.contracts import Contract
from bot.simulator.partner_center.selling.offer_catalogue import Offer, offer_of
from bot.simulator.partner_center.world.response_bodies import BOM

Item = dict[str, Any]
# "far in the future": the day by which what does not end is written is not documented.
_NEVER = date(9999, 12, 31)
_CYCLES = {"P1M": "monthly", "P1Y": "annual", "P3Y": "triennial"}
_MAY_CANCEL = timedelta(days=7)


def subscription_list(contracts: Iterable[Contract]) -> bytes:
    """Return the collection of a customer's subscriptions, with the byte order mark."""
    items = [_new_item(contract) if contract.new else _older_item(contract) for contract in contracts]
    body = {"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}}
    return BOM + msgspec.json.encode(body)


def billing_cycle(contract: Contract) -> str:
    """Return how often a contract is billed; a year of some is billed month by month."""
    return "monthly" if int(contract.id[:2], 16) % 3 == 0 else _CYCLES[contract.term]


def _new_item(contract: Contract) -> Item:
    offer = offer_of(contract.product, new=True)
    product, sku, availability = offer.id.split(":")
    name = offer.name if contract.named else ""
    end = contract.end or _NEVER
    cycle = billing_cycle(contract)
    item: Item = {
        "id": contract.id.lower(),
        "offerId": offer.id if contract.named else f"CFQ7TTC0ZZZZ:0001:{contract.id[:12].replace('-', '')}",
        "offerName": name,
        "friendlyName": name,
        "productType": {"id": "OnlineServicesNCE", "displayName": "OnlineServicesNCE"},
        "quantity": contract.quantity,
        "unitType": "Licenses",
        "hasPurchasableAddons": False,
        "creationDate": f"{contract.start.isoformat()}T09:12:44.{_ticks(contract, 0)}Z",
        "effectiveStartDate": f"{contract.start.isoformat()}T09:12:43.{_ticks(contract, 7)}Z",
        "commitmentEndDate": f"{end.isoformat()}T00:00:00Z",
        "commitmentEndDateTime": f"{end.isoformat()}T23:59:59Z",
        "cancellationAllowedUntilDate": f"{(contract.start + _MAY_CANCEL).isoformat()}T23:59:00Z",
        "billingCycleEndDate": f"{end.isoformat()}T00:00:00Z",
        "status": contract.state.value,
        "autoRenewEnabled": contract.auto_renew,
    }
    if contract.next_quantity is not None:
        item["scheduledNextTermInstructions"] = {
            "product": {
                "productId": product,
                "skuId": sku,
                "availabilityId": availability,
                "billingCycle": cycle.capitalize(),
                "termDuration": contract.term,
            },
            "quantity": contract.next_quantity,
        }
    return item | {
        "isTrial": contract.trial,
        "billingType": "license",
        "billingCycle": cycle,
        "termDuration": contract.term,
        "renewalTermDuration": "",
        "isMicrosoftProduct": True,
        "partnerId": "",
        "attentionNeeded": False,
        "actionTaken": False,
        "contractType": "subscription",
        "links": {
            "product": _link(f"/products/{product}?country=US"),
            "sku": _link(f"/products/{product}/skus/{sku}?country=US"),
            "self": _link(_own_address(contract)),
        },
        "publisherName": "Microsoft",
        "orderId": contract.id[:12].replace("-", "").lower(),
        "attributes": _attributes(contract),
    }


def _older_item(contract: Contract) -> Item:
    offer = offer_of(contract.product, new=False)
    item: Item = {"id": contract.id.lower()}
    if offer.azure:
        item["entitlementId"] = str(uuid.uuid5(uuid.NAMESPACE_OID, contract.id))
    return item | {
        "offerId": offer.id if contract.named else str(uuid.uuid5(uuid.NAMESPACE_OID, contract.id)).upper(),
        "friendlyName": _friendly(offer, contract),
        "quantity": contract.quantity,
        "unitType": "none" if offer.azure else "licenses",
        "creationDate": f"{contract.start.isoformat()}T06:41:12Z",
        "effectiveStartDate": f"{contract.start.isoformat()}T08:00:00Z",
        "commitmentEndDate": f"{(contract.end or _NEVER).isoformat()}T08:00:00Z",
        "status": contract.state.value,
        "autoRenewEnabled": contract.auto_renew,
        "isTrial": contract.trial,
        "billingType": "usage" if offer.azure else "license",
        "contractType": "subscription",
        "links": {"offer": _link(f"/v1/offers/{offer.id}"), "self": _link(_own_address(contract))},
        "orderId": str(uuid.uuid5(uuid.NAMESPACE_URL, contract.id)),
        "attributes": _attributes(contract),
    }


def _friendly(offer: Offer, contract: Contract) -> str:
    if not contract.named:
        return ""
    return "nickname" if offer.azure else offer.name


def _own_address(contract: Contract) -> str:
    return f"/customers/{contract.customer.id.lower()}/subscriptions/{contract.id.lower()}"


def _link(address: str) -> Item:
    return {"uri": address, "method": "GET", "headers": []}


def _attributes(contract: Contract) -> Item:
    return {"etag": contract.id[:8].lower(), "objectType": "Subscription"}


def _ticks(contract: Contract, start: int) -> str:
    """Return seven digits: the service writes ten millionths of a second."""
    return f"{int(contract.id.replace('-', '')[start : start + 8], 16) % 10**7:07d}"
