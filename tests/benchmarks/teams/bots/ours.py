"""Our bot as it is served, with token checks.

Arguments: PORT, service URL, OpenID URL, token authority, app id and password.
"""

import sys

from aiohttp import web

from bot.app.web_app import bot_app
from bot.concurrency.garbage_collection import freeze_startup_objects
from bot.domain.conversation import Caller
from bot.errors import NotSignedInError
from bot.identity.entra.app_credentials import ClientCredentials, Credentials
from bot.settings import Settings
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.auth.teams_settings import TeamsSettings


class NoSignIns:
    """The UserTokens of a bot without sign-ins.

    Every question about usage is answered with a request to sign in.
    """

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        raise NotSignedInError("nobody has signed in")

    async def newer(self, caller: Caller, refused: str) -> str | None:
        return None

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:
        return False


port, service_url, openid_url, authority, app_id, password, tenant = sys.argv[1:]
teams = TeamsSettings(
    app_id=app_id,
    service_hosts=(service_url.removeprefix("http://").split("/")[0],),
    tenants=(tenant,),
    openid_url=openid_url,
    limits=TurnLimits(turns_per_person=64),  # one person sends all requests
)
credentials = Credentials(app_id, password, tenant)
tokens = ClientCredentials(credentials, http_client=LoopbackAuthority(authority))
app = bot_app(Settings(), NoSignIns(), teams, tokens)


async def settled(_: web.Application) -> None:
    freeze_startup_objects()


app.on_startup.append(settled)
web.run_app(app, host="127.0.0.1", port=int(port), access_log=None, print=None)
