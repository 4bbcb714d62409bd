"""The composition root: the only place where the real parts are put together."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import aiohttp
from aiohttp import web

from bot.handlers.answers import Answers
from bot.handlers.recent import Recent
from bot.handlers.services import Accounts, Services
from bot.identity.app_token import AppTokens, ClientCredentials, Credentials
from bot.identity.outcome import Outcome, Stop
from bot.model import Caller
from bot.pages.routes import page_routes
from bot.partner_center.client import Endpoint, Limits, PartnerCenter
from bot.partner_center.directory import Directories
from bot.partner_center.tokens import UserTokens
from bot.settings import Settings, require_bot
from bot.teams.connector import Retries
from bot.teams.room import PATH, People, TeamsBot
from bot.teams.settings import OPENID_URL, TeamsSettings
from bot.teams.settings import Limits as TurnLimits

if TYPE_CHECKING:
    import requests

    from bot.identity.room import Identity, IdentitySettings

BOT = web.AppKey("bot", TeamsBot)
IDENTITY: "web.AppKey[Identity]" = web.AppKey("identity")

Run = Callable[[web.Application], AsyncIterator[None]]

# How long a stopping bot waits for answers under way.
CLOSE_SECONDS = 20.0
# To each of Partner Center and Teams. A limit over all of them would let a Partner Center that hangs silence the bot.
CONNECTIONS = 256


@dataclass(frozen=True, slots=True)
class Engine:
    """What answers questions, whoever brings them: Teams, a terminal, a test."""

    answers: Answers
    services: Services


@dataclass(frozen=True, slots=True)
class SigningIn:
    """How people sign in. `database` keeps their sign-ins; `entra` carries MSAL's requests (None: the internet)."""

    settings: "IdentitySettings"
    database: str
    entra: "requests.Session | None" = None


@dataclass(frozen=True, slots=True)
class Outside:
    """What the bot meets outside; simulators stand in its place in tests.

    `entra` and `channel` carry MSAL's requests, for people's tokens and for the bot's own (None: the internet).
    """

    entra: "requests.Session | None" = None
    channel: Any = None
    openid_url: str = OPENID_URL
    limits: TurnLimits = field(default_factory=TurnLimits)
    retries: Retries | None = None


@asynccontextmanager
async def engine(settings: Settings, tokens: UserTokens) -> AsyncIterator[Engine]:
    """The engine, with one keep-alive session to Partner Center for as long as the context lasts."""
    async with _session() as session:
        yield compose(settings, tokens, session)


def compose(
    settings: Settings, tokens: UserTokens, session: aiohttp.ClientSession, accounts: Accounts | None = None
) -> Engine:
    """The engine on a session that stays the caller's to close."""
    endpoint = Endpoint(settings.partner_center_url, settings.partner_center_prefix)
    partner_center = PartnerCenter(session, endpoint, tokens, limits=Limits(deadline=settings.answer_seconds))
    directories = Directories(partner_center, clock=time.monotonic, ttl=settings.directory_seconds)
    services = Services(partner_center, directories, Recent(time.monotonic), accounts)
    return Engine(Answers(services), services)


def bot_app(
    settings: Settings,
    users: UserTokens | SigningIn,
    teams: TeamsSettings,
    app_tokens: AppTokens | None = None,
    retries: Retries | None = None,
) -> web.Application:
    """The bot as a web application: `/api/messages` for Teams, `/healthz` for whoever watches it.

    `users` are tokens where everybody is signed in already, else how they sign in; `/auth/start` and `/auth/callback`
    are there then. `app_tokens` is None only for the demo's `teams.anonymous`.
    """

    async def run(app: web.Application) -> AsyncIterator[None]:
        async with AsyncExitStack() as held:
            session = await held.enter_async_context(_session())
            people = None
            if isinstance(users, SigningIn):
                people = await held.enter_async_context(_people(users, session, app))
                app[IDENTITY] = people.identity
                answers = compose(settings, people.identity.tokens, session, people.identity).answers
            else:
                answers = compose(settings, users, session).answers
            app[BOT] = TeamsBot(answers, session, teams, app_tokens, retries=retries, people=people)
            yield
            await app[BOT].close(CLOSE_SECONDS)

    app = _application(run)
    if isinstance(users, SigningIn):
        app.add_routes(_sign_in_routes())
    return app


