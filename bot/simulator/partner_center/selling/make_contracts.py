"""Make the contracts and seats of one holding. Pure.

A holding is a product that a customer has over a channel.

Chance has a seed of its own for each holding, so that nothing that is made here moves a figure of the usage report.
What `channel` means is not documented; here it says nothing about who sold the seats.
"""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil

from bot.simulator.partner_center.selling.contract_stories import ORDINARY, STORIES, Story
from bot.simulator.partner_center.selling.contracts import MONTHS, Contract, ContractState, Supplier
from bot.simulator.partner_center.selling.documented_seats import DOCUMENTED_SEATS
from bot.simulator.partner_center.selling.offer_catalogue import AZURE, is_new
from bot.simulator.partner_center.world.product_catalogue import Product
from bot.simulator.partner_center.world.world_models import Customer

_TRIAL_SEATS = 25
_TERMS, _TERM_WEIGHTS = ("P1Y", "P1M", "P3Y"), (65, 22, 13)
_PARTS, _PART_WEIGHTS = (1.0, 0.7, 0.0), (80, 12, 8)  # of the seats sold: this partner's
_LAPSED = (ContractState.EXPIRED, ContractState.SUSPENDED, ContractState.DISABLED)


@dataclass(frozen=True, slots=True)
class Holding:
    """A product that a customer has.

    The figures are the largest of its workloads; `used` False: the usage report does not have it.
    """

    customer: Customer
    product: Product
    channel: str
    active: int = 0
    qualified: int = 0
    used: bool = True

    @property
    def trial(self) -> bool:
        """Return True for a trial: it is used, and has no qualified seat."""
        return self.used and self.qualified == 0

    @property
    def documented(self) -> tuple[int, int] | None:
        """Return (assigned, sold) of a holding that the documents have, else None."""
        return DOCUMENTED_SEATS.get((self.customer, self.product))


@dataclass(frozen=True, slots=True)
class SeatsOfHolding:
    """What a holding has of seats, and the contracts by which they were sold."""

    assigned: int
    sold: int
    contracts: list[Contract] = field(default_factory=list)


def seats_of(holding: Holding, today: date) -> SeatsOfHolding:
    """Return the seats and contracts of a holding, the same on the same day."""
    chance = random.Random(f"{holding.customer.id}:{holding.product.id}:{holding.channel}")
    story = STORIES.get(holding.customer.name, ORDINARY)
    maker = _Maker(holding, today, chance, story)
    if holding.product == AZURE:
        return SeatsOfHolding(0, 0, [maker.azure()])
    if holding.trial:
        return SeatsOfHolding(holding.active, 0, [maker.trial()])
    assigned, sold = holding.documented or _seats(holding, chance, story)
    return SeatsOfHolding(assigned, sold, list(maker.contracts(sold)))


def _seats(holding: Holding, chance: random.Random, story: Story) -> tuple[int, int]:
    """Return (assigned, sold).

    Who is active has a license, as long as there are enough.
    """
    seats = holding.qualified or chance.randrange(5, 40)
    spare = chance.choice((0, 0, 0, 0.1, 0.25)) if story.spare is None else story.spare
    sold = seats + ceil(seats * spare)
    part = (
        chance.choice((1.0, chance.uniform(0.2, 1.0), chance.uniform(0.2, 1.0)))
        if story.assigned is None
        else story.assigned
    )
    none = story.assigned is None and holding.active == 0 and chance.random() < 0.3
    more = story.assigned is None and chance.random() < 0.02
    if part > 1 or more:
        return sold + max(1, round(sold * 0.2)), sold
    least = 0 if none or part == 0 else min(holding.active, sold)
    return least + round((sold - least) * (0 if none else part)), sold


@dataclass(frozen=True, slots=True)
class _Maker:
    holding: Holding
    today: date
    chance: random.Random
    story: Story

    def contracts(self, sold: int) -> Iterator[Contract]:
        """Yield contracts of which those that sell have `sold` seats together."""
        part = self.chance.choices(_PARTS, _PART_WEIGHTS)[0] if self.story.own is None else self.story.own
        if self.holding.documented is not None:
            part = 1.0
        own = round(sold * part)
        terms = self.story.terms or self._terms()
        if own >= len(terms):
            first = own // len(terms)
            for number, term in enumerate(terms):
                yield self._running(term, first if number else own - first * (len(terms) - 1))
        elif own:
            yield self._running(terms[-1], own)
        if sold > own:
            other = self._contract("P1Y", sold - own, 1 + self.chance.randrange(360))
            yield replace(other, supplier=Supplier.OTHER)
        for state in self.story.lapsed or self._lapsed(own):
            ago = self.chance.randrange(40, 110) if state is ContractState.DISABLED else self.chance.randrange(1, 29)
            yield replace(self._contract("P1Y", max(1, sold // 3), -ago), state=state, auto_renew=False)

    def _lapsed(self, own: int) -> tuple[ContractState, ...]:
        ordinary = self.story.days is None and own > 0
        return (self.chance.choice(_LAPSED),) if ordinary and self.chance.random() < 0.06 else ()

    def trial(self) -> Contract:
        """Return a month's trial. What it becomes afterwards is scheduled."""
        made = self._contract("P1M", _TRIAL_SEATS, self.chance.randrange(1, 29))
        return replace(made, trial=True, next_quantity=_TRIAL_SEATS)

    def azure(self) -> Contract:
        """Return what is paid by use, and does not end."""
        return replace(self._contract("P1Y", 1, 100), end=None)

    def _terms(self) -> tuple[str, ...]:
        if self.chance.random() < 0.08:
            return ("P1M", "P1Y")
        return (self.chance.choices(_TERMS, _TERM_WEIGHTS)[0],)

    def _running(self, term: str, quantity: int) -> Contract:
        days = self.chance.randrange(30 * MONTHS[term] - 1)
        made = self._contract(term, quantity, days if self.story.days is None else self.story.days)
        renews = self.chance.random() < 0.85 if self.story.renews is None else self.story.renews
        older, scheduled = self.chance.random() < 0.05, self.chance.random() < 0.06
        if self.story.days is not None:
            return replace(made, auto_renew=renews)
        if self.story.far:
            end = date(self.today.year + 12, 12, 14)
            return replace(made, end=end, auto_renew=renews, new=False)
        next_quantity = max(1, quantity * 4 // 5) if renews and scheduled else None
        return replace(made, auto_renew=renews, next_quantity=next_quantity, new=made.new and not older)

    def _contract(self, term: str, quantity: int, days: int) -> Contract:
        """Return a contract of this partner that renews in so many days."""
        end = self.today + timedelta(days=days)
        return Contract(
            id=str(uuid.UUID(int=self.chance.getrandbits(128), version=4)).upper(),
            customer=self.holding.customer,
            product=self.holding.product,
            channel=self.holding.channel,
            supplier=Supplier.OWN,
            quantity=quantity,
            term=term,
            start=months_before(end + timedelta(days=1), MONTHS[term]),
            end=end,
            auto_renew=True,
            new=is_new(self.holding.product),
        )


def months_before(day: date, months: int) -> date:
    """Return the day so many months earlier, the last of that month if it is shorter."""
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
