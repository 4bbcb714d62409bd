"""What can be wrong with seats and subscriptions, by name. Pure.

They are switches of the service and not of one request: all answers have to agree.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.simulator.partner_center.selling.contract_changes import (
    of_another_supplier,
    with_far_end,
    without_end,
    without_name,
)
from bot.simulator.partner_center.selling.contracts import Change
from bot.simulator.partner_center.selling.selling_conduct import USUAL_SELLING, SellingConduct

Switch = Callable[[SellingConduct], SellingConduct]
_THREE_WEEKS = 21


def _every(change: Change) -> Switch:
    return lambda conduct: replace(conduct, changes=(*conduct.changes, change))


SELLING_FAULTS: Mapping[str, Switch] = {
    "sold_missing": lambda conduct: replace(conduct, deployment=False),
    "sold_older": lambda conduct: replace(conduct, days_behind=_THREE_WEEKS),
    "sold_superseded_empty": lambda conduct: replace(conduct, deployment=False, empty=True),
    "subscriptions_missing": lambda conduct: replace(conduct, analytics=False),
    "subscriptions_throttled": lambda conduct: replace(conduct, calls_a_minute=0),
    "unknown_products": _every(without_name),
    "far_ends": _every(with_far_end),
    "no_end_dates": _every(without_end),
    "other_supplier": _every(of_another_supplier),
}

SELLING_MEANINGS: Mapping[str, str] = {
    "sold_missing": "the report on seats answers 404",
    "sold_older": "the figures of seats are three weeks older",
    "sold_superseded_empty": "only the older report on seats is there, and it is empty",
    "subscriptions_missing": "the report on all subscriptions answers 404",
    "subscriptions_throttled": "each request for the subscriptions of a customer is one too many",
    "unknown_products": "subscriptions do not say of what product they are",
    "far_ends": "subscriptions end in 9999 or twelve years later",
    "no_end_dates": "subscriptions have no end date",
    "other_supplier": "another supplier has sold everything",
}


def selling_conduct(names: Iterable[str], usual: SellingConduct = USUAL_SELLING) -> SellingConduct:
    """Return the conduct with these faults.

    Raises KeyError for a name that is not in `SELLING_FAULTS`.
    """
    for name in names:
        usual = SELLING_FAULTS[name](usual)
    return usual
