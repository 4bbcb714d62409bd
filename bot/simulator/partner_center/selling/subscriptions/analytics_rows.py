"""Write a contract as a row of `GET /partner/v1/analytics/subscriptions`. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-all-subscription-analytics#response-example
Ids are in upper case there, and dates have no zone. Which of its three words it has for a subscription that ran out or
was disabled is not documented.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.simulator.partner_center.selling.contracts import Contract, ContractState
from bot.simulator.partner_center.selling.offer_catalogue import offer_of
from bot.simulator.partner_center.selling.subscriptions.customer_items import billing_cycle

Row = dict[str, Any]
_STATUS: Mapping[ContractState, str] = {
    ContractState.ACTIVE: "ACTIVE",
    ContractState.SUSPENDED: "SUSPENDED",
    ContractState.EXPIRED: "SUSPENDED",
    ContractState.DISABLED: "DEPROVISIONED",
}
_MARKETS = ("NL", "DE", "FR", "HU", "GB", "US")
_CHURN = ("High", "Medium", "Low")
_LAST_STATE = timedelta(days=30)


def analytics_row(contract: Contract) -> Row:
    """Return the row, with the members in the order of the sample."""
    offer = offer_of(contract.product, new=contract.new)
    chance = int(contract.id[:4], 16)
    name = offer.name.upper() if contract.named else "UNKNOWN"
    disabled = contract.state is ContractState.DISABLED
    next_state = contract.end if contract.state is ContractState.ACTIVE else _later(contract.end)
    return {
        "customerTenantId": contract.customer.id,
        "customerName": contract.customer.name,
        "customerMarket": _MARKETS[int(contract.customer.id[:2], 16) % len(_MARKETS)],
        "id": contract.id,
        "status": _STATUS[contract.state],
        "productName": name,
        "subscriptionType": offer.kind if contract.named else "UNKNOWN",
        "autoRenewEnabled": contract.auto_renew,
        "partnerId": "1234567",
        "friendlyName": "MICROSOFT AZURE" if offer.azure else name,
        "partnerName": "SIMULATED PARTNER",
        "providerName": "SIMULATED PARTNER",
        "creationDate": f"{contract.start.isoformat()}T09:12:44.{chance % 1000:03d}",
        "effectiveStartDate": _midnight(contract.start),
        "commitmentEndDate": _midnight(contract.end),
        "currentStateEndDate": _midnight(next_state),
        "trialToPaidConversionDate": None,
        "trialStartDate": _midnight(contract.start) if contract.trial else None,
        "trialEndDate": _midnight(contract.end) if contract.trial else None,
        "lastUsageDate": None,
        "deprovisionedDate": _midnight(_later(contract.end)) if disabled else None,
        "lastRenewalDate": f"{contract.start.isoformat()}T03:10:22.604" if chance % 2 and not contract.trial else None,
        "licenseCount": 0 if offer.azure else contract.quantity,
        "churnRisk": _CHURN[chance % len(_CHURN)],
        "billingCycleName": billing_cycle(contract).upper(),
    }


def _later(day: date | None) -> date | None:
    return None if day is None else min(day, date.max - _LAST_STATE) + _LAST_STATE


def _midnight(day: date | None) -> str | None:
    return None if day is None else f"{day.isoformat()}T00:00:00"
