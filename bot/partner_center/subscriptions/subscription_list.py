"""Collects subscriptions, each once. Pure.

Pages can overlap, so a subscription may come again. If it differs then, it is unknown which of the two holds.
"""

from collections.abc import Iterator
from dataclasses import MISSING, fields, replace

from bot.domain.identifier import spelling_rank
from bot.domain.subscriptions import Subscription
from bot.errors import TooManyRowsError

# About half a kilobyte each. A partner with 50,000 customers has about 150,000.
KEPT_LIMIT = 400_000
# Subscriptions that are taken before other callers get their turn.
_AT_ONCE = 1_000
# What each field is when it is unknown.
_UNKNOWN = {each.name: each.default for each in fields(Subscription) if each.default is not MISSING}


class SubscriptionList:
    """The subscriptions of a reading.

    `repeated` counts those that came again. One without an id is never the same as another.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Subscription] = {}
        self._others: list[Subscription] = []
        self.repeated = 0

    def steps(self, rows: list[Subscription], /) -> Iterator[None]:
        """Take the subscriptions of a page step by step.

        Raises TooManyRowsError when there are more than can be kept.
        """
        for number, row in enumerate(rows, 1):
            self.add(row)
            if number % _AT_ONCE == 0:
                yield

    def check(self) -> None:
        """Accept everything: what contradicts itself is unknown."""

    def add(self, row: Subscription) -> None:
        """Take one subscription."""
        if len(self._known) + len(self._others) >= KEPT_LIMIT:
            raise TooManyRowsError(f"there are more than {KEPT_LIMIT} subscriptions")
        if not row.id:
            self._others.append(row)
            return
        key = (row.customer_id, row.id)
        before = self._known.get(key)
        self.repeated += before is not None
        self._known[key] = row if before is None else agreed(before, row)

    @property
    def items(self) -> tuple[Subscription, ...]:
        """Return the subscriptions, in the order in which they came first."""
        return (*self._known.values(), *self._others)


def agreed(one: Subscription, other: Subscription) -> Subscription:
    """Return what both say of one subscription.

    What they contradict each other about is unknown. Of two spellings of a name, the same is chosen in any order.
    """
    if one == other:
        return one
    differing = {name: unknown for name, unknown in _UNKNOWN.items() if getattr(one, name) != getattr(other, name)}
    return replace(
        one,
        customer=min(one.customer, other.customer, key=spelling_rank),
        product=min(one.product, other.product, key=spelling_rank),
        **differing,
    )
