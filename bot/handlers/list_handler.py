"""Use case: list the customers and workloads that the caller can ask about. Pure."""

from collections.abc import Mapping, Sequence

from bot.commands.command import Customers, Workloads
from bot.domain.licensing import Dimension, Entry
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.names.name_index import NameIndex
from bot.usage.command_buttons import more_button
from cards.views.answer_views import ListView, View
from cards.views.button_payload import ROWS_LIMIT

ROWS_AT_FIRST = 15


def customers(command: Customers, names: NameIndex, shown: int | None = None) -> ListView:
    """Return the customers that the caller can see.

    A search limits them to those that match.
    """
    dimension = Dimension.CUSTOMER
    found = names.search(dimension, command.search) if command.search else names.entries(dimension)
    return _list(dimension, command, found, shown)


def workloads(names: NameIndex, shown: int | None = None) -> ListView:
    """The workloads this person can see."""
    return _list(Dimension.WORKLOAD, Workloads(), names.entries(Dimension.WORKLOAD), shown)


def _list(dimension: Dimension, command: Customers | Workloads, found: Sequence[Entry], shown: int | None) -> ListView:
    entries = found[: shown or ROWS_AT_FIRST]
    left = len(found) - len(entries)
    search = command.search if isinstance(command, Customers) else None
    more = more_button(command, min(len(entries) + ROWS_AT_FIRST, ROWS_LIMIT)) if left else None
    return ListView(dimension.value, search, tuple((entry.label, entry.id) for entry in entries), len(found), more)


async def answer(command: Customers | Workloads, asked: HandlerContext) -> View:
    """Return the list. Raises what loading the names raises."""
    if isinstance(command, Customers):
        return customers(command, asked.names, asked.shown)
    return workloads(asked.names, asked.shown)


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("customers", "workloads"), answer)
