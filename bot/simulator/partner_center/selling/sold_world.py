"""What is sold in a world: seats, as rows of a report, and contracts. Pure.

The usage report's world stays as it is. Customers of the deployment page that the usage report does not have come
first here, so that the documents' rows are the first of every report.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.simulator.partner_center.selling.contract_stories import ORDINARY, STORIES
from bot.simulator.partner_center.selling.contracts import Contract, Supplier
from bot.simulator.partner_center.selling.documented_seats import SOLD_ONLY
from bot.simulator.partner_center.selling.make_contracts import Holding, seats_of
from bot.simulator.partner_center.selling.offer_catalogue import AZURE
from bot.simulator.partner_center.world.documented_rows import DEMO_CUSTOMER, TEST_COMPANY
from bot.simulator.partner_center.world.product_catalogue import RESELLER, CatalogueWorkload, Product
from bot.simulator.partner_center.world.world_models import Customer, SoldProduct, World

# Seats are of a product, not of a workload.
NO_WORKLOAD = CatalogueWorkload("", "")
_DOCUMENTED = frozenset({*SOLD_ONLY, TEST_COMPANY, DEMO_CUSTOMER})


@dataclass(slots=True)
class SeatWorld(World):
    """Seats as rows: `active[i]` of them are assigned, `qualified[i]` are sold."""

    def counts(self, row: int, week: int) -> tuple[int, int]:
        """Return (assigned, sold) of a row `week` weeks before the latest.

        Both grew until today.
        """
        assigned, sold = self.active[row], self.qualified[row]
        if week == 0 or row < self.documented:
            return assigned, sold
        kept = 100 - week * ((row * 2_654_435_761 + 40_503) >> 8 & 3) // 2
        return assigned * kept // 100, sold * kept // 100


@dataclass(frozen=True, slots=True)
class SoldWorld:
    """What is sold.

    It has the rows of the deployment report, and the contracts of each customer by their id.
    """

    seats: SeatWorld
    contracts: Mapping[str, Sequence[Contract]] = field(default_factory=dict)

    def own(self) -> Iterator[Contract]:
        """Yield the contracts that this partner sees: its own."""
        for several in self.contracts.values():
            yield from (contract for contract in several if contract.supplier is Supplier.OWN)


def sold_world(world: World, today: date) -> SoldWorld:
    """Return what is sold in a world.

    Contracts begin and end around `today`; seats do not move with it.
    """
    seats = SeatWorld(customers=[*SOLD_ONLY, *world.customers], offers=[])
    numbers: dict[tuple[Product, str], int] = {}
    offers: list[SoldProduct] = []
    contracts: dict[str, list[Contract]] = {}
    for number, customer in enumerate(seats.customers):
        seats.first.append(len(seats))
        for holding in _holdings(world, customer, number - len(SOLD_ONLY)):
            made = seats_of(holding, today)
            contracts.setdefault(customer.id, []).extend(made.contracts)
            if holding.product == AZURE:
                continue
            key = (holding.product, holding.channel)
            if key not in numbers:
                numbers[key] = len(offers)
                offers.append(SoldProduct(holding.product, NO_WORKLOAD, holding.channel))
            seats.owner.append(number)
            seats.offer.append(numbers[key])
            seats.active.append(made.assigned)
            seats.qualified.append(made.sold)
        if customer in _DOCUMENTED:
            seats.documented = len(seats)
    seats.first.append(len(seats))
    seats.offers = offers
    return SoldWorld(seats, contracts)


def _holdings(world: World, customer: Customer, number: int) -> Iterator[Holding]:
    """Yield what a customer has.

    `number` is its number in the usage report's world, below 0 if it is not there.
    """
    if number < 0:
        yield Holding(customer, SOLD_ONLY[customer], RESELLER, used=False)
        return
    most: dict[tuple[Product, str], tuple[int, int]] = {}
    for row in range(world.first[number], world.first[number + 1]):
        offer = world.offers[world.offer[row]]
        active, qualified = most.get((offer.product, offer.channel), (0, 0))
        most[offer.product, offer.channel] = max(active, world.active[row]), max(qualified, world.qualified[row])
    for (product, channel), (active, qualified) in most.items():
        yield Holding(customer, product, channel, active, qualified)
    for product in STORIES.get(customer.name, ORDINARY).more:
        yield Holding(customer, product, RESELLER, used=False)
