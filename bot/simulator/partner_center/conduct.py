"""How the simulated service behaves where the documents leave it open."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.partner_center.query_string import PAGE_LIMIT
from bot.simulator.partner_center.selling.selling_conduct import USUAL_SELLING, SellingConduct
from bot.simulator.partner_center.wire.call_limit import CALLS_A_MINUTE
from bot.simulator.partner_center.wire.link_forms import USUAL, LinkForm


@dataclass(frozen=True, slots=True)
class Conduct:
    """The switches of one simulator.

    A `page_limit` below the API's own gives a small world many pages. `links` is the form of the next links.
    `since`: the rows of a day come with those of all days after it, for "the date from which usage data was processed".
    `mfa_required`: tokens without the claim of a second factor are refused, as since June 2026.
    `calls_a_minute` of one tenant are answered, None: all; the minute is one of `clock`, in seconds.
    `selling` has the switches of seats and subscriptions.
    """

    page_limit: int = PAGE_LIMIT
    links: LinkForm = USUAL
    since: bool = False
    mfa_required: bool = True
    calls_a_minute: int | None = CALLS_A_MINUTE
    clock: Callable[[], float] = time.monotonic
    selling: SellingConduct = USUAL_SELLING


USUAL_CONDUCT = Conduct()
