"""The runner of turns: from an admitted activity to the HTTP reply.

Each activity gets one turn, is answered within Teams' time limit, and the number of running turns is limited.
"""

import asyncio
from functools import partial
from weakref import WeakKeyDictionary

from botbuilder.core import TurnContext
from botbuilder.schema import Activity, ActivityTypes

from bot.domain.conversation import Caller
from bot.store.activity_claims import ClaimOutcome
from bot.teams.activity.activity_caller import caller, locale_of
from bot.teams.activity.answer_place import in_selected_channel
from bot.teams.activity.http_reply import Reply
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.activity.mentions import spoken
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.extension.message_extension import OPEN, QUERY, SELECT
from bot.teams.running.background_turns import BackgroundTurns, BusyError
from bot.teams.running.deduplication import Deduplicator
from bot.teams.running.secured_answer import SecuredAnswer
from bot.teams.sdk.activity_codec import invoke_response, reply_of
from bot.teams.sdk.activity_handler import NOT_IMPLEMENTED, UsageActivityHandler
from bot.teams.sdk.claimed_activities import ClaimedActivities
from bot.teams.sdk.connector_adapter import ConnectorAdapter, turn_of
from bot.teams.turn.answering_port import Answering
from bot.teams.turn.button_invokes import NAME as PRESS
from bot.teams.turn.button_invokes import answered_before, failure, working
from bot.teams.turn.card_renderer import CardRenderer
from bot.teams.turn.search_invokes import NAME as SEARCH
from bot.teams.turn.turn import Aside, Turn
from bot.usage.addressed_buttons import passing_mark
from bot.usage.memory.answer_locale import AnswerLocale
from cards.views.payload_values import TEXT_LIMIT

# These read only, and come with each pause in typing: what is remembered for buttons would be pushed out.
REPEATABLE = frozenset({SEARCH, QUERY, SELECT, OPEN})
WRITTEN = frozenset({ActivityTypes.message, ActivityTypes.message_update})
DONE = Reply(200)
ACCEPTED = Reply(202)  # accepted; the answer follows as a message
REMEMBERED_SECONDS = 600.0
MOMENT = 0.5  # seconds


