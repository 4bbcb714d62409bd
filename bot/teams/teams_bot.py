"""The bot in Teams, composed of its parts: the entry point of bot.teams."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.concurrency.periodic import Periodic
from bot.domain.conversation import Caller
from bot.identity.entra.app_credentials import AppTokens
from bot.identity.entra.sign_in_outcome import SignInOutcome, SignInStop
from bot.teams.audience.chosen_audiences import ChosenAudiences
from bot.teams.audience.conversation_audience import ConversationAudience
from bot.teams.audience.private_messages import PrivateMessages
from bot.teams.auth.channel_authentication import ChannelAuthenticator
from bot.teams.auth.channel_keys import ChannelKeys
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import ConnectorClients, Retries
from bot.teams.connector.member_names import MemberNames
from bot.teams.extension.message_extension import NAMES as EXTENSION
from bot.teams.extension.message_extension import MessageExtension
from bot.teams.files.file_consents import NAME as FILE_CONSENT
from bot.teams.files.file_consents import FileConsents
from bot.teams.files.file_upload import FileUploads
from bot.teams.malformed_requests import log_without_bytes
from bot.teams.messages_endpoint import MessagesEndpoint
from bot.teams.proactive.send_rate import SendRate
from bot.teams.promised.cancelled_turns import CancelledTurns
from bot.teams.promised.interrupted_turns import InterruptedTurns
from bot.teams.promised.reopened_turns import ReopenedTurns
from bot.teams.promised.turn_promises import TurnPromises
from bot.teams.running.background_turns import BackgroundTurns
from bot.teams.running.open_answers import OpenAnswers
from bot.teams.sdk.activity_handler import Responder, UsageActivityHandler
from bot.teams.sdk.claimed_activities import ClaimedActivities
from bot.teams.sdk.connector_adapter import ConnectorAdapter
from bot.teams.sdk.turn_runner import TurnRunner, on_turn_error
from bot.teams.sign_in.resume_after_sign_in import ResumeAfterSignIn
from bot.teams.sign_in.sign_in_invokes import SignInInvokes
from bot.teams.sign_in.sign_in_prompts import SignInPrompts
from bot.teams.turn.answering_port import Answering
from bot.teams.turn.button_invokes import ButtonInvokes
from bot.teams.turn.cancellations import Cancellations
from bot.teams.turn.installation_events import InstallationEvents
from bot.teams.turn.listeners import Listeners
from bot.teams.turn.replies import Replies
from bot.teams.turn.search_invokes import NAME as SEARCH
from bot.teams.turn.search_invokes import SearchInvokes
from bot.teams.turn.visibility_notice import VisibilityNotice
from bot.teams.turn.welcome import Welcome

if TYPE_CHECKING:
    from bot.identity.identity import Identity
    from bot.identity.promised_answers import PromisedAnswers
    from bot.store import Records

PATH = "/api/messages"
MISSED_EVERY = 30.0  # seconds between two looks for sign-ins that no process has followed up


@dataclass(frozen=True, slots=True)
class People:
    """The parts that sign people in, and what needs the database as well.

    `claims` say which process answers an activity; None if there is only this one.
    `promised` are the answers that were promised; None if they are not written down.
    """

    identity: "Identity"
    records: "Records"
    claims: ClaimedActivities | None = None
    promised: "PromisedAnswers | None" = None


class TeamsBot:
    """Answers the activities that Teams sends to `/api/messages`.

    - `session` sends every outbound request. The caller closes it, after `close()`.
    - `tokens` obtains the access token for the connector; it may be None only with `settings.anonymous`.
    - `people` is None if no user signs in.
    - `listeners` are called when the app is added or removed, when a conversation reference changes, and after a
      sign-in.
    - `pace` counts the answers, too, but they do not wait for it.
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
        log_without_bytes()
        limits, listeners = settings.limits, listeners or Listeners()
        self._background = BackgroundTurns(limit=limits.turns, per_owner=limits.turns_per_person)
        self._keys = ChannelKeys(session, settings.openid_url)
        connectors = ConnectorClients(session, None if settings.anonymous else tokens, retries)
        adapter = ConnectorAdapter(connectors, on_turn_error, pace.note if pace else None)
        private = PrivateMessages(connectors, adapter.open, settings.app_id)
        invitations = people and SignInPrompts(people.identity, connectors, adapter.open, private)
        known = None if settings.anonymous else people
        reopened = ReopenedTurns(answers, adapter.open, settings, private)
        promised = people.promised if people else None
        promises = None if promised is None else TurnPromises(promised)
        claims = people.claims if people else None
        self._interrupted = None if promised is None else InterruptedTurns(promised, reopened, claims)
        invite = invitations.invite if invitations else None
        open_answers = OpenAnswers()
        cancellations = Cancellations(open_answers, promises)
        self._cancelled = None if promised is None else CancelledTurns(promised, open_answers)
        replies = Replies(limits, invite, _audience(connectors, known), promises, open_answers)
        presses = ButtonInvokes(answers, replies, self._background, limits, cancellations)
        background, signed_in = self._background, listeners.signed_in
        self._resuming = (
            ResumeAfterSignIn(people.identity, answers, replies, reopened, background, signed_in, promises)
            if people
            else None
        )
        self._missed = None if self._resuming is None else _missed_sign_ins(self._resuming)
        handler = UsageActivityHandler(
            answers,
            replies,
            presses,
            InstallationEvents(listeners, self._background),
            Welcome(answers, MemberNames(connectors).of_sender, people.records if people else None),
            self._others(answers, replies, session, settings, people.identity if people else None),
            SignInInvokes(people.identity, self._resuming) if people and self._resuming else None,
            VisibilityNotice(people.records) if people else None,
        )
        turns = TurnRunner(answers, adapter, handler, self._background, settings, private, claims)
        checks = ChannelAuthenticator(self._keys, app_id=settings.app_id, issuer=settings.issuer)
        tokens_checked = None if settings.anonymous else checks
        self._endpoint = MessagesEndpoint(settings, tokens_checked, turns, listeners.odd_field)

    def _others(
        self,
        answers: Answering,
        replies: Replies,
        session: aiohttp.ClientSession,
        settings: TeamsSettings,
        identity: "Identity | None",
    ) -> dict[str, Responder]:
        """Return what answers the invokes that are no buttons and no sign-ins."""
        background, limits = self._background, settings.limits
        resume = self._resuming.resume if self._resuming else None
        consents = FileConsents(answers, replies, background, FileUploads(session), limits, settings.service_hosts)
        extension = MessageExtension(answers, background, limits, identity, resume)
        return {
            SEARCH: SearchInvokes(answers, background, limits).respond,
            FILE_CONSENT: consents.respond,
            **dict.fromkeys(EXTENSION, extension.respond),
        }

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the bot, for `Application.add_routes`."""
        return [web.post(PATH, self.handle)]

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request.

        For an application whose routes are added before its session exists.
        """
        return await self._endpoint.handle(request)

    async def sign_in_ended(self, caller: Caller, outcome: SignInOutcome | SignInStop) -> None:
        """Handle the end of a sign-in on the page.

        The bot answers the waiting questions, or explains to `caller` why it cannot.
        """
        if self._resuming is not None:
            await self._resuming.ended(caller, outcome)

    @property
    def turns_under_way(self) -> int:
        """How many turns are running."""
        return len(self._background)

    def start(self) -> None:
        """Begin to take up what dead processes have left."""
        for each in (self._interrupted, self._cancelled, self._missed):
            if each is not None:
                each.start()

    async def close(self, timeout: float = 20.0) -> int:  # noqa: ASYNC109  # what is left is cancelled, not abandoned
        """Stop: start no new turn, and wait up to `timeout` seconds for the running ones.

        Cancel the rest and return how many were cancelled.
        """
        cancelled = await self._background.close(timeout)
        for each in (self._interrupted, self._cancelled, self._missed):
            if each is not None:
                await each.stop()
        await self._keys.close()
        return cancelled


def _missed_sign_ins(resuming: ResumeAfterSignIn) -> Periodic:
    """Return what looks for sign-ins that no process has followed up."""
    return Periodic("missed sign-ins", resuming.resume_missed, MISSED_EVERY, failed="sign_in_follow_up_failed")


def _audience(connectors: ConnectorClients, people: People | None) -> ConversationAudience | None:
    """Return what asks before outsiders read an answer; None in the demo, whose people are made up."""
    return None if people is None else ConversationAudience(connectors, ChosenAudiences(people.records))
