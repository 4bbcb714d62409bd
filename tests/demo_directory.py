"""The names of the demo's directory, for tests of sentences."""

import asyncio
from functools import cache

from bot.demo.demo_services import demo_services
from bot.names.name_index import NameIndex


def demo_directory() -> NameIndex:
    """Return the names that the demo's person can see. Logging stays as it is."""
    return demo_directories()[0]


@cache
def demo_directories() -> tuple[NameIndex, NameIndex]:
    """Return these names, and the same with the products that were sold."""

    async def names() -> tuple[NameIndex, NameIndex]:
        async with demo_services() as services:
            directories = services.engine.services.directories
            return await directories.names(services.caller), await directories.sold_names(services.caller)

    return asyncio.run(names())