class TurnRunner:
    """Runs turns through botbuilder's pipeline.

    `claims` are shared with other processes; None if there are no others.
    """

    def __init__(
        self,
        answers: Answering,
        adapter: ConnectorAdapter,
        handler: UsageActivityHandler,
        background: BackgroundTurns,
        settings: TeamsSettings,
        aside: Aside,
        claims: ClaimedActivities | None = None,
    ) -> None:
        self._claims = claims
        self._answers = answers
        self._adapter = adapter
        self._handler = handler
        self._background = background
        self._settings = settings
        self._aside = aside
        self._drawing = CardRenderer()
        self._open: WeakKeyDictionary[asyncio.Task[Reply], SecuredAnswer] = WeakKeyDictionary()
        self._messages = Deduplicator(limit=10_000, seconds=REMEMBERED_SECONDS)
        self._invokes = Deduplicator(limit=256, seconds=REMEMBERED_SECONDS)  # their replies hold cards

    async def take(self, activity: IncomingActivity) -> Reply:
        """Handle `activity` in a turn and return its reply.

        It returns when the turn is over, or when the activity must be acknowledged. In the second case the turn
        continues in the background. Raises RequestRefusedError 503 when so many turns are running that the bot cannot
        even answer that it is busy, when the bot is stopping, when another process may be answering, and when a crash
        could still lose the answer: Teams then sends the activity again.
        """
        start = partial(self._start, activity)
        if activity.id is None or activity.name in REPEATABLE:
            known: asyncio.Task[Reply] | Reply = start()
        else:
            memory = self._invokes if activity.type == ActivityTypes.invoke else self._messages
            known = memory.reply(activity.repetition_key, start)
        if isinstance(known, Reply):
            return known
        if activity.type == ActivityTypes.invoke:
            await asyncio.wait({known}, timeout=self._invoke_seconds(activity))
            if not known.done():
                return working(self._drawing.words(locale_of(activity))) if activity.name == PRESS else ACCEPTED
        else:
            await self._secured(known)
        if known.cancelled():
            raise RequestRefusedError(503, "the bot is stopping")
        if known.done():
            return known.result()
        return DONE if self._open[known].is_delivered else ACCEPTED

    async def _secured(self, turn: asyncio.Task[Reply]) -> None:
        """Wait until `turn` is over, its answer is delivered, or is promised and takes long.

        Raises RequestRefusedError 503 if nothing of this happens in time.
        """
        limits, answer = self._settings.limits, self._open[turn]
        if await answer.until_delivered(turn, limits.acknowledge_after):
            return
        if not await answer.until_secured(turn, limits.acknowledge_within - limits.acknowledge_after):
            raise RequestRefusedError(503, "the answer takes long, and cannot be promised now")

    def _invoke_seconds(self, activity: IncomingActivity) -> float:
        """Return the seconds after which an invoke is replied to, while its turn continues.

        It has its own limit, and is answered then; a moment later this one applies, if that fails.
        """
        limits = self._settings.limits
        return MOMENT + (limits.search_within if activity.name in REPEATABLE else limits.invoke_within)

    def _start(self, activity: IncomingActivity) -> asyncio.Task[Reply]:
        owner = (activity.sender and (activity.sender.aad_object_id or activity.sender.id)) or activity.conversation_id
        busy = not self._background.has_room(owner)
        answer = SecuredAnswer()
        try:
            turn = self._background.start(self._claimed(activity, busy, answer), owner)
        except BusyError as error:
            raise RequestRefusedError(503, str(error)) from None
        self._open[turn] = answer
        return turn

    async def _claimed(self, activity: IncomingActivity, busy: bool, answer: SecuredAnswer) -> Reply:
        since = asyncio.get_running_loop().time()
        if self._claims is None:
            return await self._run(activity, busy, since, answer)
        claim = await self._claims.claim(activity)
        if claim is ClaimOutcome.ANSWERED:
            return answered_before(self._drawing.words(locale_of(activity))) if activity.name == PRESS else DONE
        try:
            return await self._run(activity, busy, since, answer, claim is ClaimOutcome.TAKEN_OVER)
        except Exception:
            await self._claims.release(activity)
            raise
        except asyncio.CancelledError:
            if not answer.is_secured:  # it is not acknowledged: Teams sends it again
                await self._claims.give_up(activity)
            raise

    async def _run(
        self, activity: IncomingActivity, busy: bool, since: float, answer: SecuredAnswer, taken_over: bool = False
    ) -> Reply:
        asker = caller(activity, anonymous=self._settings.anonymous)
        passing = False
        if asker is not None and not busy:
            found = await self._locale(asker, activity)
            asker, passing = found.of(asker), found.passing
        words = self._drawing.words(locale_of(activity) if asker is None else asker.locale)
        context = self._adapter.open(in_selected_channel(activity), words.locale)
        turn = Turn(
            activity,
            context,
            words,
            self._drawing,
            asker,
            self._aside,
            busy,
            passing=passing,
            since=since,
            answer=answer,
            taken_over=taken_over,
        )
        context.attach(turn)
        try:
            await self._adapter.run_pipeline(context, self._handler.on_turn)
        finally:
            context.detach()
        if activity.type != ActivityTypes.invoke:
            return DONE
        response = self._adapter.invoke_response(context)
        return NOT_IMPLEMENTED if response is None else reply_of(response)

    async def _locale(self, asker: Caller, activity: IncomingActivity) -> AnswerLocale:
        typed = spoken(activity) if activity.type in WRITTEN else ""
        return await self._answers.locale_of(asker, typed[:TEXT_LIMIT], passing_mark(activity.value))


async def on_turn_error(context: TurnContext, error: Exception) -> None:
    """Answer a turn that ended in an exception; botbuilder calls this."""
    turn = turn_of(context)
    if context.activity.type == ActivityTypes.invoke and not context.responded:
        response = invoke_response(failure(turn, turn.failed(error)))
        await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))
    else:
        await turn.report(error)
