"""The state of the simulated service: customers and their rows, week by week.

Pure.

Rows are kept as columns of machine integers: a world of 50,000 customers takes a few megabytes, and a row's JSON is
made when it is requested.
"""

from __future__ import annotations  # array is generic for type checkers only before Python 3.12

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.licensing import Field
from bot.simulator.partner_center.world.product_catalogue import CatalogueWorkload, Product, Service

# The day on which the rows of the documents' sample were processed. The weekly steps before it are ours.
LATEST = date(2018, 10, 14)
WEEKS = 26


@dataclass(frozen=True, slots=True)
class Customer:
    """A tenant; names are not unique, ids (upper-case GUIDs) are."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class SoldProduct:
    """What several rows have in common: everything but the customer and the counts."""

    product: Product
    workload: CatalogueWorkload
    channel: str

    @property
    def service(self) -> Service:
        return self.product.service

    def value(self, name: Field) -> str:
        """Return the value of a field; KeyError for the two fields of the customer."""
        return {
            Field.WORKLOAD_CODE: self.workload.code,
            Field.WORKLOAD_NAME: self.workload.name,
            Field.SERVICE_CODE: self.service.code,
            Field.SERVICE_NAME: self.service.name,
            Field.CHANNEL: self.channel,
            Field.PRODUCT_ID: self.product.id,
            Field.PRODUCT_NAME: self.product.name,
        }[name]


@dataclass(slots=True)
class World:
    """The rows that a partner's users see.

    Row `i` is (`owner[i]`, `offer[i]`, `active[i]`, `qualified[i]`). The rows of one customer are adjacent, from
    `first[c]` up to `first[c + 1]`. The first `documented` rows are the documents' own and are the same in every week.
    The newest usage is of the day `latest`. Built by `make_world`, not changed afterwards.
    """

    customers: Sequence[Customer]
    offers: Sequence[SoldProduct]
    documented: int = 0
    owner: array[int] = field(default_factory=lambda: array("I"))
    offer: array[int] = field(default_factory=lambda: array("H"))
    active: array[int] = field(default_factory=lambda: array("I"))
    qualified: array[int] = field(default_factory=lambda: array("I"))
    first: array[int] = field(default_factory=lambda: array("I"))
    latest: date = LATEST

    def __len__(self) -> int:
        return len(self.owner)

    def counts(self, row: int, week: int) -> tuple[int, int]:
        """Return (active, qualified) of a row `week` weeks before the latest.

        They are computed when requested, and repeatable.
        """
        active, qualified = self.active[row], self.qualified[row]
        if week == 0 or row < self.documented:
            return active, qualified
        mixed = (row * 2_654_435_761 + 40_503) & 0xFFFF_FFFF
        # A tenant grew by up to 2 % a week until today; the part that was used varied by a few per cent.
        qualified = qualified * (100 - week * (mixed >> 8 & 3) // 2) // 100
        wander = ((mixed >> week % 16) & 15) - 8
        return max(0, active * (100 - week * (mixed >> 12 & 3) // 2 + wander) // 100), qualified


def weeks_ago(service: Service, processed: date | None, latest: date) -> int | None:
    """Return the weekly snapshot of a service that `processedDateTime` names.

    The newest one is of `latest`. None if there is no snapshot that old. The document says only "the date from which
    usage data was processed. Defaults to the latest date". The simulator reads it as: the latest snapshot that is not
    after the date.
    """
    if processed is None:
        return 0
    behind = (latest - timedelta(days=service.lag) - processed).days
    week = max(0, -(-behind // 7))
    return week if week <= WEEKS else None


def processed_on(service: Service, week: int, latest: date) -> date:
    """Return the day on which the snapshot of `week` weeks ago was processed."""
    return latest - timedelta(days=service.lag + 7 * week)
