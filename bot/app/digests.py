"""What posts digests, put together."""

import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bot.app.answers import Engine, compose
from bot.digests.desk import DigestDesk
from bot.digests.engine import Engine as DigestEngine
from bot.digests.fetch import Fetch
from bot.digests.metrics import DigestMetrics
from bot.digests.metrics_page import metrics_app, metrics_at
from bot.digests.parts import Parts
from bot.digests.places import Places
from bot.identity.app_token import AppTokens
from bot.identity.room import Identity
from bot.identity.sealing import Sealer
from bot.settings import Settings
from bot.store import Store
from bot.teams.connector import Connectors
from bot.teams.listening import Listeners
from bot.teams.pace import Pace
from bot.teams.proactive import PROACTIVE, Proactive
from bot.teams.roster import BRIEF, Roster
from bot.teams.settings import TeamsSettings


@dataclass(frozen=True, slots=True)
class Posting:
    """Everything that posts digests, and what answers questions about them too. `engine` is to be started."""

    answering: Engine
    engine: DigestEngine
    listeners: Listeners
    pace: Pace
    metrics: DigestMetrics


def compose_digests(
    settings: Settings,
    token_keys: tuple[str, ...],
    store: Store,
    identity: Identity,
    session: aiohttp.ClientSession,
    teams: TeamsSettings,
    app_tokens: AppTokens | None,
) -> Posting:
    """On a session and a store that stay the caller's to close."""
    bearer = None if teams.anonymous else app_tokens
    pace, metrics = Pace(int(settings.tenant_rate)), DigestMetrics()
    messenger = Proactive(Connectors(session, bearer, PROACTIVE), teams, pace, identity)
    roster = Roster(Connectors(session, bearer, BRIEF), teams)
    engine: DigestEngine | None = None

    def wake() -> None:
        if engine is not None:
            engine.wake()

    desk = DigestDesk(store, is_team_owner=roster.is_team_owner, wake=wake, clock=time.time)
    answering = compose(settings, identity.tokens, session, identity, desk)
    parts = Parts(
        store=store,
        messenger=messenger,
        sealer=Sealer.from_texts(token_keys),
        executor=settings.replica or f"{socket.gethostname()}:{settings.port}",
        clock=time.time,
        happened=metrics.happened,
        delayed=metrics.delayed,
    )
    engine = DigestEngine(parts, Fetch(answering.services, time.time), share=pace.share)
    places = Places(store.digests, messenger, wake=wake, clock=time.time)
    return Posting(answering, engine, Listeners(places, places, engine.signed_in), pace, metrics)


@asynccontextmanager
async def figures(settings: Settings, posting: Posting, store: Store) -> AsyncIterator[None]:
    """Serves `/metrics` where the settings want it. Raises AddressInUseError."""
    if not settings.metrics_port:
        yield
        return
    page = metrics_app(posting.metrics, store.digests)
    async with metrics_at(page, settings.host, settings.metrics_port):
        yield
