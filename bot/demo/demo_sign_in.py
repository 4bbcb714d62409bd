"""The demo's sign-in: a simulated Entra on loopback where the person in the chat is known, and one colleague.

Everything about it is made at the start and gone at the end, its keys too.
"""

import base64
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import SigningIn
from bot.demo.demo_services import DemoServices
from bot.demo.playground_people import COLLEAGUES, guid_of
from bot.identity.entra.app_credentials import Credentials
from bot.identity.identity import IdentitySettings
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.store.database.memory_database import database_in_memory

KEY_BYTES = 32


@asynccontextmanager
async def demo_sign_in(stage: DemoServices, public_url: str) -> AsyncIterator[SigningIn]:
    """How people sign in to the bot at `public_url` (`http://127.0.0.1:3978`), for as long as the context lasts.

    The colleague's account shows what becomes of a sign-in by somebody else than the person in the chat.
    """
    tenant_id = stage.caller.tenant_id
    credentials = Credentials(guid_of("bot"), secrets.token_urlsafe(32), tenant_id)
    people = ((stage.caller.name, stage.caller.object_id), (COLLEAGUES[0], guid_of(COLLEAGUES[0])))
    async with SimulatedEntra(stage.authority) as entra:
        for name, object_id in people:
            entra.directory.add(User(name, tenant_id, object_id))
        entra.register(credentials.app_id, credentials.secret, f"{public_url}/auth/callback")
        settings = IdentitySettings(
            credentials,
            public_url,
            token_keys=(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode(),),
            tenants=(tenant_id,),
            login_url=entra.url,
            teams_js=False,  # it would come from the internet, and no Teams is there to be told
        )
        with database_in_memory() as database, LoopbackAuthority(entra.url) as transport:
            yield SigningIn(settings, database, transport)
