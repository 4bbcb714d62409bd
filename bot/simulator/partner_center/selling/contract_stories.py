"""The customers of whom something odd is sold, by name. Pure.

Those with an awkward name are in every world, so that every small world has each oddity; Clearview Roofing is in that
of the demo, and is the ordinary case: sold, assigned and used by fewer and fewer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.simulator.partner_center.selling.contracts import ContractState
from bot.simulator.partner_center.selling.offer_catalogue import AZURE, COPILOT, OFFICE_BUSINESS
from bot.simulator.partner_center.world.product_catalogue import Product


@dataclass(frozen=True, slots=True)
class Story:
    """What is planned of one customer; None or empty: as chance has it.

    Of the seats sold, `own` is this partner's part, and `spare` what was bought beyond those that the usage report
    has. `assigned` is the part of what could be assigned that is, above 1 for more than was sold. `days` are left until
    the contracts end. `terms` share the seats of a product. `far`: they are of the older commerce, and end in a dozen
    years. `lapsed` contracts are beside the others. `more` is sold although the usage report does not have it.
    """

    own: float | None = None
    spare: float | None = None
    assigned: float | None = None
    days: int | None = None
    renews: bool | None = None
    terms: tuple[str, ...] = ()
    far: bool = False
    lapsed: tuple[ContractState, ...] = ()
    more: tuple[Product, ...] = ()


ORDINARY = Story()
STORIES: Mapping[str, Story] = {
    "Clearview Roofing Oy": Story(own=1.0, spare=0.2, assigned=0.6, days=33, renews=True, terms=("P1Y",)),
    "Fabrikam": Story(assigned=1.2),
    "Contoso Europe": Story(own=1.0, days=12, renews=False, terms=("P1Y",)),
    "Müller & Söhne Gebäudetechnik GmbH": Story(own=1.0, terms=("P1M", "P1Y")),
    "Not for Profit Ltd": Story(own=1.0, assigned=0.0, lapsed=(ContractState.EXPIRED, ContractState.SUSPENDED)),
    "Ærø Færgefart ApS": Story(own=1.0, renews=False, far=True),
    "O'Brien & Sons": Story(more=(COPILOT,)),
    "Except Limited": Story(own=0.0),
    "100% Cotton Mills": Story(own=0.6),
    "Top 10 Travel": Story(more=(OFFICE_BUSINESS,)),
    "Focus on IT": Story(more=(AZURE,)),
}
