"""What was bought, of subscriptions whose source does not say it. Pure.

The analytics have no offers. The live list of a customer has them, by the id of the subscription.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.domain.licensing import Dimension, Entry
from bot.domain.subscriptions import Subscription

# Customers whose lists are read for one answer: a card has no more rows.
LOOKED_UP_CUSTOMERS = 20


def without_offer(subscriptions: Iterable[Subscription]) -> tuple[Entry, ...]:
    """Return the first customers whose lists may say what was bought, each once."""
    found: dict[str, Entry] = {}
    for each in subscriptions:
        if each.offer_id is None and each.customer_id and each.id:
            found.setdefault(each.customer_id, Entry(Dimension.CUSTOMER, each.customer_id, each.customer))
    return tuple(found.values())[:LOOKED_UP_CUSTOMERS]


def with_offers(subscriptions: Iterable[Subscription], live: Iterable[Subscription]) -> tuple[Subscription, ...]:
    """Return the subscriptions with what the live ones of the same id say was bought.

    All else is as before: the two sources are not of the same moment.
    """
    offers: Mapping[tuple[str, str], str | None] = {
        (each.customer_id, each.id): each.offer_id for each in live if each.id and each.customer_id
    }
    return tuple(
        each if each.offer_id is not None else replace(each, offer_id=offers.get((each.customer_id, each.id)))
        for each in subscriptions
    )
