"""What a call list does not know, counted. Pure.

A subscription that no source can place is no reason to call, and it is not left out in silence.
"""

from collections import Counter
from collections.abc import Mapping

from bot.domain.subscriptions import Renewing, Subscription, SubscriptionState
from bot.query.selling.call_list import CallFacts, days_left
from bot.query.selling.call_rules import RULES
from bot.query.selling.renewal_line import RenewalLine, Unjoined

SOON = max(each.days for each in RULES)


def call_doubts(facts: CallFacts) -> Mapping[str, int]:
    """Return how many subscriptions could not be judged, for each reason.

    `no_end`: when it ends is not known. Of those that end soon: `no_renewing`, whether they renew themselves; `no_use`,
    how much they are used; `unjoined.<reason>`, the same, because no id says which product they are of;
    `no_workload`, whether they are about the workload that was asked for.
    """
    found: Counter[str] = Counter()
    for line in facts.lines:
        for term in line.terms:
            found.update(_doubts(line, term, facts))
    return found


def _doubts(line: RenewalLine, term: Subscription, facts: CallFacts) -> list[str]:
    if term.end is None and not term.far and term.state is SubscriptionState.ACTIVE:
        return ["no_end"]
    days = days_left(term, facts.today)
    if days is None or days > SOON:
        return []
    if not line.customer_id:
        return [f"unjoined.{Unjoined.NO_CUSTOMER.value}"]
    doubts = ["no_renewing"] if term.renewing is Renewing.UNKNOWN else []
    if line.use is not None and not line.use.partial and line.use.licenses.share is not None:
        return doubts
    if line.use is None and facts.of_workloads:
        # A product of the reports in which the workload was not found does not have it.
        return [] if line.product_id and facts.now else ["no_workload"]
    return [*doubts, "no_use" if line.unjoined is None else f"unjoined.{line.unjoined.value}"]
