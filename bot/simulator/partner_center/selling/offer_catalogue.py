"""What subscriptions are called, beside the products that the reports have. Pure.

A report names a product by its SKU id of Entra. A subscription has an offer instead: `product:sku:availability` of
Microsoft's new commerce, or a GUID of the older one. No id is in both. Product and SKU are Microsoft's; of the
availabilities those of E1, E3 and Business Basic are in its documents, and the others are ours, as are the older GUIDs.
https://learn.microsoft.com/en-us/partner-center/developer/subscription-resources
"""

import uuid
from dataclasses import dataclass

from bot.simulator.partner_center.world.product_catalogue import (
    ARCHIVING,
    DYNAMICS,
    E1,
    E3,
    ESSENTIALS,
    OFFICE,
    PLAN_1,
    PREMIUM,
    PROTECTION,
    Product,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a subscription is of.

    `kind` is the `subscriptionType` of the analytics. `azure` is paid by use.
    """

    id: str
    name: str
    kind: str
    new: bool = True
    azure: bool = False


# They are sold, and the usage report has no row of them: their figures are in the deployment report alone.
COPILOT = Product("639DEC6B-BB19-468B-871C-C5C441C4B0CB", "MICROSOFT 365 COPILOT", OFFICE, (), 0)
OFFICE_BUSINESS = Product("CDD28E44-67E3-425E-BE4C-737FAB2899D3", "OFFICE 365 BUSINESS", OFFICE, (), 0)
SKYPE_PLAN_2 = Product("D42C793F-6C78-4F43-92CA-E8F6A02B035F", "SKYPE FOR BUSINESS ONLINE (PLAN 2)", OFFICE, (), 0)
# Partner Center's own name for what it has no name of.
AZURE = Product("00000000-0000-0000-0000-000000000000", "UNKNOWN", OFFICE, (), 0)

_NEW = {
    E1: Offer("CFQ7TTC0LF8Q:0001:CFQ7TTC0K39X", "Office 365 E1", "Office"),
    E3: Offer("CFQ7TTC0LF8R:0001:CFQ7TTC0KCSV", "Office 365 E3", "Office"),
    # Two products have another name now: the name of an offer is not that of its product.
    ESSENTIALS: Offer("CFQ7TTC0LH18:0001:CFQ7TTC0K971", "Microsoft 365 Business Basic", "Office"),
    PREMIUM: Offer("CFQ7TTC0LDPB:0001:CFQ7TTC0SIM1", "Microsoft 365 Business Standard", "Office"),
    PLAN_1: Offer("CFQ7TTC0LH16:0001:CFQ7TTC0SIM2", "Exchange Online (Plan 1)", "Office"),
    ARCHIVING: Offer("CFQ7TTC0LH0J:0001:CFQ7TTC0SIM3", "Exchange Online Archiving for Exchange Online", "UNKNOWN"),
    COPILOT: Offer("CFQ7TTC0MM8R:0002:CFQ7TTC0SIM4", "Microsoft 365 Copilot", "M365"),
}


def is_new(product: Product) -> bool:
    """Return True for a product that new commerce has an offer of."""
    return product in _NEW


def offer_of(product: Product, *, new: bool) -> Offer:
    """Return the offer by which a product is sold.

    It is the older one if `new` is False or there is no other.
    """
    if new and product in _NEW:
        return _NEW[product]
    older = str(uuid.uuid5(uuid.NAMESPACE_OID, product.id)).upper()
    if product == AZURE:
        return Offer(older, "UNKNOWN", "Azure", new=False, azure=True)
    kind = "Dynamics" if product.service == DYNAMICS else "UNKNOWN" if product == PROTECTION else "Office"
    return Offer(older, product.name, kind, new=False)
