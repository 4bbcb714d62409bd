"""The door of this room: the bot in Teams, put together."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.domain.conversation import Caller
from bot.identity.entra.app_credentials import AppTokens
from bot.identity.entra.sign_in_outcome import SignInOutcome, SignInStop
from bot.teams.auth.channel_authentication import ChannelAuthenticator
from bot.teams.auth.channel_keys import ChannelKeys
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import ConnectorClients, Retries
from bot.teams.malformed_requests import hush_server
from bot.teams.messages_endpoint import MessagesEndpoint
from bot.teams.proactive.send_rate import SendRate
from bot.teams.sdk.activity_handler import UsageActivityHandler
from bot.teams.sdk.connector_adapter import ConnectorAdapter
from bot.teams.sdk.turn_runner import TurnRunner, on_turn_error
from bot.teams.sign_in.resume_after_sign_in import ResumeAfterSignIn
from bot.teams.sign_in.sign_in_invokes import SignInInvokes
from bot.teams.sign_in.sign_in_prompts import SignInPrompts
from bot.teams.turn.answering_port import Answering
from bot.teams.turn.background_turns import BackgroundTurns
from bot.teams.turn.button_invokes import ButtonInvokes
from bot.teams.turn.installation_events import InstallationEvents
from bot.teams.turn.listeners import Listeners
from bot.teams.turn.replies import Replies
from bot.teams.turn.visibility_notice import VisibilityNotice

if TYPE_CHECKING:
    from bot.identity.identity import Identity
    from bot.store import Records

PATH = "/api/messages"


@dataclass(frozen=True, slots=True)
class People:
    """What it takes to sign people in."""

    identity: "Identity"
    records: "Records"


class TeamsBot:
    """Answers what Teams sends to `/api/messages`.

    `session` carries every outbound request and stays the caller's to close, after `close()`. `tokens` get the
    connector's bearer; they may be None only with `settings.anonymous`. `people` is None where nobody signs in.
    `listeners` hear where the bot may talk and who has signed in. Answers do not wait for `pace`, but count in it.
    """

    def __init__(
        self,
        answers: Answering,
        session: aiohttp.ClientSession,
        settings: TeamsSettings,
        tokens: AppTokens | None = None,
        *,
        retries: Retries | None = None,
        people: People | None = None,
        listeners: Listeners | None = None,
        pace: SendRate | None = None,
    ) -> None:
        if tokens is None and not settings.anonymous:
            raise ValueError("without tokens the bot cannot answer Teams; only the anonymous demo has none")
        hush_server()
        limits = settings.limits
        listeners = listeners or Listeners()
        self._background = BackgroundTurns(limit=limits.turns, per_owner=limits.turns_per_person)
        self._keys = ChannelKeys(session, settings.openid_url)
        connectors = ConnectorClients(session, None if settings.anonymous else tokens, retries)
        adapter = ConnectorAdapter(connectors, on_turn_error, pace.note if pace else None)
        invitations = people and SignInPrompts(people.identity, connectors, adapter.open, settings.app_id)
        replies = Replies(limits, invitations.invite if invitations else None)
        presses = ButtonInvokes(answers, replies, self._background, limits)
        self._resuming = (
            ResumeAfterSignIn(
                people.identity, answers, replies, adapter.open, self._background, settings, listeners.signed_in
            )
            if people
            else None
        )
        handler = UsageActivityHandler(
            answers,
            replies,
            presses,
            InstallationEvents(listeners, self._background),
            SignInInvokes(people.identity, self._resuming) if people and self._resuming else None,
            VisibilityNotice(people.records) if people else None,
        )
        turns = TurnRunner(adapter, handler, self._background, settings)
        checks = ChannelAuthenticator(self._keys, app_id=settings.app_id, issuer=settings.issuer)
        self._endpoint = MessagesEndpoint(settings, None if settings.anonymous else checks, turns)

    def routes(self) -> list[web.RouteDef]:
        """The routes of the bot, for `Application.add_routes`."""
        return [web.post(PATH, self.handle)]

    async def handle(self, request: web.Request) -> web.Response:
        """One request to the bot, for an application whose routes stand before its session does."""
        return await self._endpoint.handle(request)

    async def sign_in_ended(self, caller: Caller, outcome: SignInOutcome | SignInStop) -> None:
        """How a sign-in on the page ended: the waiting questions are answered, or `caller` hears why not."""
        if self._resuming is not None:
            await self._resuming.ended(caller, outcome)

    @property
    def turns_under_way(self) -> int:
        """How many turns have begun and are not over."""
        return len(self._background)

    async def close(self, timeout: float = 20.0) -> int:  # noqa: ASYNC109  # what is left is cancelled, not abandoned
        """Take no new turns, wait up to `timeout` seconds for those under way, cancel the rest; how many those were."""
        cancelled = await self._background.close(timeout)
        await self._keys.close()
        return cancelled
