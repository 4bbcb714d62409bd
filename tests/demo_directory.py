"""The names of the demo's directory, for tests of sentences."""

import asyncio
from functools import cache

from bot.demo.demo_services import demo_services
from bot.names.name_index import NameIndex


@cache
def demo_directory() -> NameIndex:
    """Return the names that the demo's person can see. Logging stays as it is."""

    async def names() -> NameIndex:
        async with demo_services() as services:
            return await services.engine.services.directories.names(services.caller)

    return asyncio.run(names())
