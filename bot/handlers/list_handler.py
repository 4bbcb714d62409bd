"""Use case: list the customers and workloads that the caller can ask about. Pure."""

from collections.abc import Mapping, Sequence

from bot.commands.command import Customers, Name, Usage, Workloads
from bot.domain.licensing import Dimension, Entry
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.names.name_index import NameIndex
from bot.usage.command_buttons import ask_button, fill_button, more_button
from bot.usage.error_view import EMPTY_BOOK
from cards.views.answer_views import ENTRIES_AT_FIRST, ENTRIES_ON_CARD, ListView, View
from cards.views.page_window import window

# In the place of the name that the person types.
ANOTHER = Name("…")


def customers(command: Customers, names: NameIndex, shown: int | None = None, start: int = 0) -> ListView:
    """Return the customers that the caller can see.

    A search limits them to those that match.
    """
    dimension = Dimension.CUSTOMER
    found = names.search(dimension, command.search) if command.search else names.entries(dimension)
    return _list(dimension, command, found, shown, start)


def workloads(names: NameIndex, shown: int | None = None, start: int = 0) -> ListView:
    """The workloads this person can see."""
    return _list(Dimension.WORKLOAD, Workloads(), names.entries(Dimension.WORKLOAD), shown, start)


def _list(
    dimension: Dimension, command: Customers | Workloads, found: Sequence[Entry], shown: int | None, start: int
) -> ListView:
    page = window(len(found), shown or ENTRIES_AT_FIRST, start, ENTRIES_ON_CARD)
    search = command.search if isinstance(command, Customers) else None
    more = more_button(command, page.end) if len(found) > 1 else None
    listed = found[page.base : page.end]
    entries = tuple((entry.label, entry.id) for entry in listed)
    asks = tuple(ask_button(_about(entry)) for entry in listed)
    other = fill_button(Usage(customers=(ANOTHER,)), ANOTHER.text) if _is_long(command, page.end, len(found)) else None
    return ListView(dimension.value, search, entries, len(found), more, page.base, page.fresh, asks, other)


def _about(entry: Entry) -> Usage:
    """Return the question about one entry of the list."""
    name = (Name(entry.name, id=entry.id),)
    return Usage(customers=name) if entry.dimension is Dimension.CUSTOMER else Usage(subjects=name)


def _is_long(command: Customers | Workloads, end: int, matched: int) -> bool:
    """Return True if a name is found sooner by typing a part of it."""
    return isinstance(command, Customers) and end < matched


async def answer(command: Customers | Workloads, asked: HandlerContext) -> View:
    """Return the list. Raises what loading the names raises."""
    if isinstance(command, Customers):
        if asked.names.is_empty:
            return EMPTY_BOOK
        return customers(command, asked.names, asked.shown, asked.start)
    return workloads(asked.names, asked.shown, asked.start)


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("customers", "workloads"), answer)
