"""Activities that several processes may receive: one of them answers.

Teams sends an activity again if it considers the first one lost, perhaps to another process. Depends on the store.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TypeVar

import structlog
from cachetools import TTLCache

from bot.concurrency.backoff import Backoff
from bot.concurrency.periodic import Periodic
from bot.errors import StoreError
from bot.store.activity_claims import BEAT, SENT_AGAIN, ActivityClaims, ClaimOutcome
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.files.file_consents import NAME as FILE_CONSENT
from bot.teams.turn.button_invokes import NAME as PRESS

log = structlog.get_logger(__name__)

Result = TypeVar("Result")

# What is answered with a message, or changes something. The other invokes are asked again by a client that got no
# answer, and only the process that has the request can give it.
EVENTS = frozenset({"message", "messageUpdate", "conversationUpdate", "installationUpdate"})
PRESSES = frozenset({PRESS, FILE_CONSENT})
# Seconds that a turn waits for the database before it answers without a claim.
PATIENCE = 3.0
# Seconds since Teams sent an activity, after which this is not the first time: a living process has refused it.
FIRST_TIME = 12.0
MOST_UNCLAIMED = 10_000
RELEASE = Backoff(first=0.2, longest=1.0, attempts=4)
SWEEP = 60.0


class ClaimedActivities:
    """Claims activities in the shared store before they are answered.

    `clock` returns Unix seconds.
    """

    def __init__(
        self, claims: ActivityClaims, patience: float = PATIENCE, clock: Callable[[], float] = time.time
    ) -> None:
        self._claims = claims
        self._patience = patience
        self._clock = clock
        # What is answered without a claim, and since when: it is claimed when the database is back.
        self._unclaimed: TTLCache[str, float, float] = TTLCache(MOST_UNCLAIMED, SENT_AGAIN, timer=clock)

    async def claim(self, activity: IncomingActivity) -> ClaimOutcome:
        """Return OWN or TAKEN_OVER if this process has to answer, else ANSWERED.

        While the database is away, each process answers what it receives for the first time: what changes something
        needs the database anyway. Raises RequestRefusedError 503 for what comes again then, because a living process
        may be answering it, and if another process may have died before it answered: who sends the activity again later
        gets an answer.
        """
        if activity.id is None or not _is_claimed(activity):
            return ClaimOutcome.OWN
        now = self._clock()
        comes_again = _age(activity, now) >= FIRST_TIME
        if comes_again and self._claims.is_in_doubt:
            raise RequestRefusedError(503, "another process may be answering this activity")
        try:
            outcome = await self._in_time(self._claims.claim(activity.repetition_key))
        except StoreError as error:
            if comes_again:
                raise RequestRefusedError(503, "another process may be answering this activity") from None
            log.warning("activity_not_claimed", problem=str(error))
            self._unclaimed[activity.repetition_key] = now
            return ClaimOutcome.OWN
        if outcome is ClaimOutcome.UNDER_WAY:
            raise RequestRefusedError(503, "another process answers this activity")
        return outcome

    async def release(self, activity: IncomingActivity) -> None:
        """Let the activity be answered when it comes again.

        This process failed. It tries a few times, because until then no other process answers. Raises nothing.
        """
        await self._let_go(activity, self._claims.release)

    async def give_up(self, activity: IncomingActivity) -> None:
        """Let another process take the activity over when it comes again.

        This process stops, and may have answered it. Raises nothing.
        """
        await self._let_go(activity, self._claims.give_up)

    async def _let_go(self, activity: IncomingActivity, change: Callable[[str], Awaitable[None]]) -> None:
        if activity.id is None or not _is_claimed(activity):
            return
        self._unclaimed.pop(activity.repetition_key, None)
        try:
            await self._in_time(RELEASE.retry(lambda: change(activity.repetition_key), StoreError))
        except StoreError as error:
            log.warning("activity_not_released", problem=str(error))

    async def beat(self) -> None:
        """Say that this process is alive.

        What it answers without a claim is claimed. Raises StoreError.
        """
        await self._claims.beat()
        for key, since in list(self._unclaimed.items()):
            await self._claims.claim(key, since)
            self._unclaimed.pop(key, None)

    async def _in_time(self, change: Awaitable[Result]) -> Result:
        """Return the result of a change of the store. Raises StoreError, also when it takes too long."""
        try:
            async with asyncio.timeout(self._patience):
                return await change
        except TimeoutError:
            raise StoreError("the database takes too long") from None

    async def is_taken(self, key: str, since: float) -> bool:
        """Return True if a process has begun to answer the activity after `since`.

        `key` names the activity, `since` is in Unix seconds. The process that had it before has died, and Teams has
        sent it again. Raises StoreError.
        """
        return bool(key) and await self._claims.is_taken(key, since)


@asynccontextmanager
async def claiming(claims: ActivityClaims) -> AsyncIterator[ClaimedActivities]:
    """Yield what claims activities.

    Meanwhile this process says that it is alive, and old claims are deleted.
    """
    claimed = ClaimedActivities(claims)
    beating = Periodic("sign of life", claimed.beat, BEAT, failed="sign_of_life_not_stored")
    sweeping = Periodic("old claims", claims.purge, SWEEP, failed="expired_records_not_removed")
    beating.start()
    sweeping.start()
    try:
        yield claimed
    finally:
        await sweeping.stop()
        await beating.stop()
        await _end(claims)


async def _end(claims: ActivityClaims) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            await claims.end()
    except (StoreError, TimeoutError):
        log.warning("sign_of_life_not_stored", problem="the end of this process is not stored")


def _is_claimed(activity: IncomingActivity) -> bool:
    return activity.type in EVENTS or (activity.type == "invoke" and activity.name in PRESSES)


def _age(activity: IncomingActivity, now: float) -> float:
    """Return the seconds since Teams sent the activity for the first time, 0 if it does not say when."""
    try:
        sent = datetime.fromisoformat(activity.timestamp)
        return now - (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return 0.0
