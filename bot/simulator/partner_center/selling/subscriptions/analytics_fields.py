"""The fields of the subscription analytics for filters and groups. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-subscription-analytics-by-search-query#filter-fields
https://learn.microsoft.com/en-us/partner-center/developer/get-subscription-analytics-grouped-by-dates-or-terms#groupby-syntax
"""

from collections.abc import Mapping
from typing import Literal

DateLiteral = Literal["bare", "quoted", "both", "none"]
"""How a date may be written in a filter: no page shows one."""

EQUALITY = frozenset({"eq", "ne"})
ORDER = EQUALITY | {"gt", "lt", "ge", "le"}
CONTAINS = frozenset({"contains"})

DATES = (
    "commitmentEndDate",
    "creationDate",
    "currentStateEndDate",
    "deprovisionedDate",
    "effectiveStartDate",
    "lastRenewalDate",
    "lastUsageDate",
    "trialStartDate",
    "trialToPaidConversionDate",
)
YES_OR_NO = "autoRenewEnabled"
# "Note: This field is case sensitive", so that the others are not.
EXACT = "subscriptionType"
OPERATORS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("customerMarket", "customerTenantId", "id", "partnerId", "status", EXACT, YES_OR_NO),
        EQUALITY,
    ),
    **dict.fromkeys(DATES, ORDER),
    **dict.fromkeys(("customerName", "friendlyName"), CONTAINS),
    "productName": EQUALITY | CONTAINS,
}
GROUPED = tuple(OPERATORS)