@asynccontextmanager
async def _people(signing: SigningIn, session: aiohttp.ClientSession, app: web.Application) -> AsyncIterator[People]:
    """The room that signs people in, which tells the bot how each sign-in on the page ended."""
    # The database's libraries take long to load, and only a bot that signs people in needs them.
    from bot.identity.room import Identity  # noqa: PLC0415
    from bot.store import open_records  # noqa: PLC0415

    async def ended(caller: Caller, outcome: Outcome | Stop) -> None:
        await app[BOT].sign_in_ended(caller, outcome)

    async with open_records(signing.database) as records:
        identity = Identity(signing.settings, records, session, ended, transport=signing.entra)
        try:
            yield People(identity, records)
        finally:
            await identity.close()


def _application(run: Run) -> web.Application:
    """The routes of every bot; `run` holds the parts together while it runs."""
    app = web.Application()

    async def messages(request: web.Request) -> web.StreamResponse:
        return await request.app[BOT].handle(request)

    app.cleanup_ctx.append(run)
    app.add_routes([web.post(PATH, messages), web.get("/healthz", _healthy), *page_routes()])
    return app


def _session() -> aiohttp.ClientSession:
    """Keep-alive, without cookies: they are of no use to any of the services, and would be everybody's."""
    connector = aiohttp.TCPConnector(limit=0, limit_per_host=CONNECTIONS)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


async def _healthy(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def serve_app(settings: Settings, outside: Outside | None = None) -> web.Application:
    """The bot for Teams, which answers each as the person who asked.

    Raises SettingsError where a setting that it needs is missing or wrong.
    """
    from bot.identity.room import IdentitySettings  # noqa: PLC0415  # loads slowly, see above
    from bot.identity.sealing import Sealer  # noqa: PLC0415

    require_bot(settings)
    Sealer.from_texts(settings.token_keys)  # a wrong key is better found now than at the first sign-in
    outside = outside or Outside()
    # An empty list would serve every tenant that sideloads an app package with our id.
    tenants = settings.allowed_tenants or (settings.app_tenant_id,)
    credentials = Credentials(settings.app_id, settings.app_password, settings.app_tenant_id)
    signing = IdentitySettings(credentials, settings.public_url, settings.token_keys, tenants, settings.login_url)
    teams = TeamsSettings(
        app_id=settings.app_id,
        service_hosts=settings.service_hosts,
        tenants=tenants,
        openid_url=outside.openid_url,
        limits=outside.limits,
    )

    app_tokens = ClientCredentials(credentials, http_client=outside.channel)
    app = bot_app(
        settings, SigningIn(signing, settings.database, outside.entra), teams, app_tokens, retries=outside.retries
    )

    async def close(_: web.Application) -> None:
        await app_tokens.close()

    app.on_cleanup.append(close)
    return app


def _sign_in_routes() -> list[web.RouteDef]:
    return [
        web.get("/auth/start", _page("start"), allow_head=False),
        web.post("/auth/callback", _page("callback")),
        web.get("/auth/callback", _page("lost"), allow_head=False),
    ]


def _page(name: Literal["start", "callback", "lost"]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A sign-in page; it stands in the routes before the room that answers it is there."""

    async def page(request: web.Request) -> web.StreamResponse:
        pages = request.app[IDENTITY].pages
        answer = {"start": pages.start, "callback": pages.callback, "lost": pages.lost}[name]
        return await answer(request)

    return page
