"""The endpoint for programs, put together.

It is there if the settings name a program that may ask.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from bot.app.answering import compose, expiring, for_programs
from bot.identity.identity import Identity
from bot.identity.stored_exclusions import StoredExclusions
from bot.identity.stored_followed import StoredFollowed
from bot.identity.stored_languages import StoredLanguages
from bot.identity.tokens.encryption import Encryptor
from bot.mcp.http_endpoint import McpEndpoint
from bot.mcp.mcp_server import McpServer
from bot.mcp.protected_resource import ProtectedResource
from bot.settings import Settings
from bot.store import Store
from bot.usage.memory.personal_memory import PersonalMemory

SEVERAL = "organizations"  # Entra's name for the tenants of all companies


@asynccontextmanager
async def program_endpoint(
    settings: Settings, tenants: tuple[str, ...], identity: Identity, store: Store, session: aiohttp.ClientSession
) -> AsyncIterator[McpEndpoint]:
    """Yield the endpoint, whose questions go with the tokens that the programs send.

    Its names and reports are in a memory of its own: they end with these tokens.
    """
    bearers = identity.bearers
    encryptor = Encryptor.from_texts(settings.token_keys)
    memory = PersonalMemory(
        languages=StoredLanguages(store.records),
        followed=StoredFollowed(store.records, encryptor),
        exclusions=StoredExclusions(store.exclusions, encryptor),
    )
    parts = compose(settings, bearers, session, bearers, memory=memory)
    identity.follow(parts.forget)
    identity.follow(bearers.ended)
    authority = tenants[0] if len(tenants) == 1 else SEVERAL
    resource = ProtectedResource(settings.public_url, settings.app_id, settings.login_url, authority)
    server = McpServer(settings.answer_seconds)
    async with expiring(parts):
        yield McpEndpoint(server, resource, bearers, for_programs(parts))
