"""An entry of the subscriptions of all customers -> a `Subscription`. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-all-subscription-analytics
It has neither the offer nor the term, and its days have no time zone.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.identifier import folded_id
from bot.domain.subscriptions import Subscription, SubscriptionSource
from bot.partner_center.protocol.row_reading import read_count
from bot.partner_center.protocol.subscriptions.entry_values import (
    day_of,
    folded_members,
    name_of,
    renewing_of,
    state_of,
    text_of,
)
from bot.partner_center.protocol.subscriptions.term_end import term_end

# The fields that are read.
_FIELDS = frozenset(
    {
        "id", "customertenantid", "customername", "productname", "friendlyname", "licensecount", "status",
        "effectivestartdate", "commitmentenddate", "autorenewenabled", "trialstartdate", "trialtopaidconversiondate",
    }
)  # fmt: skip
# Subscriptions of Azure have no licenses.
_WITHOUT_LICENSES = frozenset({"azure"})


def read_analytics_row(found: Any, *, today: date) -> Subscription | None:
    """Return the subscription; None if the entry has no field of one."""
    entry = folded_members(found)
    if not _FIELDS & entry.keys():
        return None
    end = term_end((entry.get("commitmentenddate"),), today)
    licensed = text_of(entry.get("subscriptiontype")).casefold() not in _WITHOUT_LICENSES
    return Subscription(
        id=folded_id(text_of(entry.get("id"))),
        customer_id=folded_id(text_of(entry.get("customertenantid"))),
        customer=text_of(entry.get("customername")),
        product=name_of(entry.get("productname"), entry.get("friendlyname")),
        source=SubscriptionSource.ANALYTICS,
        seats=read_count(entry.get("licensecount")) if licensed else None,
        start=day_of(entry.get("effectivestartdate")),
        end=end.day,
        far=end.far,
        renewing=renewing_of(entry.get("autorenewenabled")),
        state=state_of(entry.get("status")),
        trial=_is_trial(found, entry),
    )


def _is_trial(found: Mapping[str, Any], entry: Mapping[str, Any]) -> bool | None:
    """Return True for a trial that was not converted; None if the entry lacks the field.

    If there was no trial, the field is present, and is null.
    """
    if day_of(entry.get("trialstartdate")) is not None:
        return "trialtopaidconversiondate" not in entry
    stated = any(str(key).strip().casefold() == "trialstartdate" for key in found)
    return False if stated and "trialstartdate" not in entry else None
