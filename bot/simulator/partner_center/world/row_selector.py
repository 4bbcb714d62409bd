"""Select the rows of a world that match a condition. Pure.

A row is an offer and a customer. For each offer, the rest of the condition is a set of customers, possibly "all but
these". With few offers and sets from an index, a question about one customer of 50,000 reads only that customer's rows.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.domain.licensing import Field
from bot.simulator.partner_center.world.odata_filter import Condition, Every, Test
from bot.simulator.partner_center.world.world_models import SoldProduct, World


@dataclass(frozen=True, slots=True)
class Those:
    """A set of customers (by number); with `but` all except these."""

    members: frozenset[int]
    but: bool = False

    def inverted(self) -> "Those":
        return Those(self.members, not self.but)


NO_CUSTOMER = Those(frozenset())
ALL_CUSTOMERS = Those(frozenset(), but=True)


def any_of(sets: Collection[Those]) -> Those:
    """Return the union of `sets`.

    It has the members of every set without `but`, and all others that not every set with `but` leaves out.
    """
    named = frozenset().union(*(each.members for each in sets if not each.but))
    left_out = [each.members for each in sets if each.but]
    if not left_out:
        return Those(named)
    return Those(frozenset.intersection(*left_out) - named, but=True)


def all_of(sets: Collection[Those]) -> Those:
    """Return the intersection, by De Morgan."""
    return any_of([each.inverted() for each in sets]).inverted()


class Selector:
    """Finds the rows of one world; its index of customers is made once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by: dict[Field, dict[str, list[int]]] = {Field.CUSTOMER_TENANT_ID: {}, Field.CUSTOMER_NAME: {}}
        for number, customer in enumerate(world.customers):
            self._by[Field.CUSTOMER_TENANT_ID].setdefault(customer.id.casefold(), []).append(number)
            self._by[Field.CUSTOMER_NAME].setdefault(customer.name.casefold(), []).append(number)

    def customer(self, tenant_id: str) -> int | None:
        """Return the number of the customer with this id, in either case; None if unknown."""
        found = self._by[Field.CUSTOMER_TENANT_ID].get(tenant_id.casefold())
        return found[0] if found else None

    def rows(self, condition: Condition | None, has_data: Callable[[SoldProduct], bool]) -> Sequence[int]:
        """Return row numbers in the world's order.

        Only rows of offers that have data for the requested day.
        """
        wanted = [self._customers(condition, offer) if has_data(offer) else NO_CUSTOMER for offer in self._world.offers]
        if all(each == ALL_CUSTOMERS for each in wanted):
            return range(len(self._world))
        if any(each.but for each in wanted):
            return self._among(range(len(self._world)), wanted)
        first = self._world.first
        owners = sorted(frozenset().union(*(each.members for each in wanted)))
        return self._among([row for owner in owners for row in range(first[owner], first[owner + 1])], wanted)

    def _among(self, rows: Sequence[int], wanted: list[Those]) -> Sequence[int]:
        owner, offer = self._world.owner, self._world.offer
        members = [each.members for each in wanted]
        but = [each.but for each in wanted]
        return [row for row in rows if (owner[row] in members[offer[row]]) is not but[offer[row]]]

    def _customers(self, condition: Condition | None, offer: SoldProduct) -> Those:
        if condition is None:
            return ALL_CUSTOMERS
        if isinstance(condition, Test):
            found = self._matching(condition, offer)
            return found if condition.equal else found.inverted()
        parts = [self._customers(part, offer) for part in condition.parts]
        return all_of(parts) if isinstance(condition, Every) else any_of(parts)

    def _matching(self, test: Test, offer: SoldProduct) -> Those:
        index = self._by.get(test.field)
        if index is not None:
            return Those(frozenset(index.get(test.value, ())))
        return ALL_CUSTOMERS if offer.value(test.field).casefold() == test.value else NO_CUSTOMER
