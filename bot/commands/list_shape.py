"""The shapes that a card offers for a list. Pure.

A shape is by what the list is grouped, in which order, and which of its rows are there. A card offers a few shapes.
What a question says beyond them stays as it was asked while nothing else is chosen.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.commands.command import Usage
from bot.commands.documents.document_values import MOST_ROWS
from bot.domain.licensing import Dimension
from bot.domain.report_kind import SeatMeasure
from bot.query.filters.share_filter import ShareRange, TopBottom

KEPT = "kept"
# More rows than a report has: the order is meant, and not the number.
EVERY_ROW = MOST_ROWS
GROUPS: Mapping[str, Dimension] = MappingProxyType(
    {each.value: each for each in (Dimension.CUSTOMER, Dimension.WORKLOAD, Dimension.PRODUCT)}
)
ORDERS: Mapping[str, TopBottom | None] = MappingProxyType(
    {"unused": None, "lowest": TopBottom(EVERY_ROW, lowest=True), "name": TopBottom(EVERY_ROW, by_name=True)}
)
ONLY: Mapping[str, ShareRange | None] = MappingProxyType(
    {
        "all": None,
        "below_half": ShareRange(high=0.5, high_included=False),
        "idle": ShareRange(high=0.0),
        "beyond": ShareRange(low=1.0, low_included=False),
    }
)


def groups_of(command: Usage) -> tuple[str, ...]:
    """Return the groups that a card offers: sold licenses have no workloads."""
    return tuple(name for name, each in GROUPS.items() if command.seats is None or each is not Dimension.WORKLOAD)


def shape_of(command: Usage, by: tuple[Dimension, ...]) -> tuple[str, str, str]:
    """Return what is chosen now: the group, the order and the rows.

    `kept` is what no card offers.
    """
    group = by[0].value if len(by) == 1 and by[0].value in GROUPS else KEPT
    order = next((name for name, each in ORDERS.items() if each == command.order), KEPT)
    only = KEPT if command.amounts else next((name for name, each in ONLY.items() if each == command.limit), KEPT)
    return group, order, only


def shaped(command: Usage, group: str, order: str, only: str) -> Usage:
    """Return the question in the chosen shape.

    A choice that no card offers changes nothing.
    """
    if group in groups_of(command):
        command = replace(command, by=(GROUPS[group],))
    if order in ORDERS:
        command = replace(command, order=ORDERS[order])
    if only in ONLY:
        command = replace(command, limit=ONLY[only], amounts=())
        if only == "beyond" and command.seats is SeatMeasure.UNASSIGNED:  # none of these is unassigned
            command = replace(command, seats=SeatMeasure.ASSIGNED)
    return command
