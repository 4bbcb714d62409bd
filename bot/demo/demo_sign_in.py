"""The demo's sign-in: a simulated Entra on loopback with two users.

They are the person in the chat and one colleague. All of it, also its keys, is made at the start and discarded at the
end.
"""

import base64
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app.web_app import SigningIn
from bot.demo.demo_services import DemoServices
from bot.demo.playground_people import COLLEAGUES, guid_of
from bot.identity.entra.app_credentials import Credentials
from bot.identity.identity import IdentitySettings
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.store.database.memory_database import database_in_memory

KEY_BYTES = 32


@asynccontextmanager
async def demo_sign_in(services: DemoServices, public_url: str) -> AsyncIterator[SigningIn]:
    """Yield how people sign in to the bot at `public_url` (`http://127.0.0.1:3978`).

    It works as long as the context lasts. The colleague's account shows the outcome of a sign-in by someone other than
    the person in the chat.
    """
    tenant_id = services.caller.tenant_id
    credentials = Credentials(guid_of("bot"), secrets.token_urlsafe(32), tenant_id)
    people = ((services.caller.name, services.caller.object_id), (COLLEAGUES[0], guid_of(COLLEAGUES[0])))
    async with SimulatedEntra(services.authority) as entra:
        for name, object_id in people:
            entra.directory.add(User(name, tenant_id, object_id))
        entra.register(credentials.app_id, credentials.secret, f"{public_url}/auth/callback")
        settings = IdentitySettings(
            credentials,
            public_url,
            token_keys=(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode(),),
            tenants=(tenant_id,),
            keys_url=entra.url,
            teams_js=False,  # it would be loaded from the internet, and there is no Teams to notify
        )
        with database_in_memory() as database, LoopbackAuthority(entra.url) as transport:
            yield SigningIn(settings, database, transport)
