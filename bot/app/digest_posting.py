"""Put together the parts that post digests."""

import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bot.app.answering import AnsweringParts, compose
from bot.app.kept_misses import stored_memory
from bot.digests.digest_metrics import DigestMetrics
from bot.digests.manage.conversation_events import ConversationEvents
from bot.digests.manage.digest_service import DigestService
from bot.digests.runs.owner_answer import OwnerAnswers
from bot.digests.runs.step_context import StepContext
from bot.digests.scheduler.scheduler import DigestScheduler
from bot.identity.entra.app_credentials import AppTokens
from bot.identity.identity import Identity
from bot.identity.stored_languages import StoredLanguages
from bot.identity.tokens.encryption import Encryptor
from bot.settings import Settings
from bot.store import Store
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import ConnectorClients
from bot.teams.connector.conversation_roster import ConversationRoster
from bot.teams.connector.private_chats import PrivateChats
from bot.teams.connector.team_owners import BRIEF, TeamOwners
from bot.teams.proactive.proactive_messenger import PROACTIVE, ProactiveMessenger
from bot.teams.proactive.send_rate import SendRate
from bot.teams.turn.listeners import Listeners
from bot.usage.memory.answer_locale import locale_in
from bot.web.activity_metrics import ActivityMetrics
from bot.web.metrics_endpoint import metrics_app, metrics_at
from bot.web.sentence_metrics import SentenceMetrics


@dataclass(frozen=True, slots=True)
class DigestPosting:
    """The parts that post digests, and those that answer questions about them.

    The caller has to start `engine`.
    """

    answering: AnsweringParts
    engine: DigestScheduler
    listeners: Listeners
    pace: SendRate
    metrics: DigestMetrics


def compose_digests(
    settings: Settings,
    token_keys: tuple[str, ...],
    store: Store,
    identity: Identity,
    session: aiohttp.ClientSession,
    teams: TeamsSettings,
    app_tokens: AppTokens | None,
) -> DigestPosting:
    """Return the posting parts on `session` and `store`, which the caller closes."""
    bearer = None if teams.anonymous else app_tokens
    pace, metrics = SendRate(settings.tenant_rate), DigestMetrics()
    locale_of = locale_in(StoredLanguages(store.records))
    connectors = ConnectorClients(session, bearer, PROACTIVE)
    messenger = ProactiveMessenger(connectors, teams, pace, identity, locale_of)
    owners = TeamOwners(ConnectorClients(session, bearer, BRIEF), teams)
    engine: DigestScheduler | None = None

    def wake() -> None:
        if engine is not None:
            engine.wake()

    chats = PrivateChats(ConnectorClients(session, bearer, BRIEF), teams)
    digests = DigestService(
        store,
        is_team_owner=owners.is_team_owner,
        wake=wake,
        clock=time.time,
        notifier=messenger,
        private_chat=chats.chat_of,
    )
    missed = SentenceMetrics(metrics.registry).missed
    memory = stored_memory(
        store,
        identity,
        token_keys,
        missed,
        keeps=settings.keep_misses,
        figures_days=settings.keep_figures_days,
    )
    answering = compose(settings, identity.tokens, session, identity, digests, memory, identity)
    parts = StepContext(
        store=store,
        messenger=messenger,
        roster=ConversationRoster(ConnectorClients(session, bearer, PROACTIVE), teams),
        sealer=Encryptor.from_texts(token_keys),
        executor=settings.replica or f"{socket.gethostname()}:{settings.port}",
        clock=time.time,
        happened=metrics.happened,
        delayed=metrics.delayed,
        locale_of=locale_of,
    )
    engine = DigestScheduler(parts, OwnerAnswers(answering.services, time.time), share=pace.share)
    conversations = ConversationEvents(
        store.digests, parts.notices, wake=wake, clock=time.time, account_of=ConversationReference.account_of
    )
    odd_field = ActivityMetrics(metrics.registry).odd_field
    listeners = Listeners(conversations, conversations, engine.signed_in, odd_field)
    return DigestPosting(answering, engine, listeners, pace, metrics)


@asynccontextmanager
async def figures(settings: Settings, posting: DigestPosting, store: Store) -> AsyncIterator[None]:
    """Serve `/metrics` if the settings name a port. Raises AddressInUseError."""
    if not settings.metrics_port:
        yield
        return
    page = metrics_app(posting.metrics, store.digests)
    async with metrics_at(page, settings.host, settings.metrics_port):
        yield
