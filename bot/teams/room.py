"""The door of this room: the bot in Teams, put together."""

import aiohttp
from aiohttp import web

from bot.identity.app_token import AppTokens
from bot.teams.adapter import ConnectorAdapter
from bot.teams.asking import Answers
from bot.teams.authentication import ChannelTokens
from bot.teams.background import Background
from bot.teams.connector import Connectors, Retries
from bot.teams.endpoint import Endpoint
from bot.teams.handler import UsageHandler
from bot.teams.keys import ChannelKeys
from bot.teams.presses import Presses
from bot.teams.replies import Replies
from bot.teams.settings import TeamsSettings
from bot.teams.turns import Turns, on_turn_error

PATH = "/api/messages"


class TeamsBot:
    """Answers what Teams sends to `/api/messages`.

    `session` carries every outbound request and stays the caller's to close, after `close()`. `tokens` get the
    connector's bearer; they may be None only with `settings.anonymous`.
    """

    def __init__(
        self,
        answers: Answers,
        session: aiohttp.ClientSession,
        settings: TeamsSettings,
        tokens: AppTokens | None = None,
        *,
        retries: Retries | None = None,
    ) -> None:
        if tokens is None and not settings.anonymous:
            raise ValueError("without tokens the bot cannot answer Teams; only the anonymous demo has none")
        limits = settings.limits
        self._background = Background(limit=limits.turns, per_owner=limits.turns_per_person)
        self._keys = ChannelKeys(session, settings.openid_url)
        replies = Replies(limits)
        presses = Presses(answers, replies, self._background, limits)
        adapter = ConnectorAdapter(Connectors(session, None if settings.anonymous else tokens, retries), on_turn_error)
        turns = Turns(adapter, UsageHandler(answers, replies, presses), self._background, settings)
        checks = ChannelTokens(self._keys, app_id=settings.app_id, issuer=settings.issuer)
        self._endpoint = Endpoint(settings, None if settings.anonymous else checks, turns)

    def routes(self) -> list[web.RouteDef]:
        """The routes of the bot, for `Application.add_routes`."""
        return [web.post(PATH, self.handle)]

    async def handle(self, request: web.Request) -> web.Response:
        """One request to the bot, for an application whose routes stand before its session does."""
        return await self._endpoint.handle(request)

    @property
    def turns_under_way(self) -> int:
        """How many turns have begun and are not over."""
        return len(self._background)

    async def close(self, timeout: float = 20.0) -> int:  # noqa: ASYNC109  # what is left is cancelled, not abandoned
        """Take no new turns, wait up to `timeout` seconds for those under way, cancel the rest; how many those were."""
        cancelled = await self._background.close(timeout)
        await self._keys.close()
        return cancelled
