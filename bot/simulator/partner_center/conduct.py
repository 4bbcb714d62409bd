"""How the simulated service behaves where the documents leave it open."""

from dataclasses import dataclass

from bot.simulator.partner_center.query_string import PAGE_LIMIT
from bot.simulator.partner_center.wire.link_forms import USUAL, LinkForm


@dataclass(frozen=True, slots=True)
class Conduct:
    """The switches of one simulator.

    A `page_limit` below the API's own gives a small world many pages. `links` is the form of the next links.
    """

    page_limit: int = PAGE_LIMIT
    links: LinkForm = USUAL


USUAL_CONDUCT = Conduct()
