"""How many licenses of a product are sold and assigned.

Pure; imports nothing of bot.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SeatsView:
    """Sold and assigned licenses of all suppliers.

    `day` is None if it is not known.
    """

    name: str
    sold: int
    assigned: int
    day: date | None = None
