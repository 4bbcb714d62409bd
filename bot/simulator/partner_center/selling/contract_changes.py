"""What a simulator can change in every contract. Pure.

They are oddities that real services may show.
"""

from dataclasses import replace
from datetime import date

from bot.simulator.partner_center.selling.contracts import Contract, Supplier


def without_end(contract: Contract) -> Contract:
    """Return the contract without a last day."""
    return replace(contract, end=None)


def with_far_end(contract: Contract) -> Contract:
    """Return the contract with a last day that is not meant.

    It is the last day that there is, or one twelve years later.
    """
    if contract.end is None or int(contract.id[:2], 16) % 2:
        return replace(contract, end=date(9999, 12, 31))
    return replace(contract, end=contract.end.replace(year=contract.end.year + 12, day=min(contract.end.day, 28)))


def without_name(contract: Contract) -> Contract:
    """Return the contract without the name of its product."""
    return replace(contract, named=False)


def of_another_supplier(contract: Contract) -> Contract:
    """Return the contract as one that another partner sold."""
    return replace(contract, supplier=Supplier.OTHER)
