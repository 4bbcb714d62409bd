"""What a customer has bought, as data. Pure.

Seats, subscriptions and their analytics are all derived from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from bot.simulator.partner_center.world.product_catalogue import Product
from bot.simulator.partner_center.world.world_models import Customer

MONTHS = {"P1M": 1, "P1Y": 12, "P3Y": 36}


class Supplier(Enum):
    """Who sold it: this partner, or another one.

    A partner does not see the subscriptions that another one sold.
    """

    OWN = "own"
    OTHER = "other"


class ContractState(StrEnum):
    """The states of a subscription that the simulator has, as the service says them."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Contract:
    """One subscription.

    `term` is an ISO duration. `end` is its last day, None if it has none. `next_quantity` is what the next term has, if
    a change is scheduled. `new`: it was bought in Microsoft's new commerce. `named` False: the service does not say of
    what product it is.
    """

    id: str
    customer: Customer
    product: Product
    channel: str
    supplier: Supplier
    quantity: int
    term: str
    start: date
    end: date | None
    auto_renew: bool
    state: ContractState = ContractState.ACTIVE
    trial: bool = False
    next_quantity: int | None = None
    new: bool = True
    named: bool = True

    @property
    def sells(self) -> bool:
        """Return True if its seats count as sold.

        Those of a trial do not, nor those of what has run out.
        """
        return self.state is ContractState.ACTIVE and not self.trial


Change = Callable[[Contract], Contract]
"""What one simulator changes in every contract."""
