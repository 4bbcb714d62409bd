"""The bot as a web application."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import aiohttp
from aiohttp import web

from bot.app.answering import compose, expiring, keep_alive
from bot.domain.conversation import Caller
from bot.handlers.dispatcher import Dispatcher
from bot.identity.entra.app_credentials import AppTokens
from bot.identity.entra.sign_in_outcome import SignInOutcome, SignInStop
from bot.language.marking.worded_sentence import load_languages
from bot.mcp.http_endpoint import McpEndpoint, program_routes
from bot.partner_center.token_source import TokenSource
from bot.settings import Settings
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import Retries
from bot.teams.proactive.send_rate import SendRate
from bot.teams.sdk.claimed_activities import claiming
from bot.teams.teams_bot import PATH, People, TeamsBot
from bot.teams.turn.listeners import Listeners
from bot.web.guarded_handler import HEALTH_PATHS, counted
from bot.web.legal_routes import page_routes
from bot.web.security_headers import add_security_headers

if TYPE_CHECKING:
    import requests

    from bot.identity.identity import Identity, IdentitySettings

BOT = web.AppKey("bot", TeamsBot)
FILES = web.AppKey("files", Dispatcher)
PROGRAMS = web.AppKey("programs", McpEndpoint)
IDENTITY: "web.AppKey[Identity]" = web.AppKey("identity")

Run = Callable[[web.Application], AsyncIterator[None]]

DOWNLOAD_PATH = "/export/file"
# Seconds that a stopping bot waits for turns that are running; the process ends in 20, whatever hangs.
CLOSE_SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class SigningIn:
    """How people sign in.

    `database` keeps their sign-ins. `entra` carries MSAL's requests (None: the internet). `digests`: whether the bot
    posts digests; they run in an engine, and a process can have only one.
    """

    settings: "IdentitySettings"
    database: str
    entra: "requests.Session | None" = None
    digests: bool = True


@dataclass(frozen=True, slots=True)
class _Given:
    """The parts that every bot is made of."""

    settings: Settings
    teams: TeamsSettings
    session: aiohttp.ClientSession
    app_tokens: AppTokens | None
    retries: Retries | None

    def bot(
        self,
        answers: Dispatcher,
        people: People | None = None,
        listeners: Listeners | None = None,
        pace: SendRate | None = None,
    ) -> TeamsBot:
        return TeamsBot(
            answers,
            self.session,
            self.teams,
            self.app_tokens,
            retries=self.retries,
            people=people,
            listeners=listeners,
            pace=pace,
        )


def bot_app(
    settings: Settings,
    users: TokenSource | SigningIn,
    teams: TeamsSettings,
    app_tokens: AppTokens | None = None,
    retries: Retries | None = None,
) -> web.Application:
    """Return the bot as a web application.

    It answers `/api/messages` for Teams, and `/livez` and `/healthz` for monitoring. `users` are tokens if everyone is
    signed in already, else the way to sign in, which adds `/auth/start`,
    `/auth/callback` and `/export/file`. `app_tokens` is None only
    for the demo's `teams.anonymous`.
    """

    async def run(app: web.Application) -> AsyncIterator[None]:
        async with AsyncExitStack() as held:
            # Before the first message: loading them in a turn would hold all other turns.
            await asyncio.to_thread(load_languages)
            session = await held.enter_async_context(keep_alive())
            given = _Given(settings, teams, session, app_tokens, retries)
            if isinstance(users, SigningIn):
                app[BOT] = await held.enter_async_context(_signing_bot(given, users, app))
            else:
                answers = await held.enter_async_context(expiring(compose(settings, users, session)))
                app[BOT] = given.bot(answers)
            app[BOT].start()
            yield
            await app[BOT].close(CLOSE_SECONDS)

    app = _application(run, settings.public_url)
    if isinstance(users, SigningIn):
        app.add_routes(_sign_in_routes())
        if settings.mcp_clients:
            app.add_routes(program_routes(PROGRAMS))
    return app


@asynccontextmanager
async def _signing_bot(parts: _Given, users: SigningIn, app: web.Application) -> AsyncIterator[TeamsBot]:
    """Yield the bot that answers each user with their own rights and posts digests."""
    # The database's libraries take long to load, and only a bot that signs people in needs them.
    from bot.app.kept_misses import expiring_figures, expiring_misses, stored_memory  # noqa: PLC0415
    from bot.app.program_access import program_endpoint  # noqa: PLC0415
    from bot.digests.manage.digest_signatures import DigestSignatures  # noqa: PLC0415
    from bot.identity.identity import Identity  # noqa: PLC0415
    from bot.identity.promised_answers import PromisedAnswers  # noqa: PLC0415
    from bot.identity.tokens.encryption import Encryptor  # noqa: PLC0415
    from bot.store import open_store  # noqa: PLC0415

    async def ended(caller: Caller, outcome: SignInOutcome | SignInStop) -> None:
        await app[BOT].sign_in_ended(caller, outcome)

    async with AsyncExitStack() as held:
        signatures = DigestSignatures(users.settings.token_keys)
        store = await held.enter_async_context(open_store(users.database, signatures=signatures))
        identity = Identity(
            users.settings,
            store.records,
            parts.session,
            ended,
            transport=users.entra,
            announcements=store.announcements,
        )
        held.push_async_callback(identity.close)
        app[IDENTITY] = identity
        if parts.settings.mcp_clients:
            tenants = users.settings.tenants
            app[PROGRAMS] = await held.enter_async_context(
                program_endpoint(parts.settings, tenants, identity, store, parts.session)
            )
        promised = PromisedAnswers(store.turns, Encryptor.from_texts(users.settings.token_keys))
        claims = await held.enter_async_context(claiming(store.claims))
        people = People(identity, store.records, claims, promised)
        await held.enter_async_context(expiring_misses(store.misses))
        days, keys = parts.settings.keep_figures_days, users.settings.token_keys
        await held.enter_async_context(expiring_figures(store, keys, days))
        if not users.digests:
            keeps = parts.settings.keep_misses
            memory = stored_memory(store, identity, keys, lambda _kind, _language: None, keeps=keeps, figures_days=days)
            answering = compose(parts.settings, identity.tokens, parts.session, identity, memory=memory, links=identity)
            identity.follow(answering.forget)
            app[FILES] = await held.enter_async_context(expiring(answering))
            yield parts.bot(app[FILES], people=people)
            return
        from bot.app.digest_posting import compose_digests, figures  # noqa: PLC0415  # DBOS loads slowly

        posting = compose_digests(
            parts.settings, users.settings.token_keys, store, identity, parts.session, parts.teams, parts.app_tokens
        )
        signatures.counted_by(posting.metrics.happened)
        await held.enter_async_context(figures(parts.settings, posting, store))
        await posting.engine.start()
        held.push_async_callback(posting.engine.stop)
        identity.follow(posting.answering.forget)
        answers = await held.enter_async_context(expiring(posting.answering))
        app[FILES] = answers
        yield parts.bot(answers, people=people, listeners=posting.listeners, pace=posting.pace)


def _application(run: Run, public_url: str) -> web.Application:
    """Return an application with the routes of every bot; `run` holds its parts while it runs."""
    app = web.Application(middlewares=[counted])
    add_security_headers(app, public_url)

    async def messages(request: web.Request) -> web.StreamResponse:
        return await request.app[BOT].handle(request)

    app.cleanup_ctx.append(run)
    health = [web.get(path, _healthy) for path in sorted(HEALTH_PATHS)]
    app.add_routes([web.post(PATH, messages), *health, *page_routes()])
    return app


async def _healthy(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def _sign_in_routes() -> list[web.RouteDef]:
    return [
        web.get("/auth/start", _page("start"), allow_head=False),
        web.post("/auth/callback", _page("callback")),
        web.get("/auth/callback", _page("lost"), allow_head=False),
        web.get(DOWNLOAD_PATH, _download, allow_head=False),
    ]


async def _download(request: web.Request) -> web.StreamResponse:
    from bot.web.export_download import download  # noqa: PLC0415  # the pages load with the identity

    return await download(request, request.app[IDENTITY].downloads, request.app[FILES])


def _page(name: Literal["start", "callback", "lost"]) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """Return the handler of a sign-in page.

    The routes are added before the identity that answers them exists, so it is looked up in each request.
    """

    async def page(request: web.Request) -> web.StreamResponse:
        pages = request.app[IDENTITY].pages
        answer = {"start": pages.start, "callback": pages.callback, "lost": pages.lost}[name]
        return await answer(request)

    return page
