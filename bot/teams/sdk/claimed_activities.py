"""Activities that several processes may receive: one of them answers.

Teams sends an activity again if it considers the first one lost, perhaps to another process. Depends on the store.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import TypeVar

import structlog

from bot.concurrency.backoff import Backoff
from bot.concurrency.periodic import Periodic
from bot.errors import StoreError
from bot.store.activity_claims import BEAT, ActivityClaims, ClaimOutcome
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
RELEASE = Backoff(first=0.2, longest=1.0, attempts=4)
SWEEP = 60.0


class ClaimedActivities:
    """Claims activities in the shared store before they are answered."""

    def __init__(self, claims: ActivityClaims, patience: float = PATIENCE) -> None:
        self._claims = claims
        self._patience = patience

    async def claim(self, activity: IncomingActivity) -> ClaimOutcome:
        """Return OWN or TAKEN_OVER if this process has to answer, else ANSWERED.

        While the database is away, each process answers what it receives: Teams sends few activities twice, and what
        changes something needs the database anyway. Raises RequestRefusedError 503 if another process may have died
        before it answered: who sends the activity again then gets an answer.
        """
        if activity.id is None or not _is_claimed(activity):
            return ClaimOutcome.OWN
        try:
            outcome = await self._in_time(self._claims.claim(activity.repetition_key))
        except StoreError as error:
            log.warning("activity_not_claimed", problem=str(error))
            return ClaimOutcome.OWN
        if outcome is ClaimOutcome.UNDER_WAY:
            raise RequestRefusedError(503, "another process answers this activity")
        return outcome

    async def release(self, activity: IncomingActivity) -> None:
        """Let the activity be answered when it comes again.

        This process failed. It tries a few times, because until then no other process answers. Raises nothing.
        """
        if activity.id is None or not _is_claimed(activity):
            return
        try:
            await self._in_time(RELEASE.retry(lambda: self._claims.release(activity.repetition_key), StoreError))
        except StoreError as error:
            log.warning("activity_not_released", problem=str(error))

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
    beating = Periodic("sign of life", claims.beat, BEAT, failed="sign_of_life_not_stored")
    sweeping = Periodic("old claims", claims.purge, SWEEP, failed="expired_records_not_removed")
    beating.start()
    sweeping.start()
    try:
        yield ClaimedActivities(claims)
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
