"""Workloads beyond those of the documents. Pure.

Microsoft names them in its pages on adoption and on incentives, without a code: the codes are our spelling.
https://learn.microsoft.com/en-us/partner-center/increase-adoption-and-satisfaction
"""

from array import array
from dataclasses import replace

from bot.simulator.partner_center.world.product_catalogue import E3, RESELLER, CatalogueWorkload
from bot.simulator.partner_center.world.world_models import SoldProduct, World

MORE = (
    CatalogueWorkload("YAMMER", "Yammer"),
    CatalogueWorkload("ODB", "OneDrive"),
    CatalogueWorkload("PROPLUS", "Office 365 ProPlus"),
    CatalogueWorkload("INTUNE", "Intune"),
    CatalogueWorkload("AADP", "Azure AD Premium"),
    CatalogueWorkload("AIP", "Azure Information Protection"),
)


def with_more_workloads(world: World) -> World:
    """Return the world in which some customers have six more workloads.

    They are every third customer after the documents' own.
    """
    offers = [*world.offers, *(SoldProduct(E3, workload, RESELLER) for workload in MORE)]
    owner, offer, first = array("I"), array("H"), array("I")
    active, qualified = array("I"), array("I")
    for number in range(len(world.customers)):
        start, end = world.first[number], world.first[number + 1]
        first.append(len(owner))
        numbers, counts, seats = world.offer[start:end], world.active[start:end], world.qualified[start:end]
        if start >= world.documented and number % 3 == 0:
            used, sold = counts[0], seats[0]
            numbers += array("H", range(len(world.offers), len(offers)))
            counts += array("I", (used * part // 10 for part in range(len(MORE))))
            seats += array("I", (sold for _ in MORE))
        owner += array("I", (number for _ in numbers))
        offer, active, qualified = offer + numbers, active + counts, qualified + seats
    first.append(len(owner))
    return replace(world, offers=offers, owner=owner, offer=offer, active=active, qualified=qualified, first=first)
