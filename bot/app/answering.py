"""Put together the parts that answer questions."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import aiohttp

from bot.concurrency.periodic import Periodic
from bot.domain.conversation import Caller
from bot.handlers.digest_port import DigestPort
from bot.handlers.dispatcher import Dispatcher
from bot.outgoing.http_session import open_session
from bot.partner_center.directory.name_directory import NameDirectory
from bot.partner_center.subscriptions.subscription_client import Subscriptions
from bot.partner_center.token_source import TokenSource
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.programs.program_answers import ProgramAnswers
from bot.settings import Settings
from bot.usage.memory.last_questions import NothingAsked
from bot.usage.memory.personal_memory import PersonalMemory
from bot.usage.memory.recent_reports import RecentReports
from bot.usage.usage_services import Accounts, FileLinks, Proposals, UsageServices

# Connections to one host. With one limit for all hosts, a Partner Center that hangs would keep the bot from answering
# in Teams.
CONNECTIONS = 256
SWEEP = 60.0  # seconds between two removals of expired names and reports


@dataclass(frozen=True, slots=True)
class AnsweringParts:
    """The parts that answer questions from any source: Teams, a terminal, a test."""

    answers: Dispatcher
    services: UsageServices

    def forget(self, person: tuple[str, str], again: bool) -> None:
        """Drop what is in memory of a person (tenant id, object id).

        `again`: they have signed in again, and what they ask now is kept.
        """
        caller = Caller(*person, "")
        if again:
            self.services.directories.forget(caller)
            self.services.recent.drop(caller)
        else:
            self.services.forget(caller)


@asynccontextmanager
async def engine(settings: Settings, tokens: TokenSource) -> AsyncIterator[AnsweringParts]:
    """Yield the answering parts, with one keep-alive session to Partner Center.

    The session is closed when the context ends.
    """
    async with keep_alive() as session:
        yield compose(settings, tokens, session)


def compose(
    settings: Settings,
    tokens: TokenSource,
    session: aiohttp.ClientSession,
    accounts: Accounts | None = None,
    digests: DigestPort | None = None,
    memory: PersonalMemory | None = None,
    links: FileLinks | None = None,
) -> AnsweringParts:
    """Return the answering parts on `session`, which the caller closes."""
    endpoint = ReportEndpoint(settings.partner_center_url, settings.partner_center_prefix)
    limits = ClientLimits(deadline=settings.answer_seconds)
    partner_center = PartnerCenter(session, endpoint, tokens, limits=limits)
    directories = NameDirectory(partner_center, clock=time.monotonic, ttl=settings.directory_seconds)
    services = UsageServices(
        partner_center,
        directories,
        RecentReports(time.monotonic),
        accounts,
        digests is not None,
        memory or PersonalMemory(),
        links,
        _proposals(settings, session),
        subscriptions=Subscriptions(session, endpoint, tokens, limits=limits),
    )
    return AnsweringParts(Dispatcher(services, digests), services)


def _proposals(settings: Settings, session: aiohttp.ClientSession) -> Proposals | None:
    """Return the language model of the settings, None if there is none."""
    if not settings.model_url:
        return None
    from bot.proposals.model_proposals import ModelEndpoint, ModelProposals  # noqa: PLC0415 - most bots have none

    endpoint = ModelEndpoint(settings.model_url, settings.model_name, settings.model_key, settings.model_seconds)
    return ModelProposals(session, endpoint, time.monotonic)


def for_programs(parts: AnsweringParts) -> ProgramAnswers:
    """Return what answers programs.

    It is the same parts, but no question is remembered, and no language model is asked. The language that a person
    chose, the customers that they follow and what they leave out are read.
    """
    kept = parts.services.memory
    memory = PersonalMemory(
        questions=NothingAsked(), languages=kept.languages, followed=kept.followed, exclusions=kept.exclusions
    )
    services = replace(parts.services, memory=memory, links=None, posts_digests=False, proposals=None)
    return ProgramAnswers(Dispatcher(services), services)


@asynccontextmanager
async def expiring(parts: AnsweringParts) -> AsyncIterator[Dispatcher]:
    """Yield the dispatcher of `parts`.

    Meanwhile the names and reports in memory are freed when their time is over.
    """

    async def expire() -> None:
        parts.services.directories.expire()
        parts.services.recent.expire()

    sweeping = Periodic("expired names", expire, SWEEP, failed="expired_names_not_removed")
    sweeping.start()
    try:
        yield parts.answers
    finally:
        await sweeping.stop()


def keep_alive() -> aiohttp.ClientSession:
    """Return the session for Partner Center, Teams and signing keys.

    The caller closes it.
    """
    return open_session(per_host=CONNECTIONS)
