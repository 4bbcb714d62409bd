"""Read a sentence again with the products that were sold.

They are loaded as the person who asks, and only then: most questions are about usage, and need no further request.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.errors import UsageBotError
from bot.handlers.handler_context import HandlerContext
from bot.language.reading.reading import Reading
from bot.names.name_index import NameIndex
from bot.names.span_lookup import SpanLookup
from bot.usage.sold.sold_reading import may_name_sold, with_sold

Read = Callable[[SpanLookup], Awaitable[Reading]]


async def sold_spans(asked: HandlerContext) -> SpanLookup | None:
    """Return the look-up with the products that were sold.

    None if they cannot be loaded. Never raises.
    """
    names = await _sold_names(asked)
    return None if names is None else names.spans


async def with_sold_names(reading: Reading, asked: HandlerContext, read: Read) -> tuple[Reading, HandlerContext]:
    """Return what the sentence means, and the names that it was read with.

    If the products cannot be loaded, or if there are no others than those of usage, it is the `reading` there was.
    """
    names = asked.known
    if not isinstance(names, NameIndex) or not may_name_sold(reading, names):
        return reading, asked
    sold = await _sold_names(asked)
    if sold is None or sold is names:
        return reading, asked
    chosen = with_sold(reading, await read(sold.spans), names)
    return chosen, asked if chosen is reading else replace(asked, known=sold)


async def _sold_names(asked: HandlerContext) -> NameIndex | None:
    try:
        return await asked.services.directories.sold_names(asked.caller)
    except UsageBotError:
        return None
