"""An entry of a customer's list of subscriptions -> a `Subscription`. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-all-of-a-customer-s-subscriptions
Subscriptions of Azure have `quantity` 1, which is no number of licenses:
https://learn.microsoft.com/en-us/partner-center/developer/get-a-subscription-by-id
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.identifier import folded_id
from bot.domain.subscriptions import Subscription, SubscriptionSource
from bot.partner_center.protocol.row_reading import read_count
from bot.partner_center.protocol.subscriptions.entry_values import (
    day_of,
    flag_of,
    folded_members,
    name_of,
    renewing_of,
    state_of,
    text_of,
)
from bot.partner_center.protocol.subscriptions.term_end import term_end

# The fields that are read. Prices, promotions and refunds are not.
_FIELDS = frozenset(
    {
        "id", "offerid", "offername", "friendlyname", "quantity", "unittype", "billingtype", "status", "istrial",
        "effectivestartdate", "commitmentenddate", "commitmentenddatetime", "cancellationalloweduntildate",
        "autorenewenabled", "termduration", "schedulednextterminstructions",
    }
)  # fmt: skip
_TERM = re.compile(r"P(?:\d{1,4}[YMWD]){1,4}", re.ASCII)
# The unit of subscriptions that have licenses. Older ones lack it.
_LICENSES = frozenset({"", "license", "licenses"})


def read_live_item(found: Any, *, customer_id: str, customer: str, today: date) -> Subscription | None:
    """Return the subscription; None if the entry has no field of one.

    The list is of one customer, whom its entries do not name.
    """
    entry = folded_members(found)
    if not _FIELDS & entry.keys():
        return None
    end = term_end((entry.get("commitmentenddatetime"), entry.get("commitmentenddate")), today)
    term = text_of(entry.get("termduration")).upper()
    return Subscription(
        id=folded_id(text_of(entry.get("id"))),
        customer_id=folded_id(customer_id),
        customer=customer,
        product=name_of(entry.get("offername"), entry.get("friendlyname")),
        source=SubscriptionSource.LIVE,
        offer_id=text_of(entry.get("offerid")) or None,
        seats=_seats(entry),
        next_seats=_next_seats(entry),
        start=day_of(entry.get("effectivestartdate")),
        end=end.day,
        far=end.far,
        renewing=renewing_of(entry.get("autorenewenabled")),
        state=state_of(entry.get("status")),
        trial=flag_of(entry.get("istrial")),
        term=term if _TERM.fullmatch(term) else "",
        cancel_until=day_of(entry.get("cancellationalloweduntildate")),
    )


def _seats(entry: Mapping[str, Any]) -> int | None:
    """Return the number of licenses; None if it is unknown, or if what is bought are no licenses."""
    by_use = text_of(entry.get("billingtype")).casefold() == "usage"
    other = text_of(entry.get("unittype")).casefold() not in _LICENSES
    return None if by_use or other else read_count(entry.get("quantity"))


def _next_seats(entry: Mapping[str, Any]) -> int | None:
    """Return the number of licenses after the next renewal, None if no change is scheduled."""
    if _seats(entry) is None:
        return None
    scheduled = folded_members(entry.get("schedulednextterminstructions"))
    return read_count(scheduled.get("quantity"))
