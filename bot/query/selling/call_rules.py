"""The rules of the call list, as data. Pure.

There is no score: the first rule that fits a customer decides the place, and within a rule one number, which is shown.
"""

from dataclasses import dataclass
from enum import StrEnum


class CallReason(StrEnum):
    """Why to call a customer."""

    RENEWS_UNUSED = "renews_unused"
    STOPS = "stops"
    UNUSED = "unused"
    DROPPED = "dropped"
    RENEWS = "renews"


@dataclass(frozen=True, slots=True)
class CallRule:
    """A rule: what must hold of a customer.

    RENEWS_UNUSED: a product ends within `days`, and less than `percent` of its licenses are used. STOPS: a subscription
    without auto-renew ends within `days`. UNUSED: at least `licenses` are unused in one workload, and at most `percent`
    are used. DROPPED: at least `licenses` fewer are active in one workload than `days` ago, which is at least `percent`
    of them. RENEWS: a product ends within `days`.
    """

    reason: CallReason
    days: int = 0
    percent: int = 0
    licenses: int = 0


# In the order of the list.
RULES = (
    CallRule(CallReason.RENEWS_UNUSED, days=60, percent=50),
    CallRule(CallReason.STOPS, days=60),
    CallRule(CallReason.UNUSED, percent=75, licenses=10),
    CallRule(CallReason.DROPPED, days=30, percent=10, licenses=5),
    CallRule(CallReason.RENEWS, days=30),
)
# How many days ago the usage is that a drop is measured from.
EARLIER = next(each.days for each in RULES if each.reason is CallReason.DROPPED)
