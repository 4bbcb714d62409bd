"""The composition root: the only place where the real parts are put together."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from bot.errors import NotSignedInError
from bot.handlers.answers import Answers
from bot.handlers.recent import Recent
from bot.handlers.services import Services
from bot.identity.app_token import AppTokens, ClientCredentials, Credentials
from bot.model import Caller
from bot.partner_center.client import Endpoint, Limits, PartnerCenter
from bot.partner_center.directory import Directories
from bot.partner_center.tokens import UserTokens
from bot.settings import Settings, require_bot
from bot.teams.room import PATH, TeamsBot
from bot.teams.settings import TeamsSettings

BOT = web.AppKey("bot", TeamsBot)

# How long a stopping bot waits for answers under way.
CLOSE_SECONDS = 20.0
# To each of Partner Center and Teams. A limit over all of them would let a Partner Center that hangs silence the bot.
CONNECTIONS = 256


@dataclass(frozen=True, slots=True)
class Engine:
    """What answers questions, whoever brings them: Teams, a terminal, a test."""

    answers: Answers
    services: Services


class NobodySignedIn:
    """UserTokens of a bot that cannot sign anybody in: every question is answered with a request to sign in."""

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:  # noqa: ARG002 - nobody has one
        """Raises NotSignedInError, always."""
        raise NotSignedInError("signing in is not available in this bot")


@asynccontextmanager
async def engine(settings: Settings, tokens: UserTokens) -> AsyncIterator[Engine]:
    """The engine, with one keep-alive session to Partner Center for as long as the context lasts."""
    async with _session() as session:
        yield compose(settings, tokens, session)


def compose(settings: Settings, tokens: UserTokens, session: aiohttp.ClientSession) -> Engine:
    """The engine on a session that stays the caller's to close."""
    endpoint = Endpoint(settings.partner_center_url, settings.partner_center_prefix)
    partner_center = PartnerCenter(session, endpoint, tokens, limits=Limits(deadline=settings.answer_seconds))
    directories = Directories(partner_center, clock=time.monotonic, ttl=settings.directory_seconds)
    services = Services(partner_center, directories, Recent(time.monotonic))
    return Engine(Answers(services), services)


def bot_app(
    settings: Settings,
    tokens: UserTokens,
    teams: TeamsSettings,
    app_tokens: AppTokens | None = None,
) -> web.Application:
    """The bot as a web application: `/api/messages` for Teams, `/healthz` for whoever watches it.

    `app_tokens` is None only for the demo's `teams.anonymous`.
    """
    app = web.Application()

    async def run(app: web.Application) -> AsyncIterator[None]:
        async with _session() as session:
            parts = compose(settings, tokens, session)
            bot = TeamsBot(parts.answers, session, teams, app_tokens)
            app[BOT] = bot
            yield
            await bot.close(CLOSE_SECONDS)

    async def messages(request: web.Request) -> web.StreamResponse:
        return await request.app[BOT].handle(request)

    app.cleanup_ctx.append(run)
    app.add_routes([web.post(PATH, messages), web.get("/healthz", _healthy)])
    return app


def _session() -> aiohttp.ClientSession:
    """Keep-alive, without cookies: they are of no use to any of the services, and would be everybody's."""
    connector = aiohttp.TCPConnector(limit=0, limit_per_host=CONNECTIONS)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


async def _healthy(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def serve_app(settings: Settings) -> web.Application:
    """The bot for Teams; raises SettingsError where the registration is incomplete."""
    require_bot(settings)
    teams = TeamsSettings(
        app_id=settings.app_id,
        service_hosts=settings.service_hosts,
        # An empty list would serve every tenant that sideloads an app package with our id.
        tenants=settings.allowed_tenants or (settings.app_tenant_id,),
    )
    credentials = Credentials(settings.app_id, settings.app_password, settings.app_tenant_id)
    app_tokens = ClientCredentials(credentials)

    async def close(_: web.Application) -> None:
        await app_tokens.close()

    app = bot_app(settings, NobodySignedIn(), teams, app_tokens)
    app.on_cleanup.append(close)
    return app
