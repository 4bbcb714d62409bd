"""Make a world: the documents' rows first, then customers made from a seed. Pure."""

import random
import uuid
from collections.abc import Iterator
from itertools import chain

from bot.simulator.partner_center.world.customer_names import AWKWARD, ordinary_names
from bot.simulator.partner_center.world.documented_rows import DOCUMENTED
from bot.simulator.partner_center.world.product_catalogue import CHANNELS, DIRECT, PRODUCTS, RESELLER, Product
from bot.simulator.partner_center.world.world_models import Customer, SoldProduct, World

CUSTOMERS = 200
SEED = 2018

# How much of their licenses customers use: (weight, lowest and highest ratio). It can be over 1: people who left,
# duplicate subscriptions. https://learn.microsoft.com/en-us/partner-center/increase-adoption-and-satisfaction
_HABITS = ((60, 0.35, 0.98), (18, 0.05, 0.35), (10, 0.0, 0.0), (7, 1.0, 1.0), (5, 1.02, 1.45))
# The ratios of some awkward customers, so that small worlds have every kind of ratio as well.
_RATIOS = {"Fabrikam": (1.1, 1.3), "Not for Profit Ltd": (0.0, 0.0), "Focus on IT": (0.6, 0.9)}
_ON_TRIAL = {"Company on Fire"}


def make_world(customers: int = CUSTOMERS, seed: int = SEED) -> World:
    """Return a world of `customers`; the same arguments give the same world.

    There are never fewer than the documents' and the awkward ones. A larger world of the same seed begins with the
    smaller one's customers.
    """
    world = World(customers=[], offers=_offers())
    known: list[Customer] = []
    numbers = {offer: number for number, offer in enumerate(world.offers)}
    for row in DOCUMENTED:
        if row.customer not in known:
            known.append(row.customer)
            world.first.append(len(world))
        _append(world, len(known) - 1, numbers[row.offer], row.active, row.qualified)
    world.documented = len(world)
    chance = random.Random(seed)
    names = chain(AWKWARD, ordinary_names(random.Random(seed + 1)))
    wanted = max(customers, len(known) + len(AWKWARD)) - len(known)
    for name, _ in zip(names, range(wanted), strict=False):
        tenant = uuid.UUID(int=chance.getrandbits(128), version=4)
        known.append(Customer(str(tenant).upper(), name))
        world.first.append(len(world))
        for number, active, qualified in _holdings(name, numbers, chance):
            _append(world, len(known) - 1, number, active, qualified)
    world.first.append(len(world))
    world.customers = known
    return world


def _append(world: World, owner: int, offer: int, active: int, qualified: int) -> None:
    world.owner.append(owner)
    world.offer.append(offer)
    world.active.append(active)
    world.qualified.append(qualified)


def _offers() -> list[SoldProduct]:
    return [
        SoldProduct(product, workload, channel)
        for product in PRODUCTS
        for channel in CHANNELS
        for workload in product.workloads
    ]


def _holdings(name: str, numbers: dict[SoldProduct, int], chance: random.Random) -> Iterator[tuple[int, int, int]]:
    """Yield (offer, active, qualified) of everything that one customer has."""
    low, high = _RATIOS.get(name) or _habit(chance)
    size = int(chance.paretovariate(1.1) * 4) % 4_000 + 1
    for product in _bought(name, chance):
        seats = max(1, round(size * chance.uniform(0.2, 1.0)))
        # A trial counts activity but has no qualified seats: qualified is 0, active is above it.
        trial = name in _ON_TRIAL or chance.random() < 0.01
        channel = RESELLER if chance.random() < 0.8 else DIRECT
        for workload in product.workloads:
            active = round(seats * chance.uniform(low, high))
            yield numbers[SoldProduct(product, workload, channel)], active + trial, 0 if trial else seats


def _habit(chance: random.Random) -> tuple[float, float]:
    _, low, high = chance.choices(_HABITS, weights=_WEIGHTS)[0]
    return low, high


def _bought(name: str, chance: random.Random) -> list[Product]:
    """Return one to four products; awkward customers have the product that most questions ask for."""
    count = chance.choices((1, 2, 3, 4), weights=(35, 40, 18, 7))[0]
    bought = dict.fromkeys(chance.choices(PRODUCTS, weights=_POPULARITY, k=count))
    if name in AWKWARD:
        bought = dict.fromkeys((*PRODUCTS[:1], *bought))
    return list(bought)


_WEIGHTS = [weight for weight, _, _ in _HABITS]
_POPULARITY = [product.weight for product in PRODUCTS]
