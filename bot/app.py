"""The composition root: the only place where the real parts are put together."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bot.handlers.answers import Answers
from bot.handlers.recent import Recent
from bot.handlers.services import Services
from bot.partner_center.client import Endpoint, Limits, PartnerCenter
from bot.partner_center.directory import Directories
from bot.partner_center.tokens import UserTokens
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Engine:
    """What answers questions, whoever brings them: Teams, a terminal, a test."""

    answers: Answers
    services: Services


@asynccontextmanager
async def engine(settings: Settings, tokens: UserTokens) -> AsyncIterator[Engine]:
    """The engine, with one keep-alive session to Partner Center for as long as the context lasts."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        endpoint = Endpoint(settings.partner_center_url, settings.partner_center_prefix)
        partner_center = PartnerCenter(session, endpoint, tokens, limits=Limits(deadline=settings.answer_seconds))
        directories = Directories(partner_center, clock=time.monotonic, ttl=settings.directory_seconds)
        services = Services(partner_center, directories, Recent(time.monotonic))
        yield Engine(Answers(services), services)
