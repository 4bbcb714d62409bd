"""The demo's sign-in: a simulated Entra on loopback with four users.

They are the person in the chat and three colleagues. All of it, also its keys, is made at the start and discarded at
the end.
"""

import base64
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.app.web_app import SigningIn
from bot.demo.demo_services import DemoServices
from bot.demo.playground_people import COLLEAGUES, guid_of
from bot.identity.entra.app_credentials import Credentials
from bot.identity.identity import IdentitySettings
from bot.simulator.entra import SignInConditions, SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.partner_center.faults.named_faults import FACTOR_ELSEWHERE, NO_FACTOR
from bot.store.database.memory_database import database_in_memory

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """How people sign in to the demo's bot, and the simulated Entra that knows them."""

    signing: SigningIn
    entra: SimulatedEntra
    person: User

    def sso_token(self) -> str:
        """Return the token that Teams gets silently for the person in the chat."""
        return self.entra.sso_token(self.person, self.signing.settings.credentials.app_id)


@asynccontextmanager
async def demo_sign_in(services: DemoServices, public_url: str) -> AsyncIterator[DemoSignIn]:
    """Yield how people sign in to the bot at `public_url` (`http://127.0.0.1:3978`).

    It works as long as the context lasts. A colleague's account shows the outcome of a sign-in by someone other than
    the person in the chat. The second factor of one colleague never reaches a token, and one has none.
    """
    tenant_id = services.caller.tenant_id
    credentials = Credentials(guid_of("bot"), secrets.token_urlsafe(32), tenant_id)
    caller, (ordinary, elsewhere, without, *_) = services.caller, COLLEAGUES
    person = User(caller.name, tenant_id, caller.object_id)
    people = {
        person: _conditions(services.faults),
        User(ordinary, tenant_id, guid_of(ordinary)): SignInConditions(),
        User(elsewhere, tenant_id, guid_of(elsewhere)): SignInConditions(factor_elsewhere=True),
        User(without, tenant_id, guid_of(without)): SignInConditions(mfa_done=False, factor_registered=False),
    }
    async with SimulatedEntra(services.authority) as entra:
        for user, standing in people.items():
            entra.directory.add(user, standing)
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
            yield DemoSignIn(SigningIn(settings, database, transport), entra, person)


def _conditions(faults: frozenset[str]) -> SignInConditions:
    """Return the session of the person in the chat."""
    has_factor = NO_FACTOR not in faults
    elsewhere = FACTOR_ELSEWHERE in faults
    return SignInConditions(mfa_done=has_factor, factor_registered=has_factor, factor_elsewhere=elsewhere)
